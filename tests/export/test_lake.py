"""The lake: other tools read it as one table, each content is in it once, and nothing that stops its writer shows in it."""

import json
import resource
import subprocess
import sys
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pandas
import pyarrow.dataset
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hedui.errors import StoreError
from hedui.export import lake as lakes
from hedui.export.columnar import TABLES
from hedui.export.lake import append, compact, open_lake
from hedui.export.lake_folder import Folder
from hedui.export.lake_manifest import MANIFEST
from hedui.export.lake_read import lake_dataset, whole_of_lake
from hedui.export.totals import whole_of

REGIONS = ("莎车县", "北京市", None)


@pytest.fixture(scope="module")
def some(varied, kept_of):
    """Twelve contents of two years and three places, by number and version."""
    class Some(dict):
        def __repr__(self):
            return "some"

    return Some({(n, version): kept_of(varied(n, year=2021 + n % 2, region=REGIONS[n % 3], unit=None, title=None), version)
            for n in range(12) for version in ("v1", "v2")})


def held_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def test_other_tools_read_it_as_one_table(tmp_path, some):
    url = str(tmp_path / "lake")
    lake = compact(open_lake(url), adding=[some[n, "v1"] for n in range(12)])
    files = f"{url}/records/**/*.parquet"
    asked = f"select count(*), sum(yuan) from read_parquet('{files}', hive_partitioning=true) where year = 2021 and province <> '北京市'"
    program = f'import duckdb; print(*duckdb.sql("""{asked}""").fetchall()[0])'  # apart: it tells of what it leaks when it ends
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["8", str(4 * Decimal("12005000.000000000000"))]
    frame = pandas.read_parquet(f"{url}/records")
    assert len(frame) == 24 and set(frame.province) == {"新疆维吾尔自治区", "北京市", "_"} and set(frame.year) == {2021, 2022}
    assert frame.yuan.dropna().iloc[0] == Decimal("12005000") and isinstance(frame.yuan.dropna().iloc[0], Decimal)
    table = pyarrow.dataset.dataset(f"{url}/records", partitioning="hive").to_table()
    assert table.num_rows == 24 and {"sha256", "version", "file"} <= set(table.column_names)
    for name in TABLES:
        assert lake_dataset(url, name).count_rows() == lake.rows(name) > 0
    found = lake_dataset(url, "reports").to_table(filter=pyarrow.dataset.field("province") == "北京市", columns=["year", "file"])
    assert sorted(found["file"].to_pylist()) == ["1.txt", "10.txt", "4.txt", "7.txt"]


def test_each_content_is_there_once_as_it_was_read_last(tmp_path, some):
    url = str(tmp_path / "lake")
    lake = append(open_lake(url), [some[n, "v1"] for n in range(6)])
    lake = append(lake, [some[n, "v2"] for n in (1, 4, 7)])
    told = lake_dataset(url, "reports").to_table(columns=["file", "version"]).to_pylist()
    assert sorted((one["file"], one["version"]) for one in told) == [
        ("0.txt", "v1"), ("1.txt", "v2"), ("2.txt", "v1"), ("3.txt", "v1"), ("4.txt", "v2"), ("5.txt", "v1"), ("7.txt", "v2")]
    kept = compact(lake, keep=[some[1, "v2"].key, some[0, "v1"].key])
    assert kept.keys == {some[1, "v2"].key, some[0, "v1"].key}
    assert compact(kept, keep=[]).parts == () and set(held_in(url)) == {MANIFEST}


def test_a_change_writes_little_and_nothing_where_nothing_changed(tmp_path, some, monkeypatch):
    monkeypatch.setattr(lakes, "CONTENTS_A_PART", 2)
    lake = compact(open_lake(str(tmp_path)), adding=[some[n, "v1"] for n in range(12)])
    written = []
    put = Folder.put
    monkeypatch.setattr(Folder, "put", lambda self, path, data: written.append(path) or put(self, path, data))
    lake = compact(open_lake(str(tmp_path)), keep=lake.keys, adding=[some[n, "v1"] for n in range(12)])
    assert written == []
    compact(lake, adding=[some[3, "v2"]])
    assert 0 < len([path for path in written if path != MANIFEST]) <= 2 * len(TABLES) and written[-1] == MANIFEST


class Stopped(Exception):
    pass


@contextmanager
def stopping(after):
    """The writer is stopped before its file operation number `after`; None lets it run. A put that is stopped may leave its draft."""
    left = after
    before = {name: getattr(Folder, name) for name in ("put", "remove")}

    def stopper(name):
        def step(self, path, *data):
            nonlocal left
            if left == 0:
                if data:
                    self.fs.pipe_file(self.at(path + ".part"), data[0][:7])
                raise Stopped
            left = None if left is None else left - 1
            return before[name](self, path, *data)
        return step

    for name in before:
        setattr(Folder, name, stopper(name))
    try:
        yield
    except Stopped:
        pass
    finally:
        for name, step in before.items():
            setattr(Folder, name, step)


STEPS = st.lists(st.tuples(
    st.sampled_from(["append", "compact", "drop"]), st.lists(st.tuples(st.integers(0, 11), st.sampled_from(["v1", "v2"])), max_size=5,
                                                            unique_by=lambda one: one[0]),
    st.none() | st.integers(0, 25)), min_size=1, max_size=5)


@settings(deadline=None, max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(STEPS, st.lists(st.integers(0, 11), unique=True, max_size=8), st.sampled_from([2, 256]))
def test_whatever_was_done_and_stopped_the_end_is_the_same(some, steps, wanted, size):
    memory = MemoryFileSystem()
    memory.store.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lakes, "CONTENTS_A_PART", size)
        for kind, which, stop in steps:
            kept = [some[one] for one in which]
            with stopping(stop):
                lake = open_lake("memory://a/lake")
                if kind == "append":
                    append(lake, kept)
                elif kind == "compact":
                    compact(lake, adding=kept)
                else:
                    compact(lake, keep=[one.key for one in kept])
            if memory.exists("/a/lake/manifest.json"):
                for table, each in (("reports", 1), ("records", 2), ("mentions", 3)):
                    found = lake_dataset("memory://a/lake", table).to_table(columns=["sha256", "version"]).to_pylist()
                    rows = [(one["sha256"], one["version"]) for one in found]
                    assert all(rows.count(row) == each for row in rows) and len({sha for sha, _ in rows}) == len(set(rows))
        last = [some[n, "v1"] for n in wanted]
        compact(open_lake("memory://a/lake"), keep=[one.key for one in last], adding=last)
        compact(open_lake("memory://b/lake"), adding=last[::-1])
        ends = [{path[3:]: memory.cat_file(path) for path in memory.find(f"/{root}")} for root in "ab"]
        assert ends[0] == ends[1] and "lake/manifest.json" in ends[0]


@pytest.mark.parametrize("harm", [
    lambda url: next(url.glob("records/*/*/*.parquet")).unlink(),
    lambda url: next(url.glob("checks/*/*/*.parquet")).write_bytes(b"PAR1"),
    lambda url: (url / MANIFEST).write_bytes((url / MANIFEST).read_bytes()[:99]),
    lambda url: (url / MANIFEST).unlink(),
    lambda url: (url / MANIFEST).write_text(json.dumps({"schema": "hedui-lake/1", "columns": "of another version", "parts": []})),
])
def test_what_was_harmed_is_written_again(tmp_path, some, harm):
    kept = [some[n, "v1"] for n in range(6)]
    compact(open_lake(str(tmp_path)), adding=kept)
    before = held_in(tmp_path)
    harm(tmp_path)
    assert held_in(tmp_path) != before
    lake = open_lake(str(tmp_path))
    assert len(lake.keys) < 6
    compact(lake, adding=kept)
    assert held_in(tmp_path) == before


def test_a_manifest_that_was_stopped_half_written_is_cleared_away(tmp_path, some):
    kept = append(open_lake(str(tmp_path)), [some[0, "v1"]])
    (tmp_path / f"{MANIFEST}.part").write_bytes(b'{"schem')
    assert compact(open_lake(str(tmp_path)), adding=[some[0, "v1"]]).parts == kept.parts and f"{MANIFEST}.part" not in held_in(tmp_path)


def test_files_of_others_stay(tmp_path, some):
    (tmp_path / "records").mkdir()
    others = [tmp_path / "读我.txt", tmp_path / "records" / "mine.parquet"]
    for other in others:
        other.write_text("x", encoding="utf-8")
    compact(compact(open_lake(str(tmp_path)), adding=[some[0, "v1"]]), keep=[])
    open_lake(str(tmp_path))
    assert all(other.exists() for other in others)


def test_a_full_disk_leaves_the_lake_as_it_was(tmp_path, some):
    lake = compact(open_lake(str(tmp_path)), adding=[some[n, "v1"] for n in range(3)])
    before = held_in(tmp_path)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limit[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            compact(lake, adding=[some[n, "v2"] for n in range(6)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    open_lake(str(tmp_path))
    assert held_in(tmp_path) == before


def test_where_there_is_no_lake_it_is_told(tmp_path):
    with pytest.raises(StoreError, match="没有数据湖"):
        lake_dataset(str(tmp_path), "checks")
    with pytest.raises(KeyError):
        lake_dataset(str(tmp_path), "nothing")
    (tmp_path / MANIFEST).write_text("[", encoding="utf-8")
    with pytest.raises(StoreError, match="manifest"):
        lake_dataset(str(tmp_path), "checks")
    compact(open_lake(str(tmp_path / "empty")))
    assert lake_dataset(str(tmp_path / "empty"), "checks").to_table().num_rows == 0


@settings(deadline=None, max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.lists(st.tuples(st.sampled_from(["conflict", "rounding", "consistent"]), st.sampled_from(["sum", "label"]),
                                   st.sampled_from(["numeric", "wording", "value"]), st.sampled_from([0.2, 0.9])), max_size=4), max_size=5))
def test_totals_of_the_lake_are_those_of_its_outputs(varied, kept_of, told):
    outputs = []
    for n, checks in enumerate(told):
        output = varied(n, region=REGIONS[n % 3])
        one = output["reports"][0]["checks"][0]
        output["reports"][0]["checks"] = [one | {"id": f"k-{at}", "verdict": verdict, "kind": kind, "tier": tier, "confidence": sure}
                                          for at, (verdict, kind, tier, sure) in enumerate(checks)]
        outputs.append(output)
    MemoryFileSystem().store.clear()
    lake = compact(open_lake("memory://c/lake"), adding=map(kept_of, outputs))
    want, found = whole_of(outputs), whole_of_lake(lake, conflicts=100)
    assert found == want.__class__(totals=want.totals, conflicts=want.conflicts, files=found.files, gravest=want.gravest)
    assert found.files == want.files
    assert list(whole_of_lake(lake, conflicts=2).conflicts) == list(want.conflicts[:2])

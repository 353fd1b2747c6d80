"""Whatever hedui leaves can be opened, wherever it lies, and shows the same."""

import json
import shutil

import pytest

from hedui.errors import HeduiError, StoreError, UsageError
from hedui.research import open_store
from hedui.research.derived import INDEX
from hedui.store import Store

WAYS = ("out", "out/json", "out/hedui.sqlite", "out/lake")


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_shows_the_same(store, out, tmp_path, way):
    opened = open_store(out.parent / way, home=tmp_path / "home")
    for table in ("reports", "records", "claims", "checks", "mentions", "passages"):
        names = [name for name in opened.table(table).names if name != "version"]
        assert opened.table(table).arrow(names).equals(store.table(table).arrow(names)), table


def test_a_database_url(store, out, tmp_path):
    opened = open_store(f"sqlite:///{out / 'hedui.sqlite'}", home=tmp_path / "home")
    assert opened.claims.count() == store.claims.count() and opened.passages.count() == store.passages.count()


def test_a_database_on_a_server(store, out, tmp_path, postgres):
    texts = [json.loads(path.read_text("utf-8")) for path in sorted((out / "json").glob("*.json"))]
    with Store(postgres) as base:
        for one in texts:
            base.keep(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n", version="v1")
    opened = open_store(postgres, home=tmp_path / "home")
    assert opened.claims.count() == store.claims.count()
    assert opened.evidence(opened.checks.where(conflict=True).row()["ref"]).excerpts
    assert "@" in postgres and "@" not in repr(opened)


def test_a_lake_elsewhere_is_fetched_once_and_has_no_texts(store, out, tmp_path):
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.put(str(out / "lake"), "/lake", recursive=True)
    opened = open_store("memory://lake", home=tmp_path / "home")
    assert opened.claims.arrow().equals(store.claims.arrow())
    memory.rm("/lake/claims", recursive=True)
    assert open_store("memory://lake", home=tmp_path / "home").claims.count() == store.claims.count()
    with pytest.raises(UsageError, match="没有原文"):
        opened.passages.count()


def test_versions(out, tmp_path):
    with Store(out / "hedui.sqlite") as base:
        text = (out / "json" / "s01.json").read_text("utf-8")
        base.keep(text, version="0.1.0+older")
    older = open_store(out, versions="0.1", home=tmp_path / "home")
    assert [key.version for key in older.keys] == ["0.1.0+older"] and set(older.claims.frame(["file"])["file"]) == {"s01.txt"}
    assert older.passages.count() > 0
    with pytest.raises(UsageError, match=r"0\.1\.0\+older"):
        open_store(out, versions="9", home=tmp_path / "home")


def test_what_was_derived_is_found_again_and_grows_by_what_is_new(out, tmp_path):
    home = tmp_path / "home"
    whole = open_store(out, home=home)
    everything = whole.passages.arrow()
    folder = home / "passages"
    made = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.parquet")}
    assert open_store(out, home=home).passages.arrow().equals(everything)
    assert {path.name: path.stat().st_mtime_ns for path in folder.glob("*.parquet")} == made
    fewer = shutil.copytree(out / "json", tmp_path / "fewer")
    gone = open_store(fewer, home=tmp_path / "h2").keys[0]
    assert open_store(fewer, home=tmp_path / "h2").passages.count() == everything.num_rows
    (fewer / f"{gone.file.rsplit('.', 1)[0]}.json").unlink()
    left = open_store(fewer, home=tmp_path / "h2").passages
    assert left.where(sha256=gone.sha256).count() == 0
    assert left.count() == sum(1 for one in everything.column("sha256").to_pylist() if one != gone.sha256)


def test_a_stopped_or_damaged_derivation_is_made_again(out, tmp_path):
    home = tmp_path / "home"
    count = open_store(out, home=home).passages.count()
    for damage in (b"{", b"", json.dumps({"schema": "other"}).encode()):
        (home / "passages" / INDEX).write_bytes(damage)
        assert open_store(out, home=home).passages.count() == count
    next((home / "passages").glob("*.parquet")).unlink()
    assert open_store(out, home=home).passages.count() == count


def test_what_cannot_be_opened_is_told_in_a_line(tmp_path):
    (tmp_path / "file.txt").write_text("x")
    for where in (tmp_path, tmp_path / "nowhere", tmp_path / "file.txt", "s9://nowhere/lake", f"sqlite:///{tmp_path / 'no.sqlite'}"):
        with pytest.raises(HeduiError) as caught:
            open_store(where, home=tmp_path / "home")
        assert "\n" not in str(caught.value) and "·" in str(caught.value)


def test_a_home_that_cannot_be_written_is_told(out, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreError, match="home="):
        open_store(out, home=tmp_path / "taken").claims.count()

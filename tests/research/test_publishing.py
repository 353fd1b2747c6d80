"""Packages: the same bytes for the same results, whole or not at all, and what is asked for and nothing else in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from hedui import cli
from hedui.errors import UsageError
from hedui.progress import heard
from hedui.research.publishing.placing import SUMS, drafted, sha256_of, zipped
from hedui.research.publishing.request import Request, licence_of
from hedui.research.publishing.splits import SHARES, group_sql, split_of, split_sql

sys.path.insert(0, str(Path(__file__).parent))
from publishing_packages import CONTACT, NAMES, held, package_in, store_in


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_in(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def full(tmp_path_factory, store):
    return package_in(tmp_path_factory.mktemp("full") / "pack", store, text="full", split="unit", licence="CC-BY-4.0", by=("某所",))


def rows(folder: Path, question: str) -> list[tuple]:
    """The answer to a question in SQL over the Parquet files of a package."""
    with duckdb.connect() as connection:
        for path in sorted((folder / "parquet").glob("*.parquet")):
            connection.execute(f"create view {path.stem} as select * from read_parquet('{path}')")
        return connection.execute(question).fetchall()


def test_the_same_results_make_the_same_bytes(tmp_path, store, full, monkeypatch):
    """Other folders, another order of files, another number of threads, another time zone and day."""
    other = store_in(tmp_path / "elsewhere", tuple(reversed(NAMES)))
    other.cursor().execute("set threads = 1")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    again = package_in(tmp_path / "other" / "pack", other, text="full", split="unit", licence="CC-BY-4.0", by=("某所",))
    first, second = held(full.folder), held(again.folder)
    assert list(first) == list(second) and [name for name in first if first[name] != second[name]] == []
    zipped(full.folder, tmp_path / "a.zip")
    zipped(again.folder, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert set(zipfile.ZipFile(tmp_path / "a.zip").namelist()) == {f"pack/{name}" for name in first}


def test_nothing_tells_where_or_by_whom_it_was_made(full):
    told = [str(full.folder), os.environ.get("USER") or "root@", "/tmp/"]
    assert [name for name, data in held(full.folder).items() if any(word.encode() in data for word in told)] == []


def test_sums_are_those_of_the_files(full):
    lines = (full.folder / SUMS).read_text(encoding="utf-8").splitlines()
    assert {line.split("  ")[1]: line.split("  ")[0] for line in lines} == {
        name: sha256_of(full.folder / name) for name in held(full.folder) if name != SUMS}


def test_every_row_of_the_store_is_there_once(store, full):
    for name in ("records", "claims", "checks", "mentions", "passages"):
        key = "sha256, passage" if name == "passages" else "report, id"
        assert rows(full.folder, f"select count(*), count(distinct ({key})) from {name}") == [(getattr(store, name).count(),) * 2]
    assert rows(full.folder, "select count(*) from claims anti join reports using (report)") == [(0,)]
    assert rows(full.folder, "select count(*) from reports anti join files using (sha256)") == [(0,)]


def test_a_killed_run_is_finished_by_the_next(tmp_path, store, full):
    place = tmp_path / "pack"
    code = ("import os, signal, sys\nfrom pathlib import Path\nfrom hedui.progress import heard\nfrom hedui.research import open_store\n"
            "from hedui.research.publishing.publish import publish\nfrom hedui.research.publishing.request import Request\n"
            "with heard(lambda what, done, total: what == 'rows' and done > total / 2 and os.kill(os.getpid(), signal.SIGKILL)):\n"
            "    publish(open_store(sys.argv[1], home=sys.argv[2]), Path(sys.argv[3]), Request(text='full', split='unit', licence='CC-BY-4.0', "
            "by=('某所',)))")
    ended = subprocess.run([sys.executable, "-c", code, store.place, str(store.home), str(place)], capture_output=True)
    assert ended.returncode == -9, ended.stderr
    assert not place.exists() and (tmp_path / ".pack.part" / "parquet" / "reports.parquet").exists()
    again = package_in(place, store, text="full", split="unit", licence="CC-BY-4.0", by=("某所",))
    assert held(again.folder) == held(full.folder) and [path.name for path in tmp_path.iterdir()] == ["pack"]


@pytest.mark.parametrize("files, replace, said", [
    (["notes.txt", "a", "b", "c", "d", "e"], False, "a、b、c、d、e … 共 6 项"), (["notes.txt"], True, "notes.txt"),
    (["datapackage.json"], False, "--replace"),
])
def test_what_lies_there_is_told_and_kept(tmp_path, files, replace, said):
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(UsageError, match=said.replace("…", ".")), drafted(tmp_path, replace=replace):
        raise AssertionError("nothing may begin")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)


def test_a_package_is_replaced_at_one_stroke(tmp_path):
    place = tmp_path / "pack"
    for text in ("one", "two"):
        with drafted(place, replace=True) as draft:
            (draft / "datapackage.json").write_text(text)
    with pytest.raises(KeyboardInterrupt), drafted(place, replace=True) as draft:
        (draft / "datapackage.json").write_text("three")
        raise KeyboardInterrupt
    assert held(tmp_path) == {"pack/datapackage.json": b"two"}
    place.rename(tmp_path / ".pack.old")  # as a stop between the two renames leaves it
    with pytest.raises(UsageError, match="--replace"), drafted(place):
        pass
    assert held(tmp_path) == {"pack/datapackage.json": b"two"}


@pytest.mark.parametrize("group", ["unit", "region"])
def test_no_group_is_in_two_parts(tmp_path, store, group):
    made = package_in(tmp_path / "pack", store, split=group, formats=("parquet",))
    key = group_sql(group, store.reports.names)
    found = rows(made.folder, f"select {key}, split from reports union all select r.g, c.split from claims c join "
                              f"(select report, {key} as g from reports) r using (report)")
    assert found and all(split == split_of(place) for place, split in found)
    assert rows(made.folder, "select count(*) from mentions where split is null") == [(0,)]


def test_shares_of_a_split():
    names = [f"第{n}单位" for n in range(4000)]
    with duckdb.connect() as connection:
        told = [row[0] for row in connection.execute(f"select {split_sql('name')} from unnest(?) t(name)", [names]).fetchall()]
    assert told == [split_of(name) for name in names]
    assert all(abs(told.count(part) / 40 - share) < 2 for part, share in SHARES.items())


def test_confidence_and_tables_are_limits(tmp_path, store):
    made = package_in(tmp_path / "pack", store, min_confidence=0.95, tables=("claims",), formats=("parquet",))
    assert set(made.facts.rows) == {"files", "reports", "claims"}
    assert rows(made.folder, "select count(*), min(confidence) >= 0.95 from claims") == [(store.claims.where(confidence=(0.95, None)).count(), True)]
    assert 0 < made.facts.rows["claims"] < store.claims.count()


def test_a_query_takes_what_it_finds_and_the_reports_of_that(tmp_path, store):
    made = package_in(tmp_path / "pack", store, query="conflict:yes", formats=("parquet",))
    assert made.facts.rows["claims"] == store.claims.query("conflict:yes").count() > 0
    assert made.facts.left_out == ("mentions",) and "mentions" not in made.facts.rows
    assert rows(made.folder, "select count(*) from reports anti join (select report from claims union select report from records union "
                             "select report from checks) using (report)") == [(0,)]
    assert made.facts.rows["files"] == rows(made.folder, "select count(distinct sha256) from reports")[0][0]


def test_text_goes_with_it_as_far_as_asked(tmp_path, store, full):
    none, some = (package_in(tmp_path / level, store, text=level, formats=("parquet",)) for level in ("none", "sentences"))
    assert "passages" not in none.facts.rows and 0 < some.facts.rows["passages"] < full.facts.rows["passages"]
    assert rows(some.folder, 'select count(*) from claims c anti join passages p on p.sha256 = c.sha256 and c.start < p."end" '
                             'and c."end" > p.start') == [(0,)]
    assert rows(some.folder, 'select count(*) from passages p anti join (select sha256, start, "end" from claims union select sha256, start, "end" '
                             'from checks) c on p.sha256 = c.sha256 and c.start < p."end" and c."end" > p.start') == [(0,)]


def test_what_is_hidden_is_nowhere(tmp_path):
    contacts = store_in(tmp_path / "results", ("s03.txt",), more=CONTACT)
    shown = package_in(tmp_path / "shown", contacts, text="full")
    masked = package_in(tmp_path / "masked", contacts, text="full", mask=True)
    for word in ("王小明", "13900000000", "110101199003074514"):
        assert [name for name, data in held(masked.folder).items() if word.encode() in data and not name.endswith(".parquet")] == []
        assert any(word.encode() in data for data in held(shown.folder).values())
        assert rows(masked.folder, f"select count(*) from passages where contains(text, '{word}')") == [(0,)]
    assert {kind for (_, _, kind) in masked.facts.hidden} == {"name", "phone", "identity"} and masked.facts.hidden == shown.facts.hidden
    assert "没有隐去" in (shown.folder / "README.md").read_text(encoding="utf-8")
    texts = [dict(rows(one.folder, "select passage, text from passages")) for one in (shown, masked)]
    assert all(len(texts[0][at]) == len(text) for at, text in texts[1].items())


@pytest.mark.parametrize("asked, said", [({"tables": ("claim",)}, "claim"), ({"formats": ("xls",)}, "xls"), ({"formats": ()}, "format")])
def test_what_cannot_be_asked(asked, said):
    with pytest.raises(UsageError, match=said):
        Request(**asked)


def test_sentences_need_something_that_lies_in_them(tmp_path, store):
    with pytest.raises(UsageError, match="--text full"):
        package_in(tmp_path / "pack", store, tables=("records",), text="sentences")
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_no_table_knows(tmp_path, store):
    with pytest.raises(UsageError):
        package_in(tmp_path / "pack", store, tables=("mentions",), query="conflict:yes")


def test_licences_are_those_of_spdx():
    assert licence_of("odbl-1.0") == "ODbL-1.0" and licence_of("LicenseRef-内部".replace("内部", "internal")) == "LicenseRef-internal"
    with pytest.raises(UsageError, match=r"spdx\.org"):
        licence_of("随便用")


def test_on_the_command_line(tmp_path, store, capsys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    given = ["dataset", store.place, "--home", str(store.home), "-o", str(tmp_path / "pack"), "--format", "parquet，csv", "--zip"]
    assert cli.main(given) == 0
    out, err = capsys.readouterr()
    assert "已写出" in out and "--license" in err and (tmp_path / "pack.zip").is_file() and not (tmp_path / "pack" / "hedui.db").exists()
    assert json.loads((tmp_path / "pack" / "croissant.json").read_text(encoding="utf-8"))["datePublished"] == "2023-11-14"
    assert cli.main(given) == 2 and "--replace" in capsys.readouterr().err
    assert cli.main([*given, "--replace", "--license", "mine"]) == 2
    assert cli.main([*given, "--replace", "--license", "cc0-1.0"]) == 0
    assert '"CC0-1.0"' in (tmp_path / "pack" / "datapackage.json").read_text(encoding="utf-8")


def test_rows_are_told_while_they_are_written(tmp_path, store):
    seen: list[tuple[str, int, int]] = []
    with heard(lambda *told: seen.append(told)):
        made = package_in(tmp_path / "pack", store, formats=("parquet",))
    assert seen[-1] == ("rows", sum(made.facts.rows.values()), sum(made.facts.rows.values()))


def test_columns_tell_their_meaning(full):
    for path in (full.folder / "parquet").glob("*.parquet"):
        untold = [field.name for field in pq.read_schema(path) if b"description" not in (field.metadata or {})]
        assert untold == [], path.name
    assert "| `confidence` | float |" in (full.folder / "README.md").read_text(encoding="utf-8")


def test_what_the_ledger_knows_is_on_the_card(tmp_path):
    from hedui.research.publishing.publish import publish
    from hedui.store import Store
    from hedui.store.ledger import Input, Place, begin, claim, enter, failed

    results = store_in(tmp_path / "results", ("s03.txt",))
    with Store(tmp_path / "hedui.sqlite") as ledger:
        lost = Input(sha256="f" * 64, name="坏.pdf", path="坏.pdf", places=(Place(place="坏.pdf", name="坏.pdf"),))
        enter(ledger, [lost], version="v", run="r", stage_of=lambda _: "read")
        claim(ledger, [lost.sha256], holder="h")
        begin(ledger, lost.sha256, holder="h")
        failed(ledger, lost.sha256, "读不出", version="v", seconds=1.0)
        made = publish(results, tmp_path / "pack", Request(formats=("parquet",)), ledger=ledger)
    assert made.facts.ledger["failed"] == 1 and "未能读出 failed 1" in (made.folder / "README.md").read_text(encoding="utf-8")

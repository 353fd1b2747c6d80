"""Results of versions no longer used go, and nothing that is needed or that people decided something on goes with them."""

import random
import re
from dataclasses import replace

import pytest

from hedui.cli import main
from hedui.corrections import Saying
from hedui.errors import StoreError, UsageError
from hedui.export import to_output
from hedui.store import Store
from hedui.store.freeing import Held, free_version, freed_by, store_bytes, vacuum, versions_in
from hedui.store.ledger import remember
from hedui.store.packed import packed
from hedui.store.people import add_person
from hedui.store.results import newest_results
from hedui.store.tasks import lay_out, unrouted
from hedui.store.trail import Place, append

READERS = {"v1": "r1", "v2": "r1", "v3": "r2"}
BULK = random.Random(1).randbytes(200_000)  # nothing packs it


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    return str(tmp_path / "hedui.sqlite") if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def store(address, made):
    """Three contents: the first read by v1, v2 and v3, the second by v1 and v2, the third by v1 alone."""
    with Store(address) as store:
        for version, many in (("v1", 3), ("v2", 2), ("v3", 1)):
            remember(store, version, {"readers": READERS[version]})
            for n in range(many):
                found = packed(to_output(made(f"{n}.txt", made().document.text + str(n))), version=version, signals=BULK, document=BULK,
                               readers=READERS[version])
                store.keep_many([found])
        yield store


def sha256(made, n):
    return made(f"{n}.txt", made().document.text + str(n)).document.sha256


def said(store, made, n, version):
    person = add_person(store, name="甲", role="annotator", secret="x")
    note = Saying(target="t", kind="record", act="note", after={"note": "a"}, before={})
    append(store, Place(sha256=sha256(made, n), report="p-1", version=version), [note], person=person.id, group="g")


def told(store):
    return {one.version: (one.contents, one.needed, one.decided) for one in versions_in(store)}


def test_versions_are_told_with_what_they_hold(store, made):
    said(store, made, 0, "v1")
    assert told(store) == {"v3": (1, 1, 0), "v2": (2, 1, 0), "v1": (3, 1, 1)} and [one.version for one in versions_in(store)] == ["v3", "v2", "v1"]
    assert versions_in(store)[0] == Held(version="v3", contents=1, bytes=versions_in(store)[0].bytes, needed=1, decided=0)
    assert len(BULK) < versions_in(store)[0].bytes < 2 * len(BULK)


@pytest.mark.parametrize("version, results, documents, left", [
    ("v1", 2, 0, {"v3": 1, "v2": 2, "v1": 1}),  # the Document of the first was v2's too
    ("v2", 1, 0, {"v3": 1, "v2": 1, "v1": 3}),
    ("v3", 0, 0, {"v3": 1, "v2": 2, "v1": 3}),
])
def test_the_newest_of_every_content_stays(store, version, results, documents, left):
    newest = newest_results(store)
    freed = freed_by(store, version)
    assert (freed.results, freed.documents, freed.bytes >= results * len(BULK)) == (results, documents, True)
    assert free_version(store, version) == freed and newest_results(store) == newest
    assert {one.version: one.contents for one in versions_in(store)} == left
    counts = store.counts()
    assert counts["outputs"] == counts["results"] == sum(left.values()) and counts["reports"] == 3


def test_a_document_goes_with_the_last_result_made_from_it(store, made):
    free_version(store, "v1")
    freed = free_version(store, "v2")
    assert (freed.results, freed.documents) == (1, 1) and freed.bytes > 2 * len(BULK)
    assert store.document(sha256(made, 0), readers="r1") is None and store.document(sha256(made, 0), readers="r2") == BULK
    assert store.document(sha256(made, 1), readers="r1") == BULK


def test_what_an_older_hedui_read_may_have_needed_the_document(store, made):
    free_version(store, "v1")
    with store.writing() as connection:
        connection.exec_driver_sql("delete from versions where version = 'v3'")
    assert free_version(store, "v2").documents == 0 and store.document(sha256(made, 0), readers="r1") == BULK


@pytest.mark.parametrize("version", ["v1", ""])
def test_what_people_decided_on_stays_unless_told(store, made, version):
    said(store, made, 0, version)
    freed = free_version(store, "v1")
    assert (freed.results, freed.decided) == (1, 1) and store.output(sha256(made, 0), version="v1")
    assert free_version(store, "v1").results == 0
    freed = free_version(store, "v1", also_decided=True)
    assert (freed.results, freed.decided) == (1, 0) and store.packed(sha256(made, 0), version="v1") is None
    assert store.counts()["events"] == 1


def test_what_the_ledger_says_stays(store, made):
    with store.writing() as connection:
        connection.exec_driver_sql(
            "insert into inputs (sha256, name, path, parts, bytes, state, stage, attempts, deaths, cause, version, changed) values "
            f"('{sha256(made, 0)}', 'a', 'a', '[]', 1, 'seen', 'weigh', 0, 0, '', 'v1', '2026-01-01 00:00:00.000000')")
    assert (freed_by(store, "v1").results, freed_by(store, "v1").needed) == (1, 2)


def test_tasks_of_a_result_that_goes_are_laid_out_anew(store, made):
    for at, result in newest_results(store).items():
        lay_out(store, at, result, ())
    store.keep_many([replace(packed(to_output(made("0.txt", made().document.text + "0"))), version="v4")])
    before = unrouted(store)
    assert free_version(store, "v3").results == 1 and unrouted(store) == before and len(before) == 1


def test_the_space_goes_back_to_the_disk(store):
    before = store_bytes(store)
    freed = free_version(store, "v1")
    vacuum(store)
    assert before - store_bytes(store) >= 0.4 * freed.bytes
    assert store.counts()["results"] == 4


def test_a_version_that_is_not_there_is_told(store):
    with pytest.raises(UsageError, match=r"v9: .*v3、v2、v1"):
        freed_by(store, "v9")


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_command_says_what_it_frees(store, address, capsys, tmp_path):
    assert main(["versions", "list", str(tmp_path)]) == 0
    assert re.match(r"v1  3 份 documents，[1-9]\d*\.\d kB；", capsys.readouterr().out.splitlines()[2])
    assert main(["versions", "drop", str(tmp_path), "v1", "--dry-run"]) == 0
    assert "会清掉 would free\nv1: 结果 results 2，" in capsys.readouterr().out and versions_in(store)[2].contents == 3
    assert main(["versions", "drop", str(tmp_path), "v1"]) == 0
    out = capsys.readouterr().out
    assert "留下在用的 kept as needed: 1" in out and "→" in out and versions_in(store)[2].contents == 1
    assert main(["versions", "drop", str(tmp_path), "v9"]) == 2
    assert main(["versions", "list", str(tmp_path), "--json"]) == 0 and '"version": "v3"' in capsys.readouterr().out


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_space_that_could_not_be_given_back_is_told_and_goes_back_the_next_time(store, address, capsys, tmp_path, monkeypatch):
    def held(_):
        raise StoreError("hedui.sqlite: database is locked")

    before = store_bytes(store)
    with monkeypatch.context() as patched:
        patched.setattr("hedui.store.freeing.vacuum", held)
        assert main(["versions", "drop", str(tmp_path), "v1", "--decided"]) == 1
    told = capsys.readouterr().err
    assert "结果已清掉" in told and "database is locked" in told and store_bytes(store) == before and versions_in(store)[2].contents == 1
    assert main(["versions", "drop", str(tmp_path), "v1"]) == 0
    assert store_bytes(store) < before

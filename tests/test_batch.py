"""One bad file never stops the rest, whatever becomes of the process that reads it."""

import os

import pytest

from hedui import batch
from hedui.errors import ReadError
from hedui.export import to_json
from hedui.isolation import Lost
from hedui.listing import Entry, list_files

REPORT = """青岚县农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，全年执行数950万元，执行率95%。
"""


@pytest.fixture
def entries(tmp_path):
    for name, text in {"a.txt": REPORT, "b.txt": REPORT.replace("95%", "97%"), "空.txt": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return list_files([tmp_path]).entries


def test_what_goes_wrong_is_told_with_its_cause(monkeypatch):
    def read(path):
        raise {"read": ReadError("x", "只有一半 truncated", where="第2页"), "bug": ValueError("two\nlines"),
               "deep": RecursionError("too deep"), "big": MemoryError()}[str(path)]

    monkeypatch.setattr(batch, "read", read)
    causes = {path: batch.outcome(Entry(name=path, path=path, sha256="0")).cause for path in ("read", "bug", "deep", "big")}
    assert causes["read"] == "第2页 只有一半 truncated"
    assert "ValueError at test_batch.py:" in causes["bug"] and "two lines" in causes["bug"]
    assert "RecursionError" in causes["deep"] and causes["big"] == batch.LOST["memory"]
    assert not any("\n" in cause for cause in causes.values())


def test_a_file_that_could_not_be_opened_keeps_its_cause():
    entry = Entry(name="a", path="nowhere", cause="打不开")
    assert batch.outcome(entry) == batch.Outcome(entry=entry, cause="打不开")


def test_the_file_goes_by_the_name_of_its_listing(entries):
    done = batch.outcome(Entry(name="子/甲.txt", path=entries[0].path, sha256=entries[0].sha256))
    assert done.findings.document.name == "子/甲.txt" and done.findings.document.sha256 == entries[0].sha256
    assert done.output == to_json(done.findings)


def test_processes_of_their_own_read_the_same(entries):
    here = {done.entry.name: (done.output, done.cause) for done in map(batch.outcome, entries)}
    with batch.Readers(2) as readers:
        there = {done.entry.name: (done.output, done.cause) for done in readers.outcomes(entries)}
    assert here == there
    assert here["空.txt"][1] and here["a.txt"][0] and set(here) == {"a.txt", "b.txt", "空.txt"}


@pytest.mark.parametrize("why", ["still", "slow", "memory", "crash"])
def test_a_file_that_kills_its_process_takes_no_other_with_it(entries, monkeypatch, why):
    def results(self, items, on_step=None):
        yield from ((item, Lost(why=why) if "b" in item.name else batch.light(item, threads=1)) for item in items)

    monkeypatch.setattr(batch.Readers, "results", results)
    found = {done.entry.name: done.cause for done in batch.Readers().outcomes(entries)}
    assert found["b.txt"] == batch.LOST[why] and found["a.txt"] is None and len(found) == 3


@pytest.mark.parametrize("files, cores, workers", [(0, 4, 1), (7, 4, 1), (16, 4, 2), (500, 4, 4), (500, 64, 8)])
def test_processes_start_where_they_pay(monkeypatch, files, cores, workers):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert batch.workers_for(files) == workers


@pytest.mark.parametrize("workers, cores, threads", [(1, 4, 4), (2, 4, 2), (8, 4, 1)])
def test_readers_share_the_processors(monkeypatch, workers, cores, threads):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert batch.Readers(workers).function.keywords == {"threads": threads, "model": None, "calibrator": None}

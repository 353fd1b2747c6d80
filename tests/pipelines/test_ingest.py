"""The flow gives what `extract` gives, goes on where it was stopped, and lets no bad file stop the rest."""

import os
import sqlite3
from dataclasses import replace

import openpyxl
import pyarrow.parquet as pq
import pytest

from hedui.batch import Readers
from hedui.errors import StoreError, UsageError
from hedui.export import load_output, to_output
from hedui.extract import extract
from hedui.listing import list_files
from hedui.pipelines.engine import SETTINGS, set_up, still
from hedui.readers import read
from hedui.store import Store
from hedui.version import version

set_up()
ingest = pytest.importorskip("hedui.pipelines.ingest")

REPORT = """青岚县农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，全年执行数950万元，执行率97%。
二、产出指标完成情况
新建供水管网：年度指标值≥120公里，实际完成118公里。
"""


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "in"
    (root / "乡镇").mkdir(parents=True)
    (root / "a.txt").write_text(REPORT, encoding="utf-8")
    (root / "乡镇" / "b.txt").write_text(REPORT.replace("950", "920"), encoding="utf-8")
    (root / "again.txt").write_text(REPORT, encoding="utf-8")
    (root / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    (root / "empty.txt").write_bytes(b"")
    return root


def states(summary):
    return {line.name: line.state for line in summary.lines}


def test_flow_and_extract_find_the_same(engine, folder, tmp_path):
    summary = ingest.ingest([str(folder)], str(tmp_path / "out"))
    for name in ("a.txt", "乡镇/b.txt"):
        found = extract(replace(read(folder / name), name=name))
        assert load_output(tmp_path / "out" / "json" / name.replace(".txt", ".json")) == to_output(found)
    assert states(summary) == {"a.txt": "read", "again.txt": "same", "broken.docx": "failed", "empty.txt": "failed",
                               "乡镇/b.txt": "read"}
    assert all(line.cause for line in summary.failed)


def test_out_holds_everything(engine, folder, tmp_path):
    out = tmp_path / "out"
    summary = ingest.ingest([str(folder)], str(out))
    assert {path.name for path in out.iterdir()} == {
        "hedui.sqlite", "json", "records.parquet", "claims.parquet", "checks.parquet", "mentions.parquet", "hedui.xlsx",
        "report.html"}
    assert pq.read_table(out / "checks.parquet").num_rows == summary.checks
    assert pq.read_table(out / "mentions.parquet").num_rows == summary.mentions > 0
    files = openpyxl.load_workbook(out / "hedui.xlsx")["文件 Files"]
    assert {row[0].value for row in files.iter_rows(min_row=2)} == set(states(summary))
    assert "broken.docx" in (out / "report.html").read_text(encoding="utf-8")


def test_running_again_reads_nothing_and_adds_nothing(engine, folder, tmp_path):
    out = tmp_path / "out"
    steps = []
    first = ingest.ingest([str(folder)], str(out))
    with Store(out / "hedui.sqlite") as store:
        before = store.counts()
    files = {path: path.read_bytes() for path in (out / "json").rglob("*.json")}
    again = ingest.ingest([str(folder)], str(out), on_step=lambda *step: steps.append(step))
    with Store(out / "hedui.sqlite") as store:
        assert store.counts() == before
    assert {path: path.read_bytes() for path in files} == files
    assert states(again) == {**states(first), "a.txt": "kept", "乡镇/b.txt": "kept"}
    assert (again.checks, again.claims, again.conflicts) == (first.checks, first.claims, first.conflicts)
    assert steps[0] == ("read", 0, 2)


def test_a_run_that_was_stopped_goes_on(engine, folder, tmp_path, monkeypatch):
    out, stop = tmp_path / "out", []

    def stopped(stage, done, _all):
        if stage == "read" and done == 1:
            raise KeyboardInterrupt
        stop.append(stage)

    with pytest.raises(KeyboardInterrupt):
        ingest.ingest([str(folder / "a.txt"), str(folder / "乡镇")], str(out), on_step=stopped)
    monkeypatch.undo()
    with Store(out / "hedui.sqlite") as store:
        assert store.counts()["results"] == 1
    summary = ingest.ingest([str(folder / "a.txt"), str(folder / "乡镇")], str(out))
    assert sorted(states(summary).values()) == ["kept", "read"]


def test_a_file_that_was_renamed_keeps_its_result_and_gains_a_name(engine, folder, tmp_path):
    out = tmp_path / "out"
    ingest.ingest([str(folder / "a.txt")], str(out))
    (folder / "a.txt").rename(folder / "新名.txt")
    summary = ingest.ingest([str(folder / "新名.txt")], str(out))
    assert states(summary) == {"新名.txt": "kept"}
    assert load_output(out / "json" / "新名.json")["source"]["name"] == "新名.txt"
    with Store(out / "hedui.sqlite") as store:
        assert store.counts()["names"] == 2


def test_tasks_as_plain_functions(folder, tmp_path):
    out, store = tmp_path / "out", str(tmp_path / "out" / "hedui.sqlite")
    listing = ingest.list_inputs.fn([str(folder)], str(out))
    assert listing == list_files([folder])
    planned = ingest.plan.fn(listing.entries, store, version())
    assert [entry.name for entry in planned.todo] == ["a.txt", "broken.docx", "empty.txt", "乡镇/b.txt"]
    assert dict(planned.same) == {"again.txt": "a.txt"}
    seen = []
    with Readers() as readers:
        causes = ingest.read_batch.fn(planned.todo, store, readers, version(), on_file=lambda: seen.append(1))
    assert set(causes) == {"broken.docx", "empty.txt"} and len(seen) == 4
    assert [entry.name for entry in ingest.plan.fn(listing.entries, store, version()).kept] == ["a.txt", "乡镇/b.txt"]


def test_out_that_is_a_file_is_refused(folder, tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder"):
        ingest.list_inputs.fn([str(folder)], str(tmp_path / "out"))


def test_results_that_cannot_be_written_are_told(engine, folder, tmp_path):
    out = tmp_path / "out"
    (out / "hedui.xlsx").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"hedui\.xlsx: 写不进去"):
        ingest.ingest([str(folder / "a.txt")], str(out))
    with sqlite3.connect(out / "hedui.sqlite") as base:
        assert base.execute("select count(*) from results").fetchone() == (1,)


def test_engine_settings_yield_to_the_user(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "INFO")
    set_up()
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "INFO" and os.environ["DO_NOT_TRACK"] == "1"


@pytest.mark.parametrize("raised, told", [
    (RuntimeError("port\ntaken"), "engine failed, RuntimeError: port taken"), (StoreError("磁盘已满"), "^磁盘已满$"),
])
def test_what_the_engine_raises_is_one_line(raised, told):
    with pytest.raises(StoreError, match=told), still():
        raise raised

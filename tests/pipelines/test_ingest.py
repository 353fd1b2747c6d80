"""The flow gives what `extract` gives, goes on where it was stopped, and lets no bad file stop the rest."""

import os
import sqlite3
from dataclasses import replace

import openpyxl
import pytest

from hedui.bulk.intake import Request
from hedui.bulk.running import Steps, batches_of, read_batch, run
from hedui.errors import HeduiError, StoreError, UsageError
from hedui.export import load_output, to_output
from hedui.export.lake_read import lake_dataset
from hedui.extract import extract
from hedui.pipelines.engine import SETTINGS, set_up, still
from hedui.readers import read
from hedui.store import Store
from hedui.store.proof import proof

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
        "hedui.sqlite", "json", "lake", "hedui.xlsx", "report.html", ".hedui.json", ".lock", "run.html", "runs.jsonl", "log.jsonl", "metrics.prom"}
    assert lake_dataset(str(out / "lake"), "checks").count_rows() == summary.checks
    assert lake_dataset(str(out / "lake"), "mentions").count_rows() == summary.mentions > 0
    files = openpyxl.load_workbook(out / "hedui.xlsx")["文件 Files"]
    assert {row[0].value for row in files.iter_rows(min_row=2)} == set(states(summary))
    assert "broken.docx" in (out / "report.html").read_text(encoding="utf-8")


def test_running_again_reads_nothing_and_adds_nothing(engine, folder, tmp_path):
    out = tmp_path / "out"
    first = ingest.ingest([str(folder)], str(out))
    with Store(out / "hedui.sqlite") as store:
        before = store.counts()
    files = {path: path.read_bytes() for path in (out / "json").rglob("*.json")}
    again = ingest.ingest([str(folder)], str(out))
    with Store(out / "hedui.sqlite") as store:
        assert store.counts() == {**before, "runs": 2}
        assert proof(store).holds
    assert {path: path.read_bytes() for path in files} == files
    assert states(again) == {**states(first), "a.txt": "kept", "乡镇/b.txt": "kept"}
    assert (again.checks, again.claims, again.conflicts) == (first.checks, first.claims, first.conflicts)


def test_a_run_that_was_stopped_goes_on(folder, tmp_path, read_here):
    request = Request(inputs=(str(folder / "a.txt"), str(folder / "乡镇")), out=str(tmp_path / "out"))

    def stopped(batches, request):
        def stop(_):
            raise KeyboardInterrupt

        read_batch(batches[0], request, on_read=stop)

    with pytest.raises(KeyboardInterrupt):
        run(request, steps=Steps(read=stopped))
    with Store(request.address) as store:
        assert store.counts()["results"] == 1 and proof(store).states["reading"] == 1
    assert sorted(states(run(request)).values()) == ["kept", "read"]


def test_a_run_that_stands_still_is_told(folder, tmp_path):
    request = Request(inputs=(str(folder / "a.txt"),), out=str(tmp_path / "out"))
    with pytest.raises(StoreError, match="stands still"):
        run(request, steps=Steps(read=lambda batches, request: None))


def test_a_file_that_was_renamed_keeps_its_result_and_gains_a_name(folder, tmp_path, read_here):
    out = tmp_path / "out"
    run(Request(inputs=(str(folder),), out=str(out)))
    (folder / "乡镇" / "b.txt").rename(folder / "新名.txt")
    summary = run(Request(inputs=(str(folder),), out=str(out)))
    assert states(summary)["新名.txt"] == "kept" and "乡镇/b.txt" not in states(summary)
    assert load_output(out / "json" / "新名.json")["source"]["name"] == "新名.txt"


def test_tasks_as_plain_functions(folder, tmp_path, read_here):
    request = Request(inputs=(str(folder),), out=str(tmp_path / "out"))
    entered = ingest.list_inputs.fn(request)
    batches = batches_of(request, entered, size=3)
    assert [len(batch.keys) for batch in batches] == [3, 1]
    assert ingest.stamp(None, {"batch": batches[0]}) == batches_of(request, entered, size=3)[0].stamp
    told = [ingest.read_inputs.fn(batch, request) for batch in batches]
    assert sum(one.get("done", 0) for one in told) == 2 and sum(one.get("failed", 0) for one in told) == 2
    assert batches_of(request, entered) == ()
    assert states(ingest.write_results.fn(request, entered))["again.txt"] == "same"


def test_out_that_is_a_file_is_refused(folder, tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder"):
        ingest.list_inputs.fn(Request(inputs=(str(folder),), out=str(tmp_path / "out")))


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
    with pytest.raises(HeduiError, match=told), still():
        raise raised


def test_what_was_not_written_since_is_not_hashed_again(folder, tmp_path, read_here, monkeypatch):
    request = Request(inputs=(str(folder),), out=str(tmp_path / "out"))
    for path in folder.rglob("*.*"):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 3600))
    monkeypatch.setattr("time.time", lambda: 4e9)
    first = run(request)
    monkeypatch.setattr("hashlib.file_digest", None)
    assert states(run(request)) == {**states(first), "a.txt": "kept", "乡镇/b.txt": "kept"}

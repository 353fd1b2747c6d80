"""What a store holds is done again only as far as a change reaches, and comes out as a run that begins anew would have it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hedui import batch
from hedui.bulk.intake import Request
from hedui.bulk.reprocessing import begin_again, plan_again, plan_lines, request_again
from hedui.bulk.running import batches_of, read_batch, run
from hedui.confidence import PRIORS, Weights, weights_json
from hedui.store import Store
from hedui.store.ledger import ledger_rows
from hedui.store.proof import proof
from hedui.store.results import held_results
from hedui.store.runs import last_runs
from hedui.store.search import Wanted, conflicts_by_kind, found, reports_by

MODEL = Path(__file__).parents[2] / "models" / "hedui_zh"
REPORT = """青岚县农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，全年执行数950万元，执行率97%。
二、产出指标完成情况
新建供水管网：年度指标值≥120公里，实际完成118公里。
"""


@pytest.fixture
def weights(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text(weights_json({kind: Weights(bias=-0.5, signals={"held": 1.5}, low=0.05, high=0.9) for kind in PRIORS}), encoding="utf-8")
    return str(path)


@pytest.fixture
def request_(tmp_path, read_here):
    root = tmp_path / "in"
    root.mkdir()
    (root / "a.txt").write_text(REPORT, encoding="utf-8")
    (root / "b.txt").write_text(REPORT.replace("950", "920"), encoding="utf-8")
    (root / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    return Request(inputs=(str(root),), out=str(tmp_path / "out"))


@pytest.fixture
def blind(monkeypatch):
    """From here on nothing reads a file."""
    def begin():
        monkeypatch.setattr(batch, "read", None)
        monkeypatch.setattr("hedui.bulk.reprocessing.find", None)
        monkeypatch.setattr("hashlib.file_digest", None)
    return begin


def again(request, **asked):
    """Does it again; the plan and the summary."""
    with Store(request.address) as store:
        wanted = request_again(store, out=request.out, address=request.store, **asked)
        plan = plan_again(wanted, store)
        entered = begin_again(wanted, plan, store)
    return plan, run(wanted, entered=entered)


def many(plan):
    return {stage: len(keys) for stage, keys in plan.stages.items() if keys}


def contents(out):
    return {path.relative_to(out): path.read_bytes() for folder in ("json", "lake") for path in Path(out, folder).rglob("*") if path.is_file()}


def states(summary):
    return {line.name: line.state for line in summary.lines}


@pytest.mark.parametrize("change, stage", [("weights", "weigh"), ("model", "extract")])
def test_what_was_kept_is_done_again_and_no_file_is_opened(request_, weights, tmp_path, blind, change, stage):
    asked = {change: weights if change == "weights" else str(MODEL)}
    run(request_)
    (tmp_path / "in" / "坏.docx").unlink()
    fresh = replace(request_, out=str(tmp_path / "fresh"), **asked)
    run(fresh)
    before = contents(request_.out)
    shutil.rmtree(tmp_path / "in")
    if change == "weights":
        blind()
    plan, summary = again(request_, **asked)
    assert many(plan) == {stage: 2} and [row.name for row in plan.lost] == ([] if stage == "weigh" else ["坏.docx"])
    assert states(summary) == {"a.txt": "read", "b.txt": "read", "坏.docx": "failed"}
    assert before != contents(request_.out) == contents(fresh.out)
    with Store(request_.address) as store:
        assert proof(store).holds
        assert last_runs(store)[0].asked[change] == asked[change]
    plan, summary = again(request_)
    assert many(plan) == {} and states(summary)["a.txt"] == "kept"


def test_what_must_be_read_and_is_gone_keeps_its_result(request_, tmp_path, age):
    first = run(request_)
    before = contents(request_.out)
    age(request_.address)
    (tmp_path / "in" / "a.txt").unlink()
    (tmp_path / "in" / "坏.docx").unlink()
    plan, summary = again(request_)
    assert many(plan) == {"read": 1} and [row.name for row in plan.lost] == ["a.txt", "坏.docx"]
    assert any("a.txt" in line for line in plan_lines(plan))
    assert states(summary) == {"a.txt": "kept", "b.txt": "read", "坏.docx": "failed"}
    assert "old" in next(line.cause for line in summary.lines if line.name == "a.txt") and summary.checks == first.checks
    after = {path: text for path, text in contents(request_.out).items() if path.parts[0] == "json"}
    assert after == {path: text for path, text in before.items() if path.parts[0] == "json"}
    with Store(request_.address) as store:
        assert proof(store).holds
        assert {row.name: row.version == "old" for row in ledger_rows(store, ("done",))} == {"a.txt": True, "b.txt": False}


def test_a_file_that_holds_something_else_now_is_not_read_in_its_place(request_, tmp_path):
    run(request_)
    with Store(request_.address) as store, store.writing() as connection:
        connection.exec_driver_sql("delete from parsed")
    (tmp_path / "in" / "a.txt").write_text("另一份", encoding="utf-8")
    plan, summary = again(request_, model=str(MODEL))
    assert many(plan) == {"read": 2} and [row.name for row in plan.lost] == ["a.txt"]  # b.txt and the broken one are there
    assert states(summary)["a.txt"] == "kept" and states(summary)["b.txt"] == "read"


def test_what_was_stopped_half_way_goes_on_to_where_it_is_asked_now(request_, weights, tmp_path):
    run(request_)
    with Store(request_.address) as store:
        wanted = request_again(store, out=request_.out, address=None, weights=weights)
        entered = begin_again(wanted, plan_again(wanted, store), store)

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_batch(batches_of(wanted, entered)[0], wanted, on_read=stop)
    plan, _ = again(request_, model=str(MODEL))
    assert many(plan)["extract"] == 2
    fresh = replace(request_, out=str(tmp_path / "fresh"), model=str(MODEL), weights=weights)
    run(fresh)
    assert contents(request_.out) == contents(fresh.out)


def test_a_run_after_one_that_was_stopped_does_what_its_own_version_asks(request_, weights):
    run(request_)
    with Store(request_.address) as store:
        wanted = request_again(store, out=request_.out, address=None, weights=weights)
        begin_again(wanted, plan_again(wanted, store), store)  # stopped before anything was weighed
    run(replace(request_, model=str(MODEL)))
    found = [json.loads(path.read_bytes()) for path in Path(request_.out, "json").rglob("*.json")]
    assert found and all(report["mentions"] for one in found for report in one["reports"])
    fresh = replace(request_, out=request_.out + "2", model=str(MODEL))
    run(fresh)
    assert contents(request_.out) == contents(fresh.out)


def test_planning_changes_nothing(request_, weights):
    run(request_)
    with Store(request_.address) as store:
        before, counts = tuple(ledger_rows(store)), store.counts()
        plan = plan_again(request_again(store, out=request_.out, address=None, weights=weights), store)
        assert plan_lines(plan) == ["重读 to read 0，重新提取 to extract 0，重新衡量 to weigh 2"]
        assert (tuple(ledger_rows(store)), store.counts()) == (before, counts)


def answers(request):
    """What the store answers across documents, without the numbers that results have in it."""
    with Store(request.address) as store:
        return {replace(one, place=()) for one in found(store, Wanted())}, conflicts_by_kind(store), reports_by(store, "unit"), held_results(store)


@pytest.mark.parametrize("way", ["run", "reprocess"])
@pytest.mark.parametrize("change", ["weights", "model"])
def test_back_at_an_earlier_version_all_is_of_that_version(request_, weights, change, way):
    def do(**asked):
        if way == "run":
            run(replace(request_, **asked))
        else:
            again(request_, **(asked or {change: "none"}))
    run(request_)
    before, told = contents(request_.out), answers(request_)
    do(**{change: weights if change == "weights" else str(MODEL)})
    assert before != contents(request_.out) and told != answers(request_)
    do()
    assert contents(request_.out) == before and answers(request_) == told
    with Store(request_.address) as store:
        assert proof(store).holds

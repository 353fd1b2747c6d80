"""Reports that people decided at the desk are the sample that figures are put right by."""

from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest

from hedui.errors import UsageError
from hedui.export import to_json
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.research import open_store
from hedui.research.doubt import mean, to_check, total
from hedui.review import acts
from hedui.review.checked import checked, wholly_decided
from hedui.review.opened import open_report
from hedui.review.perform import perform
from hedui.store import Store
from hedui.store.people import add_person
from hedui.store.results import reports_held

REPORT = """{place}2022年农村公路养护补助资金绩效自评报告
一、资金情况
全年预算安排{budget}万元，实际支出{spent}万元，预算执行率{rate}%。
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥120公里\t125公里\t10\t{score}
自评得分93.5分，等级为优。
"""
PLACES = ("云岭县", "青溪县", "石河县", "白水县", "沙湾县", "东川县")


@pytest.fixture
def desk(tmp_path):
    """Six reports in OUT; `decide(n, edit=, reject=)` has somebody decide the whole of report n, with a corrected score or records rejected."""
    out = tmp_path / "out"
    out.mkdir()
    with Store(out / "hedui.sqlite") as store:
        for n, place in enumerate(PLACES):
            told = REPORT.format(place=place, budget=1000, spent=900 + n, rate=f"{90 + n / 10:.1f}", score=9)
            store.keep(to_json(extract(read_bytes(told.encode(), f"{place}.txt"))), version="v")
        person = add_person(store, name="甲", role="annotator", secret="x")
        names = {open_report(store, *one).read.output["source"]["name"]: one for one in reports_held(store)}
        reports = [names[f"{place}.txt"] for place in PLACES]

        def do(n, say, group):
            opened = open_report(store, *reports[n])
            return perform(store, opened, tuple(say(opened.state)), person=person.id, group=f"{n}-{group}").opened

        def decide(n, *, score=None, reject=()):
            if score:
                do(n, lambda state: acts.edit(state, of(state, "indicator"), "score", score), "edit")
            do(n, lambda state: acts.accept(state, [one.id for one in state.of("record") if one.data["type"] in reject], decision="rejected"), "no")
            return do(n, lambda state: acts.accept(state, [item.id for kind in ("record", "check") for item in state.of(kind)
                                                           if item.decision == "open"]), "yes")

        yield SimpleNamespace(out=out, store=store, decide=decide, do=do, ids=[report for _, report in reports],
                              open=lambda: open_store(out, home=tmp_path / "home"))


def of(state, kind):
    return next(item.id for item in state.of("record") if item.data["type"] == kind)


def test_what_people_put_right_moves_the_mean(desk):
    for n, score in enumerate(("8", "8", None)):
        assert wholly_decided(desk.decide(n, score=score))
    store = desk.open()
    scores = store.records.where(type="indicator", name="养护里程")
    frame = scores.frame()
    found = checked(store, scores)
    assert list(found.frame.columns) == list(frame.columns) and list(map(str, found.frame.dtypes)) == list(map(str, frame.dtypes))
    assert sorted(found.frame["score_number"]) == [8, 8, 9] and sorted(frame["score_number"]) == [9] * 6
    assert sorted(found.frame["report"]) == sorted(desk.ids[:3]) and found.frame["indicator_id"].isin(frame["indicator_id"]).all()
    put_right = mean(frame, "score_number", checked=found)
    assert put_right.value == Decimal("8.33") and put_right.checked == 3 and mean(frame, "score_number").value == 9


def test_what_was_read_and_is_none_counts_as_looked_at(desk):
    desk.decide(0)
    desk.decide(1, reject=("fund",))
    store = desk.open()
    spent = store.records.where(type="fund", measure="executed")
    found = checked(store, spent, ["yuan", "province", "report_title"])
    assert list(found.frame.columns) == ["report", "yuan", "province", "report_title"] and len(found.frame) == 2
    gone = found.frame.set_index("report").loc[desk.ids[1]]
    assert pd.isna(gone["yuan"]) and "青溪县" in gone["report_title"]
    figure = total(spent.frame(), "yuan", checked=found)
    assert figure.checked == 2 and figure.value < figure.as_read == sum(Decimal((900 + n) * 10_000) for n in range(6))


def test_what_was_missed_is_there(desk):
    def add(state):
        text = open_report(desk.store, *next(one for one in reports_held(desk.store) if one[1] == desk.ids[0])).read.text
        at = text.index("等级为优")
        return acts.add_claim(text, (at, at + 4), "indicator", {"name": "群众满意度", "actual": "98%"})

    said = desk.do(0, add, "missed")
    claim = next(item.id for item in said.state.of("claim") if item.added)
    desk.do(0, lambda state: acts.add_record(state, [claim]), "record")
    desk.decide(0)
    desk.decide(1)
    store = desk.open()
    named = checked(store, store.records.where(type="indicator", name="群众满意度")).frame
    assert list(named["report"]) == [desk.ids[0]] and named["actual_number"][0] == Decimal("0.98")


def test_only_reports_that_were_wholly_decided_count(desk):
    desk.decide(0)
    store = desk.open()
    with pytest.raises(UsageError, match="只有 1 份"):
        checked(store, "records")
    desk.do(1, lambda state: acts.accept(state, [of(state, "fund")]), "one")
    with pytest.raises(UsageError, match="只有 1 份"):
        checked(store, "records")
    desk.decide(1)
    desk.decide(2)
    desk.do(2, lambda state: acts.accept(state, [of(state, "indicator")], decision="open"), "again")
    assert set(checked(store, "records").frame["report"]) == set(desk.ids[:2])
    desk.decide(3)
    assert set(checked(store, "reports", reports=desk.ids[:2]).frame["report"]) == set(desk.ids[:2])
    with pytest.raises(UsageError, match=r"等 2 份.*还没有整份核完"):
        checked(store, "records", reports=desk.ids[1:5])


def test_what_was_drawn_by_unequal_chances_keeps_its_weights(desk):
    store = desk.open()
    spent = store.records.where(type="fund", measure="executed")
    frame = spent.frame()
    frame["confidence"] = [0.01 if report == desk.ids[0] else 0.99 for report in frame["report"]]
    chosen = to_check(frame, "yuan", 3)
    with pytest.raises(UsageError, match="还没有整份核完"):
        checked(store, spent, reports=chosen)
    for report in chosen["report"]:
        desk.decide(desk.ids.index(report))
    found = checked(store, spent, ["yuan"], reports=chosen)
    assert dict(zip(found.frame["report"], found.frame[found.weight], strict=True)) == dict(zip(chosen["report"], chosen["stands_for"], strict=True))
    assert chosen["stands_for"].nunique() > 1 and total(frame, "yuan", checked=found).checked == 3
    with pytest.raises(UsageError, match="stands_for"):
        checked(store, spent, reports=chosen[["report"]])


def test_what_cannot_be_asked_is_told(desk, tmp_path):
    store = desk.open()
    with pytest.raises(UsageError, match=r"mentions.*逐一判断"):
        checked(store, "mentions")
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "a.json").write_text(to_json(extract(read_bytes("执行率90%。".encode(), "a.txt"))), encoding="utf-8")
    with pytest.raises(UsageError, match="没有结果库"):
        checked(open_store(tmp_path / "json"), "records")

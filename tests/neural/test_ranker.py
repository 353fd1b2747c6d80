"""Values in running text and the names that they may have; a ranker of hand-set weights renames, drops and adds; its file."""

from __future__ import annotations

import math
from itertools import chain

import pytest
from fused_toys import learned, toy

from hedui.errors import ReadError
from hedui.neural.fusion.claims import fused_claims
from hedui.neural.fusion.policy import NOTHING, Observation, Policy, choose_policy
from hedui.neural.fusion.proposals import Proposal, applied
from hedui.neural.fusion.ranked import ranked_proposals
from hedui.neural.fusion.ranker import Ranker, load_ranker
from hedui.neural.fusion.slots import slots_of
from hedui.neural.fusion.surroundings import Surroundings, alike
from hedui.neural.fusion.traits import traits_of

REPORT = """青岚县农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，执行率95%。
二、绩效目标完成情况分析
（一）产出指标
1.数量指标
新建供水管网118公里，惠及群众3200人。
2.质量指标
工程验收合格率为98%，县里召开了现场推进会8次。
"""
# what rules say is right, whatever else
RULES = {"rules": 9.0}
ALL = Policy(thresholds={(kind, action): 0.6 for kind in ("ranked", "ranked.state") for action in ("add", "drop", "rename")})


def names(claims):
    return {claim.fields.name for claim in claims if claim.type == "indicator"}


def slot_at(report, value):
    (found,) = [slot for slot in slots_of(report.layout, report.mentions, report.claims) if slot.span == report.at(value)]
    return found


def proposed(report, **weights):
    return list(ranked_proposals(report.layout, report.mentions, report.claims, Ranker(weights=weights)))


def without(report, *gone):
    """The reading of rules that had missed these names."""
    kept = tuple(c for c in report.claims if c.type != "indicator" or c.fields.name not in gone)
    assert len(kept) == len(report.claims) - len(gone)
    return type(report)(report.layout, report.mentions, kept)


def test_numbers_under_results_are_slots():
    report = toy(REPORT)
    slots = list(slots_of(report.layout, report.mentions, report.claims))
    assert [report.layout.document.text[slice(*slot.span)] for slot in slots] == ["118公里", "3200人", "98%", "8次"]
    assert all(slot.claim is not None for slot in slots)
    assert {slot.claim.fields.name for slot in slots} == names(report.claims)
    assert all(slot.claim.fields.name in [choice.name for choice in slot.choices] for slot in slots)


def test_choices_are_runs_of_words_within_the_clause():
    report = toy(REPORT)
    told = {choice.name: choice for choice in slot_at(report, "98%").choices}
    assert {"工程验收合格率", "合格率"} <= told.keys()
    assert all("," not in name and "推进会" not in name for name in told)
    piece = slot_at(report, "98%").piece
    assert all(piece.text[slice(*choice.piece)] == name for name, choice in told.items() if choice.piece)


def test_traits_hold_no_words_of_the_text():
    report = toy(REPORT)
    slot = slot_at(report, "98%")
    traits = [list(chain(*groups)) for groups in traits_of(slot, Surroundings(report.layout, report.claims))]
    assert len(traits) == len(slot.choices) + 1
    assert not any(word in trait for choice in traits for trait in choice for word in ("工程", "合格", "验收"))
    said = [choice.name == slot.claim.fields.name for choice in slot.choices]
    assert ["rules" in traits[at] for at in range(len(said))] == said


def test_names_of_tables_are_known():
    told = toy(REPORT + "| 三级指标 | 年度指标值 | 实际完成值 |\n|---|---|---|\n| 供水管网长度 | 100公里 | 118公里 |\n")
    around = Surroundings(told.layout, told.claims)
    assert around.like_table("供水管网长度") == 1.0 > around.like_table("供水管网") > 0.5 and around.like_table("会议") == 0.0
    assert alike("管网", "管网") == 1.0 and alike("管网", "会议") == 0.0


def test_what_rules_say_stands():
    report = toy(REPORT)
    assert [one for one in proposed(report, **RULES) if one.action != "rename" and one.probability > 0.5] == []
    assert fused_claims(report.layout, report.mentions, report.claims, learned(), ALL, Ranker(weights=RULES)) \
        == fused_claims(report.layout, report.mentions, report.claims, learned(), NOTHING)


def test_a_name_is_cut():
    report = toy(REPORT)
    slot = slot_at(report, "98%")
    found = proposed(report, **{"cut front": 9.0, "length 1": 9.0, "rate RATE": 9.0})
    (rename,) = [one for one in found if one.old == slot.claim and one.action == "rename"]
    assert rename.new.fields.name == "合格率" and rename.new.fields.actual == "98%" and rename.new.spans["name"] == report.at("合格率")
    assert rename.probability > 0.9 and rename.kind == "ranked" and rename.new.id != slot.claim.id


def test_a_claim_is_dropped():
    report = toy(REPORT)
    found = proposed(report, **{"none: held QUANTITY": 99.0, **RULES})
    gone = {one.old.fields.actual for one in found if one.action == "drop" and one.probability > 0.9}
    assert gone == {"118公里", "3200人", "8次"}


def test_a_missed_value_is_added():
    whole = toy(REPORT)
    name = slot_at(whole, "98%").claim.fields.name
    report = without(whole, name)
    added = [one for one in proposed(report, **{"left": 9.0, "rate RATE": 9.0, "length 5": 9.0}) if one.action == "add"]
    assert [(one.new.fields.name, one.new.fields.actual) for one in added] == [(name, "98%")]
    assert added[0].new.found_by == "model" and added[0].new.fields.level1 == "产出指标"
    assert added[0].new.spans["actual"] == report.at("98%")
    fused = fused_claims(report.layout, report.mentions, report.claims, learned(), ALL, Ranker(weights={
        "left": 9.0, "rate RATE": 9.0, "length 5": 9.0, "rules": 40.0}))
    assert names(fused) == names(whole.claims)


def test_a_ranker_that_may_do_nothing_is_not_asked(monkeypatch):
    report = toy(REPORT)
    monkeypatch.setattr("hedui.neural.fusion.claims.ranked_proposals", lambda *told: pytest.fail("asked"))
    policy = Policy(thresholds={("indicator", "add"): 0.5})
    assert names(fused_claims(report.layout, report.mentions, report.claims, learned(), policy, Ranker(weights=RULES))) == names(report.claims)


def test_of_two_new_indicators_with_one_value_the_surer_stands():
    whole = toy(REPORT)
    name = slot_at(whole, "98%").claim.fields.name
    report = without(whole, name)
    tie = learned(report.tag("验收合格率", "NAME", 0.7), report.tie("actual", "验收合格率", "98%", 0.7))
    both = Policy(thresholds={("indicator", "add"): 0.5, ("ranked", "add"): 0.5})
    weights = {"left": 9.0, "rate RATE": 9.0, "length 5": 9.0, "rules": 40.0}
    told = [fused_claims(report.layout, report.mentions, report.claims, tie, policy, Ranker(weights=weights))
            for policy in (both, Policy(thresholds={("indicator", "add"): 0.5}))]
    assert [names(claims) - names(report.claims) for claims in told] == [{name}, {"验收合格率"}]


def test_funds_and_indicators_are_no_double():
    report = toy(REPORT)
    indicators = [claim for claim in report.claims if claim.type == "indicator"]
    proposals = [Proposal(kind="ranked", action="add", probability=0.9, new=claim) for claim in indicators]
    assert {claim.id for claim in applied((), proposals)} == {claim.id for claim in indicators}


@pytest.mark.parametrize("righter, wronger, used", [(9, 1, True), (8, 1, False), (5, 0, True), (4, 0, False)])
def test_what_matters_must_be_right_nine_times_in_ten(righter, wronger, used):
    def seen(kind):
        return [Observation(kind=kind, action="add", probability=0.8, gained=sign, source=f"{sign}{at // 3}")
                for sign, count in ((1, righter), (-1, wronger), (0, 5)) for at in range(count)]

    assert (("ranked", "add") in choose_policy(seen("ranked")).thresholds) is used
    assert (("indicator", "add") in choose_policy(seen("indicator")).thresholds) is used


def test_kept_and_read_again(tmp_path):
    path = tmp_path / "ranker.json"
    Ranker(weights={"b": 0.25, "a": -1 / 3}).save(path)
    assert load_ranker(path) == Ranker(weights={"a": -0.3333, "b": 0.25})
    first = path.read_bytes()
    Ranker(weights={"a": -1 / 3, "b": 0.25}).save(path)
    assert path.read_bytes() == first
    assert math.isclose(sum(load_ranker(path).chances([[("a",)], [("b",)], []])), 1.0, abs_tol=1e-9)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "hedui-ranker/9", "weights": {}}', '{"schema": "hedui-ranker/1", "weights": 3}',
                                  '{"schema": "hedui-ranker/1", "weights": {"a": "x"}}', '{"schema": "hedui-ranker/1", "weights": {"a": NaN}}'])
def test_no_ranker(tmp_path, text):
    path = tmp_path / "ranker.json"
    path.write_text(text, encoding="utf-8")
    for place in (path, tmp_path / "none.json"):
        with pytest.raises(ReadError) as told:
            load_ranker(place)
        assert "\n" not in str(told.value) and place.name in str(told.value)

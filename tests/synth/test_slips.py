"""Slips: one figure changes, its check becomes a conflict with a note, and what else uses the figure is worked out anew."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from hedui.synth.draw import draw_facts
from hedui.synth.generate import make_report, source_text
from hedui.synth.marked.build import gold_of
from hedui.synth.marked.page import lay_out
from hedui.synth.marked.source import read_source
from hedui.synth.prose.draft import Check, Draft, Stated
from hedui.synth.slips import KINDS, miswritten, plain_to_see, plant, planted, sound

LINE = ("预算{#b|480万元}，支出{#e|458.37万元}，执行率{#r|95.49%}，结转{#o|21.63万元}；另称预算{#b_2|480万元}，"
        "比上年增长{#g|12.5%}，增加{#d|50.93万元}。")


def stated(name, value, surface, kind, of):
    return Stated(name=name, value=Decimal(value), surface=surface, kind=kind, of=of)


def draft(*checks: Check) -> Draft:
    places = [stated("b", 4800000, "480万元", "amount", "budget"), stated("b_2", 4800000, "480万元", "amount", "budget"),
              stated("e", 4583700, "458.37万元", "amount", "executed"), stated("r", "0.9549", "95.49%", "rate", "rate"),
              stated("o", 216300, "21.63万元", "amount", "carried_out"), stated("g", "0.125", "12.5%", "rate", "growth"),
              stated("d", 509300, "50.93万元", "amount", "other")]
    return Draft(elements=("标题", LINE), orgs=(), regions=(), stated={p.name: p for p in places}, indicators=(),
                 funds=("b | budget | 项目资金",), documents=(), scores=(), checks=checks)


RATIO = Check(kind="ratio", left="e / b", stated="r", note="执行率")
ALL = (RATIO, Check(kind="difference", left="b - e", stated="o", note="结转"), Check(kind="restated", left="b", stated="b_2", note="预算"),
       Check(kind="growth", left="d / ( e - d )", stated="g", note="增长"))


def gold(found: Draft) -> dict:
    return gold_of(lay_out(read_source(source_text(found, draw_facts(1), "a.txt", "tabs"))))


@pytest.mark.parametrize("kind", ["ratio", "difference", "restated", "growth"])
@pytest.mark.parametrize("seed", range(5))
def test_a_slip_is_a_conflict_with_a_note(kind, seed):
    found = plant(draft(*ALL), draw_facts(1), random.Random(seed), kind)
    assert found is not None
    checks = gold(found)["checks"]
    wrong = [c for c in checks if c["verdict"] == "conflict"]
    assert kind in {c["kind"] for c in wrong} and any("应为" in c["note"] for c in wrong)
    assert gold(draft(*ALL))["checks"] != checks


def test_what_only_reckons_with_the_figure_is_left_out_and_what_else_tells_it_is_worked_out_anew():
    found = gold(plant(draft(*ALL, Check(kind="sum", left="b - o", stated="e", note="支出")), draw_facts(1), random.Random(1), "sum"))
    verdicts = {c["kind"]: c["verdict"] for c in found["checks"]}
    assert verdicts == {"sum": "conflict"} | {k: v for k, v in verdicts.items() if k in {"restated", "growth"}}
    assert verdicts["restated"] == "consistent" and not {"ratio", "difference"} & verdicts.keys()
    told_twice = Check(kind="sum", left="b - o", stated="e", note="支出"), Check(kind="sum", left="o + e - o", stated="e", note="又")
    both = gold(plant(draft(*told_twice), draw_facts(1), random.Random(1), "sum"))["checks"]
    assert [c["verdict"] for c in both] == ["conflict"] * 2 or "conflict" in {c["verdict"] for c in both}


@pytest.mark.parametrize("check, surface, seen", [
    (RATIO, "95.40%", True), (RATIO, "95.48%", False),  # 458.37 ÷ 480 = 95.494 %, cut off 95.49 %
    (ALL[1], "21.36万元", True), (ALL[1], "21.65万元", False),  # beside 458.37, 480 is 480.00
    (ALL[2], "408万元", True), (ALL[2], "481万元", False),
    (ALL[3], "15.2%", True),
    (Check(kind="ratio", left="e / x", stated="r"), "95.48%", True),  # a place that is not known
])
def test_a_slip_is_beyond_what_the_digits_allow(check, surface, seen):
    assert plain_to_see(draft(*ALL), check, surface) is seen


@pytest.mark.parametrize(("surface", "seen"), [("11500元", False), ("11700元", False), ("16100元", True)])
def test_digits_of_another_unit_make_no_figure_finer(surface, seen):
    places = [stated("b", 13407600, "1340.76万元", "amount", "received"), stated("e", 13396000, "1339.60万元", "amount", "executed"),
              stated("o", 11600, "11600元", "amount", "carried_out")]
    check = Check(kind="difference", left="b - e", stated="o", note="结转")
    assert plain_to_see(replace(draft(check), stated={p.name: p for p in places}), check, surface) is seen


def test_no_slip_is_made_where_another_reckons():
    first = plant(draft(*ALL), draw_facts(1), random.Random(1), "ratio")
    assert plant(first, draw_facts(1), random.Random(1), "ratio") is None
    spent = Check(kind="restated", left="b_2", stated="b", note="预算")
    assert sound(draft(*ALL, spent), "restated") == [ALL[2], spent] and sound(replace(first, checks=(*first.checks, spent)), "restated") == [ALL[2]]


def test_a_share_is_cut_off():
    cut = plant(draft(RATIO), draw_facts(1), random.Random(1), "cut")
    checks = gold(cut)["checks"] if cut else []
    assert cut is None or checks[0]["verdict"] == "rounding"
    exact = Check(kind="ratio", left="e / b", stated="r", note="执行率")
    assert Decimal("4583700") / Decimal("4800000") > Decimal("0.9549") and plant(draft(exact), draw_facts(1), random.Random(1), "cut") is None


def test_a_unit_is_slipped_where_the_same_money_is_told_again():
    found = gold(plant(draft(*ALL), draw_facts(1), random.Random(2), "unit"))
    (wrong,) = [c for c in found["checks"] if c["verdict"] == "conflict"]
    assert wrong["kind"] == "unit" and wrong["computed"] == "480万元" and wrong["stated"]["text"] == "480元"


@pytest.mark.parametrize("surface", ["480万元", "95.49%", "1,234.50万元", "7人", "100%", "10分", "0.5%"])
def test_a_figure_is_mistyped_by_more_than_its_last_digit(surface):
    for seed in range(30):
        told = miswritten(surface, random.Random(seed))
        assert told is not None and told != surface and told[-1] == surface[-1] and len(told) == len(surface)
    assert miswritten("有所提高", random.Random(1)) is None


def test_no_slips_where_none_are_wanted():
    plain = draft(*ALL)
    assert all(planted(plain, draw_facts(1), random.Random(s), 0) == plain for s in range(20))
    assert sum(planted(plain, draw_facts(1), random.Random(s), 0.3) != plain for s in range(200)) in range(30, 90)


def test_every_kind_occurs_in_sixty_reports_and_is_in_the_gold():
    found: Counter[tuple[str, str]] = Counter()
    clean = 0
    for number in range(1, 61):
        checks = json.loads(make_report(7, number, slips=0.9, noise=0).gold)["checks"]
        found += Counter((c["kind"], c["verdict"]) for c in checks if c["note"])
        clean += all(c["verdict"] == "consistent" for c in checks)
    assert {kind for kind, verdict in found if verdict == "conflict"} >= set(KINDS) - {"cut"}
    assert found["ratio", "rounding"] and clean

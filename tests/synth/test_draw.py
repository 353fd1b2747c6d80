"""Facts of made reports: sums close, rates follow, the same seed gives the same facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from hedui.synth.draw import draw_facts
from hedui.synth.draw_money import numbered_apart
from hedui.synth.facts import percent, rate_of, rounded
from hedui.synth.words import rows

SEEDS = range(60)


@pytest.mark.parametrize(("value", "places", "text"), [("95.445", 2, "95.45"), ("100.00", 2, "100"), ("0.5", 0, "1"), ("12.10", 2, "12.1")])
def test_rounded(value: str, places: int, text: str) -> None:
    assert f"{rounded(Decimal(value), places):f}" == text


def test_rate() -> None:
    assert percent(rate_of(Decimal("7000.5"), Decimal(12000))) == "58.34%"
    assert rate_of(Decimal(3), Decimal(0)) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_money_closes(seed: int) -> None:
    money = draw_facts(seed).fund
    assert all(0 < s.executed <= s.received <= s.budget for s in money.sources)
    assert not money.places or sum(p.budget for p in money.places) == money.budget
    assert not money.places or not all(p.executed for p in money.places) or sum(p.executed for p in money.places) == money.executed
    assert not money.uses or sum(u.executed for u in money.uses) == money.executed


@pytest.mark.parametrize("seed", SEEDS)
def test_documents_hand_out_the_central_money(seed: int) -> None:
    facts = draw_facts(seed)
    central = [s.budget for s in facts.fund.sources if s.level == "中央"]
    handed = [p.amount for p in facts.papers if p.role in {"early", "issue"} and p.amount]
    assert sum(handed, Decimal(0)) == sum(central, Decimal(0))
    assert len({p.key for p in facts.papers}) == len(facts.papers)


@pytest.mark.parametrize("seed", SEEDS)
def test_points_close(seed: int) -> None:
    facts = draw_facts(seed)
    assert facts.full == 100
    assert sum(i.weight for i in facts.indicators) == 90
    assert all(i.score == i.weight or (i.missed and i.score < i.weight) for i in facts.indicators)
    assert len({i.name for i in facts.indicators}) == len(facts.indicators)


@pytest.mark.parametrize("seed", SEEDS)
def test_missed_is_missed(seed: int) -> None:
    for i in draw_facts(seed).indicators:
        if i.target is not None and i.actual is not None:
            assert i.missed == (i.actual > i.target if i.op == "≤" else i.actual < i.target)


def test_same_seed_same_facts() -> None:
    assert draw_facts(11) == draw_facts(11)
    assert len({draw_facts(s).title for s in range(80)}) > 70


def test_word_lists() -> None:
    assert len(rows("programmes")) >= 60
    assert len({r[0] for r in rows("programmes")}) >= 15
    assert sum(len(rows(n)) for n in ("things", "rates", "states", "costs")) >= 400
    sectors = {r[0] for r in rows("sectors")}
    for name in ("programmes", "things", "rates", "states", "costs"):
        assert {r[0] for r in rows(name)} <= sectors | {"common"}
        assert all(len(r) == len(rows(name)[0]) for r in rows(name))


def test_no_two_documents_bear_one_number() -> None:
    one = draw_facts(3).papers[0]
    drawn = ("财社〔2021〕5号", "财社[2021]5号", "财社〔2021〕6号", "财社〔2021〕8号")
    found = list(numbered_apart([replace(one, number=number) for number in drawn]))
    assert [paper.number for paper in found] == ["财社〔2021〕5号", "财社[2021]6号", "财社〔2021〕7号", "财社〔2021〕8号"]

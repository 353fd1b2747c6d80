"""Expressions over plain numbers give what they give over intervals of one point, and a slip undone is found."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.reconcile.arithmetic.exact import exactly, words_of
from hedui.reconcile.arithmetic.slips import readings, slipped_one
from hedui.reconcile.formulas.check import Quoted
from hedui.reconcile.formulas.expressions import parse
from hedui.reconcile.formulas.intervals import Interval, Stated

AMOUNTS = st.decimals(min_value=1, max_value=100000, places=2)
SUM = parse("#1 + #2")


@pytest.mark.parametrize("text", ["#1 - #2", "#1 * #2 / 10000", "(#1 - #2) / #2", "#1 + #2 - #3"])
@given(values=st.lists(AMOUNTS, min_size=3, max_size=3))
def test_plain_numbers_lie_in_the_interval(text: str, values: list[Decimal]) -> None:
    expression = parse(text)
    found, interval = exactly(expression, values), expression([Interval(v, v) for v in values])
    assert found is not None and interval is not None
    assert interval.low - Decimal("1e-15") <= found <= interval.high + Decimal("1e-15")


def test_division_by_nought_gives_nothing() -> None:
    assert exactly(parse("#1 / #2"), [Decimal(1), Decimal(0)]) is None


def test_words_have_a_place_for_every_figure() -> None:
    assert words_of(parse("(#1 + #2) / #3 * 100")) == "({0} + {1}) ÷ {2} × 100"


@given(a=AMOUNTS, b=AMOUNTS)
def test_two_digits_exchanged_are_a_slip(a: Decimal, b: Decimal) -> None:
    whole = f"{a + b:.2f}"
    i = next((i for i, (x, y) in enumerate(pairwise(whole)) if x != y and "." not in (x, y)), None)
    if i is None:
        return
    wrong = whole[:i] + whole[i + 1] + whole[i] + whole[i + 2:]
    assert slipped_one(SUM, [quoted(f"{a:.2f}"), quoted(f"{b:.2f}")], quoted(wrong))


def test_far_figures_are_no_slip() -> None:
    assert not slipped_one(SUM, [quoted("120.50"), quoted("31.25")], quoted("987.66"))


def test_short_numbers_have_no_readings() -> None:
    assert list(readings("12")) == []
    assert Decimal("96.16") in set(readings("96.61"))


def quoted(number: str) -> Quoted:
    return Quoted(span=(0, len(number)), text=number, stated=Stated(Decimal(number), Decimal("0.01")), number=number)

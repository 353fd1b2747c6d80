"""The laws of intervals: arithmetic keeps what lies inside, readings hold what was written, verdicts follow the digits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.reconcile.formulas.intervals import (
    Interval,
    Stated,
    compute,
    cut_off,
    difference,
    judge,
    quotient,
    times,
    total,
)

NUMBERS = st.decimals(min_value=Decimal(-10**6), max_value=Decimal(10**6), places=3)
AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**6), places=2)
CENT = Decimal("0.01")


@st.composite
def held(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a number in it."""
    a, b, c = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    return Interval(a, c), b


@given(st.lists(held(), min_size=1, max_size=5))
def test_results_hold_the_result_of_what_the_operands_hold(pairs: list[tuple[Interval, Decimal]]) -> None:
    intervals, numbers = [i for i, _ in pairs], [n for _, n in pairs]
    assert sum(numbers, Decimal(0)) in total(intervals)
    assert numbers[0] - sum(numbers[1:], Decimal(0)) in difference(intervals)


@given(held(), held())
def test_products_and_quotients_hold_theirs(a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]) -> None:
    assert a[1] * b[1] in times([a[0], b[0]])
    share = quotient([a[0], b[0]])
    if share is not None:
        assert share.low <= a[1] / b[1] <= share.high
    else:
        assert b[0].low <= 0 <= b[0].high


@given(held(), held())
def test_meeting_is_mutual_and_means_a_common_number(a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]) -> None:
    assert a[0].meets(b[0]) == b[0].meets(a[0])
    if a[1] in b[0]:
        assert a[0].meets(b[0])


@given(NUMBERS)
def test_both_readings_hold_what_was_written(number: Decimal) -> None:
    rounded = Stated(number.quantize(CENT, ROUND_HALF_UP), CENT)
    assert number in rounded.rounded
    cut = Stated(number.quantize(CENT, ROUND_DOWN), CENT)
    assert number in cut.truncated


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_a_sum_of_figures_as_they_stand_is_consistent(amounts: list[Decimal]) -> None:
    outcome = compute(total, [Stated(a, CENT) for a in amounts])
    assert outcome is not None
    assert judge(Stated(sum(amounts, Decimal(0)), CENT), outcome) == "consistent"
    assert judge(Stated(sum(amounts, Decimal(0)) + len(amounts) + 1, CENT), outcome) == "conflict"


@given(AMOUNTS, AMOUNTS)
def test_a_rate_rounded_or_cut_off_is_no_conflict(top: Decimal, bottom: Decimal) -> None:
    outcome = compute(quotient, [Stated(top, CENT), Stated(bottom, CENT)])
    if outcome is None:
        return
    step = Decimal("0.0001")
    assert judge(Stated(outcome.point.quantize(step, ROUND_HALF_UP), step), outcome) == "consistent"
    assert judge(Stated(outcome.point.quantize(step, ROUND_DOWN), step), outcome) != "conflict"


@pytest.mark.parametrize(("stated", "step", "top", "bottom", "verdict", "cut"), [
    ("0.1834", "0.0001", "1885.4", "10277", "rounding", True),
    ("0.1835", "0.0001", "1885.4", "10277", "consistent", False),
    ("0.1833", "0.0001", "1885.4", "10277", "conflict", False),
    ("0.95", "0.01", "19", "20", "consistent", False),
    ("0.96", "0.01", "19", "20", "conflict", False),
])
def test_verdicts(stated: str, step: str, top: str, bottom: str, verdict: str, cut: bool) -> None:
    outcome = compute(quotient, [Stated(Decimal(top)), Stated(Decimal(bottom))])
    assert outcome is not None
    figure = Stated(Decimal(stated), Decimal(step))
    assert judge(figure, outcome) == verdict
    assert cut_off(figure, outcome) == cut


def test_open_ends_do_not_meet() -> None:
    below, above = Stated(Decimal("1.0"), Decimal("0.1")).truncated, Stated(Decimal("1.1"), Decimal("0.1")).truncated
    assert not below.meets(above)
    assert Stated(Decimal("1.0"), Decimal("0.1")).rounded.meets(Stated(Decimal("1.1"), Decimal("0.1")).rounded)


def test_nought_divides_nothing() -> None:
    assert compute(quotient, [Stated(Decimal(3)), Stated(Decimal(0))]) is None


def test_what_is_told_exactly_is_not_worked_out_as_intervals() -> None:
    asked: list[Sequence[Interval]] = []

    def sum_of(figures: Sequence[Interval]) -> Interval:
        asked.append(figures)
        return total(figures)

    parts = [Stated(Decimal("1.5"), Decimal("0.1")), Stated(Decimal("2.25"), CENT)]
    outcome = compute(sum_of, parts)
    assert outcome is not None and judge(Stated(Decimal("3.75"), CENT), outcome) == "consistent" and len(asked) == 1
    assert outcome.rounded == total([p.rounded for p in parts]) and outcome.truncated == total([p.truncated for p in parts])
    assert outcome.times(Decimal(10)).point == Decimal("37.5") and outcome.times(Decimal(10)).rounded.low == outcome.rounded.low * 10

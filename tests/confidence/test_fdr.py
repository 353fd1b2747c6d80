"""What a report may show at a rate of false discoveries: the surest conflicts, and no more than the rate bears."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.confidence import within_fdr
from hedui.findings import Check, Quote


def check(number: int, confidence: float, verdict: str = "conflict") -> Check:
    quote = Quote(span=(number, number + 1), text="1")
    return Check(id=f"k-{number}", kind="sum", inputs=(quote,), stated=quote, computed="2", verdict=verdict, tier="numeric", note="",
                 confidence=confidence, low=Decimal(2), high=Decimal(2))


def checks(*confidences: float) -> list[Check]:
    return [check(i, confidence) for i, confidence in enumerate(confidences)]


@pytest.mark.parametrize("confidences, rate, shown", [
    ((0.99, 0.97, 0.90), 0.05, [0, 1, 2]),  # .01 .03 .10: mean .047
    ((0.99, 0.97, 0.80), 0.05, [0, 1]),
    ((0.80, 0.99, 0.97), 0.05, [1, 2]),  # in the order given
    ((0.90,), 0.05, []),
    ((0.90,), 0.10, [0]),
    ((0.98, 0.94, 0.94, 0.94), 0.05, [0, 1, 2, 3]),  # .02 .06 .06 .06: mean .05
    ((0.98, 0.90, 0.90), 0.06, [0]),  # equal ones together: .02 .10 .10
    ((0.99, 1.0), 0.0, [1]),
    ((), 0.05, []),
])
def test_the_surest_are_shown(confidences, rate, shown):
    assert [c.id for c in within_fdr(checks(*confidences), rate)] == [f"k-{i}" for i in shown]


def test_what_holds_is_no_discovery():
    assert within_fdr([check(1, 1.0, "consistent"), check(2, 1.0, "rounding"), check(3, 1.0)], 0.05) == (check(3, 1.0),)


@pytest.mark.parametrize("rate", [-0.1, 1.1])
def test_a_rate_is_a_share(rate):
    with pytest.raises(ValueError, match="between 0 and 1"):
        within_fdr([], rate)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=20), st.floats(0, 1), st.floats(0, 1))
def test_the_mean_doubt_stays_under_the_rate_and_shown_grows_with_it(confidences, one, other):
    low, high = sorted((one, other))
    few, many = within_fdr(checks(*confidences), low), within_fdr(checks(*confidences), high)
    assert set(c.id for c in few) <= set(c.id for c in many)
    assert sum(1 - c.confidence for c in few) <= low * len(few) + 1e-9

"""Bounds in floats hold what exact arithmetic gives, however the figures are written."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hedui.reconcile.formulas.enclosures import apart, bounds_of, enclosure
from hedui.reconcile.formulas.expressions import parse
from hedui.reconcile.formulas.intervals import Stated, compute, judge

FORMULAS = tuple(map(parse, ("#1", "#1 + #2 + #3", "#1 - #2 - #3", "#1 * #2", "#1 / #2", "(#1 - #2) / #2", "#1 * #2 / 12", "count(#1, #2)")))
FIGURES = st.builds(lambda number, places: Stated(Decimal(number).scaleb(-places), Decimal(1).scaleb(-places)),
                    st.integers(-10**15, 10**15), st.integers(0, 6))


@given(st.sampled_from(FORMULAS), st.lists(FIGURES, min_size=3, max_size=3), FIGURES)
def test_what_is_surely_apart_is_a_conflict(formula, figures, stated):
    outcome = compute(formula, figures)
    found = enclosure(formula, [bounds_of(f) for f in figures])
    if found is None or outcome is None:
        return
    for interval in (outcome.rounded, outcome.truncated):
        assert found[0] <= interval.low and interval.high <= found[1]
    if apart(found, bounds_of(stated)):
        assert judge(stated, outcome) == "conflict"


@given(st.sampled_from(FORMULAS[:5]), st.lists(FIGURES, min_size=3, max_size=3))
def test_what_comes_out_is_never_apart(formula, figures):
    outcome = compute(formula, figures)
    found = enclosure(formula, [bounds_of(f) for f in figures])
    if found is not None and outcome is not None:
        assert not apart(found, (float(outcome.point), float(outcome.point)))

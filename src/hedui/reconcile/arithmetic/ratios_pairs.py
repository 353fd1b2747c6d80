"""Two figures and a rate -> whether the one over the other gives it, and the check of it."""

from __future__ import annotations

from collections.abc import Iterable

from hedui.document import Layout
from hedui.findings import Check, Verdict
from hedui.reconcile.arithmetic.figures import Figure, alike, settled_sides
from hedui.reconcile.arithmetic.ratios_find import planned, same_scope, spent
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.intervals import Outcome, compute, judge, quotient

__all__ = ["Found", "Pair", "best", "judged", "told", "told_by"]

Pair = tuple[Figure, Figure]
Found = tuple[Check, Pair] | None


def judged(top: Figure, bottom: Figure, rate: Figure) -> tuple[Verdict, Outcome] | None:
    if not alike(top, bottom) or not bottom.value or top is bottom:
        return None
    outcome = compute(quotient, settled_sides([top, bottom]))
    return None if outcome is None else (judge(rate.stated, outcome), outcome)


def told(layout: Layout, top: Figure, bottom: Figure, rate: Figure) -> Found:
    """The check that `rate` is `top` over `bottom`, whatever its verdict."""
    found = judged(top, bottom, rate)
    if found is None:
        return None
    return check_of(layout, "ratio", [top, bottom], rate, found[1], found[0], "{} ÷ {}"), (top, bottom)


def best(pairs: Iterable[Pair], rate: Figure) -> Pair | None:
    """The first pair that gives the rate; failing that, the first that gives it but for rounding."""
    second = None
    for top, bottom in pairs:
        found = judged(top, bottom, rate)
        if found is not None and found[0] == "consistent":
            return top, bottom
        if found is not None and found[0] == "rounding" and second is None and (
                top.passage == bottom.passage or same_scope(top, bottom) or (spent(top) and planned(bottom))):
            second = (top, bottom)
    return second


def told_by(layout: Layout, pair: Pair | None, rate: Figure) -> Found:
    return None if pair is None else told(layout, *pair, rate)

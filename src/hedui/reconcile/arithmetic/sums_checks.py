"""A list of parts and its total -> the check that it comes to it, or that one of its figures is written in the wrong unit."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, settled
from hedui.reconcile.arithmetic.sums import Listing, certain, outcome_of
from hedui.reconcile.arithmetic.sums_words import unit_slip
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.intervals import compute, difference

__all__ = ["slip_check", "sum_check"]


def sum_check(layout: Layout, listing: Listing) -> Check | None:
    """The check of one list, None where nothing can be said of it."""
    whole, parts = listing.total, listing.parts
    if listing.verdict in {None, "conflict"} and parts[0].label == "AMOUNT":
        slipped = unit_slip(whole, parts)
        if slipped is not None:
            return slip_check(layout, whole, parts, slipped)
    if listing.verdict is None and not certain(listing):
        return None
    filled = [p for p in parts if p.value] or list(parts)
    left_out = len(filled) < len(parts) and (len(filled) > 1 or len(parts) > 4) and len(parts) - len(filled) > 2
    quoted = filled if left_out else parts
    outcome = outcome_of(parts)
    return check_of(layout, "sum", quoted, whole, outcome, listing.verdict or "conflict", " + ".join("{}" for _ in quoted),
                    remark="其余各项为 0" if left_out else "")


def slip_check(layout: Layout, whole: Figure, parts: Sequence[Figure], slipped: Figure) -> Check:
    """One figure of a list is written in 元 for 万元 or the other way round."""
    others = [p for p in parts if p is not slipped]
    remark = f"单位有误，应为{slipped.number}{others[0].suffix}"
    if slipped is whole:
        return check_of(layout, "unit", parts, whole, outcome_of(parts), "conflict", " + ".join("{}" for _ in parts),
                        remark=remark)
    outcome = compute(difference, settled([whole, *others]))
    assert outcome is not None
    return check_of(layout, "unit", [whole, *others], slipped, outcome, "conflict", " − ".join("{}" for _ in (whole, *others)),
                    remark=remark)

"""Indicators that tell target, result and rate of completion -> whether the rate comes out of the other two.

Reports cap rates, or count them otherwise, by right: only a rate that a slip of the pen explains is a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Indicator
from hedui.reconcile.arithmetic.patterns import NUMERAL
from hedui.reconcile.arithmetic.sums_words import mistyped
from hedui.reconcile.formulas.check import Quoted, check_of
from hedui.reconcile.formulas.intervals import Stated, compute, judge, quotient
from hedui.reconcile.phrases import numeric
from hedui.view import view

__all__ = ["completion_rate_checks"]

UPPER = frozenset({"<=", "<"})


def completion_rate_checks(layout: Layout, claims: Sequence[Claim], taken: Collection[Span]) -> Iterator[Check]:
    """One check for every rate of completion that is not among those already `taken`."""
    for claim in claims:
        said = claim.fields
        if not isinstance(said, Indicator) or not {"target", "actual", "completion"} <= claim.spans.keys():
            continue
        target, actual, rate = (field_figure(layout, claim, name) for name in ("target", "actual", "completion"))
        bound = numeric(said.target or "")
        if target is None or actual is None or rate is None or rate.span in taken or bound is None or bound.op in UPPER:
            continue
        if not target.stated.value or rate.suffix != "%" or (target.suffix and actual.suffix and target.suffix != actual.suffix):
            continue
        outcome = compute(quotient, [Stated(actual.stated.value), Stated(target.stated.value)])
        if outcome is None:
            continue
        verdict = judge(rate.stated, outcome)
        last = Decimal(1).scaleb(-len(rate.number.partition(".")[2])) * rate.scale
        if verdict != "conflict" or (rate.stated.value != 1 and mistyped(rate, outcome.point.quantize(last, ROUND_HALF_UP) - rate.stated.value)):
            yield check_of(layout, "ratio", [actual, target], rate, outcome, verdict, "{} ÷ {}")


def field_figure(layout: Layout, claim: Claim, field: str) -> Quoted | None:
    """The figure in a field of a claim as an operand, without the sign of its bound."""
    seen = view(layout.document.text, claim.spans[field])
    value, found = numeric(seen.text), NUMERAL.search(seen.text)
    if value is None or found is None or NUMERAL.search(seen.text, found.end()) or not Decimal(found[0].replace(",", "")):
        return None
    number, worth = found[0].replace(",", ""), Decimal(str(value.value))
    suffix = re.match(r"[^,;。、()]*", seen.text[found.end():])
    end = found.end() + (len(suffix[0]) if suffix else 0)
    span = seen.span(found.start(), end)
    scale = worth / Decimal(number)
    return Quoted(span=span, text=layout.document.text[slice(*span)], number=number, scale=scale, suffix=suffix[0].strip() if suffix else "",
                  stated=Stated(worth, Decimal(1).scaleb(-len(number.partition(".")[2])) * abs(scale)))

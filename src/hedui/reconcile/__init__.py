"""Layout, mentions and claims -> checks of every figure and name that the document lets a reader verify, and records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from hedui.document import Layout, Span
from hedui.findings import RECKONED, TOLD_AGAIN, Check, Claim, Mention, Record
from hedui.reconcile.agreement.checks import agreement_checks
from hedui.reconcile.agreement.told import MISWRITTEN, TURNED
from hedui.reconcile.arithmetic.checks import arithmetic_checks
from hedui.reconcile.chance.borne import SELDOM, without_borne_out
from hedui.reconcile.chance.odds import with_chances
from hedui.reconcile.records import records_of
from hedui.reconcile.repairs.propose import repairs_of
from hedui.reconcile.sense.remarks import remarks_on

__all__ = ["reconcile", "remarks_on", "repairs_of"]

SLIPS = (MISWRITTEN, TURNED)


def reconcile(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[tuple[Check, ...], tuple[Record, ...]]:
    """All checks in the order of what they are stated of, each relation once, and the records they bear on."""
    found = (*arithmetic_checks(layout, mentions, claims), *agreement_checks(layout, mentions, claims))
    checks = distinct(without_borne_out(with_chances(mentions, found), SLIPS))
    return checks, records_of(claims, checks)


def distinct(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks without those that hold the same quotes together again, and without conflicts of one kind over one
    figure that say less than another."""
    seen: dict[tuple[object, ...], Check] = {}
    for check in checks:
        quotes = frozenset((*(q.span for q in check.inputs), check.stated.span))
        seen.setdefault((check.verdict, check.tier, quotes), check)
    told = units_joined(seen.values())
    fullest: dict[tuple[object, ...], Check] = {}
    for check in told:
        key = (check.kind, check.stated.span)
        if check.verdict == "conflict" and (key not in fullest or len(check.inputs) > len(fullest[key].inputs)):
            fullest[key] = check
    slips = {c.stated.span for c in fullest.values() if c.kind == "unit"}
    firm = borne_out(told)
    wrong = {c.stated.span for c in fullest.values()
             if c.kind in RECKONED or (c.kind in TOLD_AGAIN and c.tier == "numeric" and c.stated.span not in firm)}
    summed = {c.stated.span for c in fullest.values() if c.kind in RECKONED}
    kept = [c for c in told if c.verdict != "conflict"
            or not (covered(c, fullest[(c.kind, c.stated.span)]) or follows(c, slips) or reckons(c, summed if c.kind == "sum" else wrong))]
    return tuple(sorted(kept, key=lambda c: (c.stated.span, c.id)))


def borne_out(checks: Iterable[Check]) -> frozenset[Span]:
    """The figures that sums, rates and differences which hold, and seldom would by chance, reckon with or come to: told otherwise
    elsewhere, it is the other telling that is wrong."""
    return frozenset(q.span for c in checks if c.kind in RECKONED and c.verdict != "conflict" and (c.chance or 1.0) <= SELDOM
                     for q in (*c.inputs, c.stated))


def units_joined(checks: Iterable[Check]) -> list[Check]:
    """The checks, those of one slip of unit as one: the figures that it does not go with, and where the text has it right."""
    told: list[Check] = []
    slips: dict[Span, int] = {}
    for check in checks:
        at = slips.get(check.stated.span) if check.kind == "unit" and check.verdict == "conflict" else None
        if at is None:
            if check.kind == "unit" and check.verdict == "conflict":
                slips[check.stated.span] = len(told)
            told.append(check)
            continue
        first, other = sorted((told[at], check), key=lambda c: -len(c.inputs))
        known = {q.span for q in first.inputs}
        more = tuple(q for q in other.inputs if q.span not in known) if len(other.inputs) == 1 else ()
        told[at] = replace(first, inputs=(*first.inputs, *more), claims=tuple(dict.fromkeys((*first.claims, *other.claims))))
    return told


def follows(check: Check, slips: Collection[Span]) -> bool:
    """Whether a conflict only carries on a slip of unit that is told already: a share of an amount in 元 for 万元."""
    return check.kind in RECKONED and any(q.span in slips for q in (*check.inputs, check.stated))


def reckons(check: Check, wrong: Collection[Span]) -> bool:
    """Whether a conflict of arithmetic, a missed target, or one over a likely slip of the pen only reckons with a figure
    that another conflict has shown to be wrong: the rate over a total that is not the sum of its parts."""
    derived = check.kind in {*RECKONED, "target"} or (check.kind == "restated" and check.note.endswith(SLIPS))
    return derived and any(q.span in wrong for q in check.inputs)


def covered(check: Check, fuller: Check) -> bool:
    """Whether `fuller` says all that `check` does; of two conflicts over one unit the fuller stands."""
    return check is not fuller and (check.kind == "unit" or {q.span for q in check.inputs} <= {q.span for q in fuller.inputs})

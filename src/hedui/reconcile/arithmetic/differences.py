"""Passages -> what is left of one figure after another (尚余, 未完工33个, 净增6支), and rates that are so many points apart.

The words must tell a difference and two figures near it must give it; what they do not give may be of other figures, and
is left alone, but for points between the only two rates of a sentence that a slip of the pen explains.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.differences_patterns import (
    AGAINST,
    COMPARED,
    GAP_AFTER,
    GAP_BEFORE,
    LIMIT_TOLD,
    NOT_DONE,
    POINTS_APART,
)
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, settled, start_of
from hedui.reconcile.arithmetic.ratios_find import same_scope
from hedui.reconcile.arithmetic.sums import Listing
from hedui.reconcile.arithmetic.sums_words import mistyped
from hedui.reconcile.arithmetic.tables_goals import Goal, goals_of
from hedui.reconcile.formulas.check import Operand, check_of
from hedui.reconcile.formulas.intervals import Stated, compute, difference, judge

__all__ = ["gap_checks", "is_gap", "point_checks"]

BACK, RATES, POINTED = 60, 4, 3
# how many digits say that two figures do not fit by chance: side by side, of the paragraph, one of it, two told before
BESIDE, OWN, MIXED, FAR = 1, 2, 3, 4
NEAR = 2
# 计划90台，实换93台，超出|3台: how far beyond, no bound
BEYOND = {">", "<"}


def gap_checks(layout: Layout, passages: Sequence[Passage], listings: Sequence[Listing] = ()) -> Iterator[Check]:
    """One check for every figure that words call a difference, or that is a part of one in `listings`, and that two figures near
    it give."""
    parts = {p.span for one in listings if one.verdict and is_gap(one.total) for p in one.parts}
    goals = goals_of(layout)
    told: list[Figure] = []
    for passage in passages:
        if told and told[-1].part != passage.part:
            told = []
        own = operands_of(passage)
        for gap in (*passage.figures, *(f for f in passage.bounds if f.op in BEYOND)):
            if gap.label == "RATE" or not gap.value or "/" in gap.unit or not (gap.span in parts or is_gap(gap) or limited(gap, own)):
                continue
            like = [f for f in own if alike(f, gap) and f is not gap]
            pair = pair_of(gap, like, [f for f in told[-BACK:] if alike(f, gap)])
            if pair is not None:
                yield apart_check(layout, pair, settled(pair), gap)
            elif (reached := off_target(gap, like, goals.get(passage.part, []))) is not None:
                yield apart_check(layout, reached, [f.stated for f in reached], gap)
        told += own


def apart_check(layout: Layout, pair: Sequence[Operand], stated: Sequence[Stated], gap: Operand) -> Check:
    outcome = compute(difference, stated)
    assert outcome is not None
    return check_of(layout, "difference", pair, gap, outcome, judge(gap.stated, outcome), "{} − {}")


def off_target(gap: Figure, told: Sequence[Figure], goals: Sequence[Goal]) -> list[Operand] | None:
    """A result told just before `gap` and the target of its row in a table, where they are so far apart."""
    for figure in sorted((f for f in told if f.start < gap.start and gap.sentence - f.sentence < NEAR), key=lambda f: -f.start)[:POINTED]:
        for goal in goals:
            if goal.actual.stated.value == figure.value and abs(figure.value - goal.target.stated.value) == gap.value:
                sides: list[Operand] = [figure, goal.target]
                return sorted(sides, key=lambda f: -f.stated.value)
    return None


def operands_of(passage: Passage) -> list[Figure]:
    return sorted((f for f in (*passage.figures, *passage.bounds) if f.label != "RATE" and f.value and "/" not in f.unit), key=start_of)


def is_gap(figure: Figure) -> bool:
    """Whether words beside a figure call it a difference."""
    return any(cue.search(figure.before) for cue in (GAP_BEFORE, COMPARED, NOT_DONE)) or bool(GAP_AFTER.search(figure.after))


def limited(gap: Figure, own: Sequence[Figure]) -> bool:
    """`超过19000套的目标1145套`, `较目标50项少4项`: the figure before `gap` is what it is compared with."""
    at = bisect_left(own, gap.start, key=start_of)
    return at > 0 and bool(LIMIT_TOLD.match(gap.before) and (COMPARED.search(own[at - 1].before) or AGAINST.search(own[at - 1].before[-8:])))


def digits(figure: Figure) -> int:
    """How many digits of a figure tell something: noughts at its end do not, but for the first (160, 496.00)."""
    whole, _, decimals = figure.number.partition(".")
    said = (whole + decimals.rstrip("0")).lstrip("0")
    return max(len(said.rstrip("0")), min(len(said), len(said.rstrip("0")) + 1))


def pair_of(gap: Figure, own: Sequence[Figure], told: Sequence[Figure]) -> list[Figure] | None:
    """The nearest two figures that are `gap` apart: of its paragraph, one of it and one told before, or, for long numbers, two told
    before."""
    near = sorted((f for f in own if abs(gap.sentence - f.sentence) < NEAR and f.start < gap.start), key=lambda f: -f.start)
    wide = sorted((f for f in own if f.sentence <= gap.sentence or f.start < gap.start), key=lambda f: abs(f.start - gap.start))
    before = list(reversed(told))
    named = [f for f in before if same_scope(f, gap)]
    for firsts, seconds, enough in ((near, near, BESIDE), (near, wide, OWN), (wide, wide, OWN), (near, named, OWN), (near, before, MIXED),
                                    (named, [*wide, *named], MIXED), (wide, before, MIXED), (before, before, FAR)):
        if digits(gap) >= enough and (pair := apart(gap, firsts, seconds)) is not None:
            return pair
    return None


def apart(gap: Figure, firsts: Sequence[Figure], seconds: Sequence[Figure]) -> list[Figure] | None:
    by_value: dict[Decimal, Figure] = {}
    for figure in seconds:
        by_value.setdefault(figure.value, figure)
    for first in firsts:
        for value in (first.value + gap.value, first.value - gap.value):
            second = by_value.get(value)
            if second is not None and second is not first:
                return sorted((first, second), key=lambda f: -f.value)
    return None


def point_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`满意度90.4%，比目标值85%高5.4个百分点`."""
    goals = goals_of(layout)
    told: list[Figure] = []
    for passage in passages:
        if told and told[-1].part != passage.part:
            told = []
        own = [f for f in (*passage.figures, *passage.bounds) if f.label == "RATE"]
        for gap in passage.points:
            if not (POINTS_APART.search(gap.before) or LIMIT_TOLD.match(gap.before)):
                continue
            check = points_apart(layout, gap, sorted((f for f in own if f.start < gap.start), key=lambda f: -f.start), told[-BACK:])
            if check is None and (reached := off_target(gap, own, goals.get(passage.part, []))) is not None:
                check = apart_check(layout, reached, [Stated(f.stated.value) for f in reached], gap)
            if check is not None:
                yield check
        told += own


def points_apart(layout: Layout, gap: Figure, before: Sequence[Figure], told: Sequence[Figure]) -> Check | None:
    rates = [f for f in before if f.sentence == gap.sentence][:RATES]
    above = [f for f in before if gap.sentence - f.sentence == 1][:RATES - 2] if len(rates) < 2 else []
    pairs = [sorted(pair, key=lambda f: -f.value) for pair in combinations((*rates, *above), 2)]
    fitting = next((p for p in pairs if p[0].value - p[1].value == gap.value), None)
    if fitting is None and rates:
        fitting = apart(gap, rates[:1], [f for f in reversed(told) if shares_name(f, rates[0]) or digits(gap) >= POINTED])
    pair = fitting or (pairs[0] if len(rates) == 2 and AGAINST.search(gap.before + rates[0].before) else None)
    if pair is None:
        return None
    check = apart_check(layout, pair, [Stated(f.value) for f in pair], gap)
    return check if check.verdict != "conflict" or mistyped(gap, pair[0].value - pair[1].value - gap.value) else None


def shares_name(a: Figure, b: Figure) -> bool:
    """Whether two rates are called alike by three characters in a row: 政策知晓率 and 资助政策知晓率."""
    name = b.name
    return any(name[i:i + 3] in a.before for i in range(len(name) - 2))

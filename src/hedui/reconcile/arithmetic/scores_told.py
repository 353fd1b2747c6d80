"""Passages -> the points of the parts of an assessment as prose tells them (决策20分得18.5分，过程20分得16.8分…), and their sums.

Parts are taken as all there are where their full points come to a hundred: then their scores must come to the total score, and
one that they do not come to is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import FULL, SCORED, WHOLE_SCORE
from hedui.reconcile.arithmetic.scores_patterns import FULL_BEHIND, LOST, SCORE_BEHIND, TOTAL_SCORE
from hedui.reconcile.arithmetic.slips import slipped_one
from hedui.reconcile.formulas.check import Operand, check_of
from hedui.reconcile.formulas.expressions import expression_of
from hedui.reconcile.formulas.intervals import Stated, compute, judge, total

__all__ = ["Part", "hundreds_of", "parts_of", "score_sums", "summed"]

HUNDRED, MOST, FEW, REACH, AROUND = Decimal(100), 12, 3, 14, 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of an assessment: its full points and its score, one figure where it scored all of them, and its name."""

    full: Figure
    score: Figure
    name: str


def span_of(figure: Figure) -> Span:
    return figure.span


def is_points(figure: Figure) -> bool:
    return figure.unit == "分" and figure.label == "QUANTITY"


def called(figure: Figure) -> str:
    """The clause before a figure, also where the figure opens a bracket: 决策(|15分."""
    return re.split(r"[,;:、。]", figure.before.rstrip("( "))[-1]


def parts_of(passage: Passage) -> list[Part]:
    """The parts that one passage tells, in order; points told alone (not lost ones) are full and score at once."""
    points = [f for f in passage.figures if is_points(f) and not LOST.search(f.before)]
    found: list[Part] = []
    at = 0
    while at < len(points):
        one, other = points[at], points[at + 1] if at + 1 < len(points) else None
        at += 1
        if other is None or other.sentence != one.sentence or not one.value:
            found.append(Part(full=one, score=one, name=called(one)))
        elif (other.value <= one.value or above_full(one, other)) and len(other.before) <= REACH and SCORE_BEHIND.fullmatch(other.before) and (
                other.before.strip(",、:") or FULL.search(one.before)):
            found.append(Part(full=one, score=other, name=called(one)))
            at += 1
        elif one.value <= other.value and FULL_BEHIND.fullmatch(other.before):
            found.append(Part(full=other, score=one, name=called(one)))
            at += 1
        else:
            found.append(Part(full=one, score=one, name=called(one)))
    return found


def above_full(full: Figure, score: Figure) -> bool:
    """Whether more points than there were are said to be got, by words that leave no doubt which is which: 满分30分、得分38分, （10分）得19分."""
    return score.value < HUNDRED > full.value and bool(SCORED.search(score.before)) and (
        score.before.startswith(")") or bool(FULL.search(full.before)) or not SCORED.search(full.before))


def hundreds_of(passages: Sequence[Passage]) -> Iterator[list[Part]]:
    """Parts that follow each other and whose full points come to a hundred: those of one passage, or one told in each of several.
    Two of them at least tell both their points."""
    across: list[Part] = []
    for passage in passages:
        if across and across[0].full.part != passage.part:
            across = []
        parts = [p for p in parts_of(passage) if p.full.value < HUNDRED]
        if (own := hundred(parts)) is not None:
            yield own
            continue
        told = [p for p in parts if p.full is not p.score]
        across = [*across, told[0]][-MOST:] if len(told) == 1 else across
        if told and (joined := hundred(across)) is not None:
            yield joined
            across = []


def hundred(parts: Sequence[Part]) -> list[Part] | None:
    for size in range(min(MOST, len(parts)), FEW - 1, -1):
        for start in range(len(parts) - size + 1):
            run = list(parts[start:start + size])
            if sum((p.full.value for p in run), Decimal(0)) == HUNDRED and sum(p.full is not p.score for p in run) > 1:
                return run
    return None


def summed(layout: Layout, parts: Sequence[Operand], whole: Operand, remark: str = "") -> Check:
    """The check that points come to `whole`, whatever its verdict."""
    outcome = compute(total, [Stated(p.stated.value) for p in parts])
    assert outcome is not None
    return check_of(layout, "sum", parts, whole, outcome, judge(Stated(whole.stated.value), outcome), " + ".join("{}" for _ in parts), remark=remark)


def score_sums(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """Full points against the hundred that is told, scores against the total score told nearest."""
    points: dict[int, list[Figure]] = {}
    for passage in passages:
        points.setdefault(passage.part, []).extend(f for f in passage.figures if is_points(f) and not LOST.search(f.before))
    for passage in passages:
        yield from told_beside(layout, parts_of(passage))
    for parts in hundreds_of(passages):
        own = {f.span for p in parts for f in (p.full, p.score)}
        told = points[parts[0].full.part]
        at = bisect_left(told, parts[0].full.span, key=span_of)
        near = [f for f in told[max(0, at - AROUND):at + AROUND] if f.span not in own]
        rest = sorted(near, key=lambda f: abs(f.span[0] - parts[0].full.span[0]))
        hundreds = [f for f in rest if f.value == HUNDRED]
        if hundreds:
            yield summed(layout, [p.full for p in parts], hundreds[0], "分值合计")
        yield from score_totals(layout, parts, rest)


def told_beside(layout: Layout, parts: Sequence[Part]) -> Iterator[Check]:
    """`自评得分94.31分，由预算执行9.31分、产出47.50分、效益28分和满意度9.50分组成`: the scores that follow a total score in its sentence."""
    for n, whole in enumerate(parts):
        behind = [p.score for p in parts[n + 1:n + 1 + MOST] if p.full.sentence == whole.score.sentence]
        if len(behind) >= FEW and TOTAL_SCORE.search(whole.score.before) and sum((s.value for s in behind), Decimal(0)) == whole.score.value:
            yield summed(layout, behind, whole.score, "得分合计")


def score_totals(layout: Layout, parts: Sequence[Part], rest: Sequence[Figure]) -> Iterator[Check]:
    scores = [p.score for p in parts]
    added = sum((s.value for s in scores), Decimal(0))
    exact = [f for f in rest if f.value == added and (added != HUNDRED or SCORED.search(f.before))]
    if exact:
        yield summed(layout, scores, exact[0], "得分合计")
        return
    formula = expression_of(total, len(scores))
    named = [f for f in rest if WHOLE_SCORE.search(f.before) or (f.passage == scores[0].passage and TOTAL_SCORE.search(f.before))]
    for whole in (f for f in named if max(s.value for s in scores) < f.value != HUNDRED):
        if formula is not None and slipped_one(formula, scores, whole):
            yield summed(layout, scores, whole, "得分合计")

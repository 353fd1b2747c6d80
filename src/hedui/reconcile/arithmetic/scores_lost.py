"""Passages -> points lost (过程类扣3.20分, 失分共0.19分) against the full points and scores told of the same parts, against the total
score, and against the losses told one by one; and rates of score against the points before them. Only what fits is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.exact import last_digit, words_of
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.scores_patterns import IN_ALL, LOST, RATE_OF_SCORE
from hedui.reconcile.arithmetic.scores_told import Part, hundreds_of, parts_of, summed
from hedui.reconcile.arithmetic.sums_words import mistyped
from hedui.reconcile.formulas.check import Operand, check_of
from hedui.reconcile.formulas.expressions import Constant, Expression, Input, Operation, parse
from hedui.reconcile.formulas.intervals import Stated, compute, judge
from hedui.reconcile.formulas.named import SHARE
from hedui.reconcile.numerals import swapped

__all__ = ["loss_checks", "rates_of_score"]

HUNDRED, FEW, MOST, NEAREST = Decimal(100), 2, 24, 60
LESS = parse("#1 - #2")
FROM_HUNDRED = Operation("-", (Constant(HUNDRED), Input(1)))


def told_of(layout: Layout, kind: str, formula: Expression, inputs: Sequence[Operand], stated: Operand) -> Check | None:
    """The check, where it closes exactly."""
    outcome = compute(formula, [Stated(i.stated.value) for i in inputs])
    if outcome is None or judge(stated.stated, outcome) != "consistent":
        return None
    return check_of(layout, "difference" if kind == "difference" else "ratio", inputs, stated, outcome, "consistent", words_of(formula))


def loss_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """One check for every loss that the points of its part, the total score or the losses of the parts give."""
    parts: dict[int, dict[Decimal, list[Part]]] = {}
    whole: dict[int, list[Part]] = {}
    for passage in passages:
        gaps = parts.setdefault(passage.part, {})
        for one in parts_of(passage):
            if one.full is not one.score:
                gaps.setdefault(one.full.value - one.score.value, []).append(one)
    for run in hundreds_of(passages):
        whole.setdefault(run[0].full.part, run)
    totals: dict[int, dict[Decimal, list[Figure]]] = {part: {} for part in parts}
    for figure in (f for p in passages for f in p.figures if f.unit == "分" and HUNDRED / 2 < f.value <= HUNDRED):
        totals[figure.part].setdefault(figure.value, []).append(figure)
    lost: list[Figure] = []
    for passage in passages:
        own = [f for f in passage.figures if f.unit == "分" and f.value and is_loss(f, passage)]
        lost = [*(f for f in lost[-MOST:] if f.part == passage.part), *own]
        for loss in own:
            check = (of_part(layout, loss, parts[passage.part].get(loss.value, [])[:NEAREST]) or of_losses(layout, loss, lost)
                     or of_total(layout, loss, totals[passage.part], whole.get(passage.part, [])))
            check = check or slipped_loss(layout, loss, whole.get(passage.part, []), totals[passage.part])
            if check is not None:
                yield check


def slipped_loss(layout: Layout, loss: Figure, whole: Sequence[Part], points: Mapping[Decimal, Sequence[Figure]]) -> Check | None:
    """`得分94.50分，…合计扣5.60分`: all that was lost, where the parts come to the total score and a slip of the pen explains it."""
    added = sum((p.score.value for p in whole), Decimal(0))
    total = next(iter(points.get(added, [])), None) if whole else None
    if total is None or not IN_ALL.search(loss.before) or not mistyped(loss, HUNDRED - added - loss.value):
        return None
    outcome = compute(FROM_HUNDRED, [Stated(total.value)])
    assert outcome is not None
    return check_of(layout, "difference", [total], loss, outcome, "conflict", words_of(FROM_HUNDRED))


def is_loss(figure: Figure, passage: Passage) -> bool:
    """Whether points are lost: by their own words, or after others that are, in one row (依次扣0.5分、2.14分、2分和1分)."""
    if LOST.search(figure.before):
        return True
    before = [f for f in passage.figures if f.start < figure.start and f.sentence == figure.sentence]
    return bool(before) and before[-1].unit == "分" and figure.before in {"、", "和", "及", ",", "与"} and is_loss(before[-1], passage)


def of_part(layout: Layout, loss: Figure, fitting: Sequence[Part]) -> Check | None:
    """Full points less score: of the part, among those that lost as much, that shares its name or stands nearest."""
    named = [p for p in fitting if shared(p.name, loss.before) or p.full.passage == loss.passage]
    chosen = min(named or (fitting if len(fitting) == 1 else []), key=lambda p: abs(p.full.span[0] - loss.span[0]), default=None)
    return None if chosen is None else told_of(layout, "difference", LESS, [chosen.full, chosen.score], loss)


def shared(name: str, words: str) -> bool:
    return any(name[i:i + 2] in words for i in range(len(name) - 1))


def of_losses(layout: Layout, loss: Figure, lost: Sequence[Figure]) -> Check | None:
    """The losses told just before it, or just behind it, that come to it."""
    at = next((n for n, f in enumerate(lost) if f is loss), 0)
    before, behind = list(lost[max(0, at - MOST):at]), [f for f in lost[at + 1:at + 1 + MOST] if f.passage == loss.passage]
    for size in range(max(len(before), len(behind)), FEW - 1, -1):
        for run in (before[-size:], behind[:size]):
            if len(run) == size and sum((f.value for f in run), Decimal(0)) == loss.value and abs(run[0].passage - loss.passage) <= 1:
                return summed(layout, run, loss, "扣分合计")
    return None


def of_total(layout: Layout, loss: Figure, points: Mapping[Decimal, Sequence[Figure]], whole: Sequence[Part]) -> Check | None:
    """The full points of all parts, the hundred that is told, or a hundred that goes without saying, less the total score."""
    total, hundred = (min(points.get(value, []), key=lambda f: abs(f.span[0] - loss.span[0]), default=None)
                      for value in (HUNDRED - loss.value, HUNDRED))
    if total is None:
        return None
    if hundred is not None:
        return told_of(layout, "difference", LESS, [hundred, total], loss)
    fulls: list[Operand] = [p.full for p in whole]
    if not fulls:
        return told_of(layout, "difference", FROM_HUNDRED, [total], loss)
    together = Operation("-", (Operation("+", tuple(Input(n) for n in range(1, len(fulls) + 1))), Input(len(fulls) + 1)))
    return told_of(layout, "difference", together, [*fulls, total], loss)


def rates_of_score(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`决策18.5分（满分20分，得分率92.5%）`, `…，得分率依次为86.67%、87.04%`: each over the points of the part before it, or in turn."""
    for passage in passages:
        rates = [f for f in passage.figures if f.label == "RATE"]
        if not any(RATE_OF_SCORE.search(f.before) for f in rates):
            continue
        parts = [p for p in parts_of(passage) if p.full is not p.score or p.full.value < HUNDRED]
        for n, rate in enumerate(rates):
            if not RATE_OF_SCORE.search(rate.before):
                continue
            before = [p for p in parts if p.full.start < rate.start and p.score.start < rate.start]
            row = row_of(rates[n:])
            told = [p for p in before if p.full is not p.score]
            before = told if len(told) >= len(row) else before
            pairs = zip(before[-len(row):], row, strict=True) if 1 < len(row) <= len(before) else zip(before[-1:], row[:1], strict=False)
            for part, one in pairs:
                check = told_of(layout, "ratio", SHARE, [part.score, part.full], one) or swapped_rate(layout, part, one)
                if check is not None:
                    yield check


def swapped_rate(layout: Layout, part: Part, rate: Figure) -> Check | None:
    """A rate of score that two neighbouring digits in the wrong order keep from being that of its part."""
    if part.full is part.score:
        return None
    outcome = compute(SHARE, [Stated(part.score.value), Stated(part.full.value)])
    last = last_digit(rate)
    right = f"{(outcome.point / last).quantize(Decimal(1), ROUND_HALF_UP) * last / rate.scale:f}" if outcome is not None else ""
    if outcome is None or not swapped(rate.number, right):
        return None
    return check_of(layout, "ratio", [part.score, part.full], rate, outcome, "conflict", words_of(SHARE))


def row_of(rates: Sequence[Figure]) -> list[Figure]:
    """The first rate and those that follow it in one row: 86.67%、87.04%和100%."""
    row = list(rates[:1])
    for rate in rates[1:]:
        if rate.sentence != row[-1].sentence or rate.before.strip() not in {"、", "和", "及", ",", "与", ""}:
            break
        row.append(rate)
    return row

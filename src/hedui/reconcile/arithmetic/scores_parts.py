"""A passage -> the scores of all dimensions of an assessment (预算执行8.95分、产出60分、效益20分、满意度10分), told in one sentence, against the
total score told before or behind them.

They are all there are where their full points come to a hundred, or where four or more are named and a slip of the pen explains the gap;
then a total score that they do not come to is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import FULL, SCORED, WHOLE_SCORE
from hedui.reconcile.arithmetic.scores_patterns import LOST, TOTAL_SCORE
from hedui.reconcile.arithmetic.scores_told import Part, parts_of, summed
from hedui.reconcile.arithmetic.sums_patterns import GOES_ON
from hedui.reconcile.arithmetic.sums_words import DIMENSION, mistyped

__all__ = ["dimension_sums"]

HUNDRED, FEW, MANY = Decimal(100), 3, 4
DIGIT = re.compile(r"\d")


def dimension_sums(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """One conflict for every passage whose dimensions do not come to the one total score told beside them."""
    for passage in passages:
        parts = dimensions_of(passage)
        if len(parts) < FEW or GOES_ON.fullmatch(passage.text, parts[-1].score.end):
            continue
        own = {f.span for p in parts for f in (p.full, p.score)}
        totals = [f for f in passage.figures if f.unit == "分" and f.span not in own and not LOST.search(f.before)
                  and (TOTAL_SCORE.search(f.before) or WHOLE_SCORE.search(f.before))]
        totals = [f for f in totals if f.value != HUNDRED or (SCORED.search(f.before) and not FULL.search(f.before))]
        if len(totals) == 1 and wrong(parts, totals[0]):
            yield summed(layout, [p.score for p in parts], totals[0], "得分合计")


def dimensions_of(passage: Passage) -> list[Part]:
    """The parts that follow each other in one sentence, each by the name of a dimension; none where a figure among them was not read."""
    found: list[Part] = []
    for part in parts_of(passage):
        named = DIMENSION.search(part.name) and not TOTAL_SCORE.fullmatch(part.name)
        if found and part.full.sentence != found[0].full.sentence:
            if len(found) >= FEW:
                break
            found = []
        if named and not DIGIT.search(part.name):
            found.append(part)
        elif found and len(found) >= FEW:
            break
        else:
            found = []
    return found


def wrong(parts: Sequence[Part], total: Figure) -> bool:
    """Whether `total` cannot be the sum of what all `parts` scored."""
    gap = sum((p.score.value for p in parts), Decimal(0)) - total.value
    if not gap:
        return False
    if all(p.full is not p.score for p in parts):
        return sum((p.full.value for p in parts), Decimal(0)) == HUNDRED
    return len(parts) >= MANY and (mistyped(total, gap) or any(mistyped(p.score, -gap) for p in parts))

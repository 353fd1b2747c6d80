"""Shares told side by side -> the one that does not come out of the whole that all its siblings are shares of:
课堂教学3427.15万元，占35.25%；实习实训4653.37万元，占47.91%；跟踪服务1632.32万元，占16.81%."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike
from hedui.reconcile.arithmetic.patterns import PART_OF
from hedui.reconcile.arithmetic.ratios_pairs import Pair, told

__all__ = ["of_no_whole", "sibling_shares"]

BORNE_OUT, MISLED = 2, 3


def sibling_shares(layout: Layout, passage: Passage, closed: Mapping[int, Pair]) -> Iterator[Check]:
    """Conflicts of the shares of a sentence that are not among those `closed`, by where the rate starts, where two closed ones or more
    are shares of one whole and none of another; only those told just behind their figure, of a whole that no words name."""
    rows: dict[int, list[tuple[Figure, Figure]]] = defaultdict(list)
    for top, rate in zip(passage.figures, passage.figures[1:], strict=False):
        share = PART_OF.search(rate.before) if rate.label == "RATE" else None
        if share is not None and not share["whole"] and top.label != "RATE" and top.sentence == rate.sentence:
            rows[rate.sentence].append((top, rate))
    for row in rows.values():
        wholes = {of.value: of for top, rate in row if (pair := closed.get(rate.start)) and pair[0] is top for of in [pair[1]]}
        borne = [rate for _, rate in row if rate.start in closed]
        if len(wholes) != 1 or len(borne) < BORNE_OUT:
            continue
        whole = next(iter(wholes.values()))
        for top, rate in row:
            if rate.start not in closed and alike(top, whole) and (found := told(layout, top, whole, rate)) and found[0].verdict == "conflict":
                yield found[0]


def of_no_whole(checks: Sequence[Check]) -> list[Check]:
    """The conflicts among the rates of one paragraph over a whole that three rates or more are at odds with and none is borne out by:
    they are shares of something else."""
    over: dict[Span, list[Check]] = defaultdict(list)
    for check in checks:
        over[check.inputs[-1].span].append(check)
    return [check for told in over.values() if len(told) >= MISLED and all(one.verdict == "conflict" for one in told) for check in told]

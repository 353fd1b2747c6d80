"""Lists and the rates behind them -> parts that are a share of their whole together: 有效问卷572份，其中很满意286份、满意241份，满意度92.13%.

A full hundred is the rate of something else (到位率100%): parts that are all of their whole come to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.exact import words_of
from hedui.reconcile.arithmetic.figures import Figure, Passage, following
from hedui.reconcile.arithmetic.sums import Listing
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.expressions import Expression, Input, Operation
from hedui.reconcile.formulas.intervals import Stated, compute, judge

__all__ = ["joint_shares"]

AHEAD = 3


def joint_shares(layout: Layout, passages: Sequence[Passage], lists: Sequence[Listing]) -> Iterator[tuple[Listing, Check]]:
    """Lists that do not come to their total, with the rate behind them that their parts, over the total, give."""
    for one in lists:
        if one.verdict in {None, "conflict"} and one.total.passage == one.parts[0].passage:
            rates = [f for f in following(passages[one.parts[-1].passage], one.parts[-1].end, AHEAD) if f.label == "RATE" and f.value < 1]
            found = next((check for rate in rates if (check := share_of(layout, one.parts, one.total, rate)) is not None), None)
            if found is not None:
                yield one, found


def share_of(layout: Layout, parts: Sequence[Figure], whole: Figure, rate: Figure) -> Check | None:
    terms: tuple[Expression, ...] = tuple(Input(n) for n in range(1, len(parts) + 1))
    formula = Operation("/", (Operation("+", terms), Input(len(parts) + 1)))
    outcome = compute(formula, [Stated(f.value) for f in (*parts, whole)])
    if outcome is None or judge(rate.stated, outcome) != "consistent":
        return None
    return check_of(layout, "ratio", [*parts, whole], rate, outcome, "consistent", words_of(formula))

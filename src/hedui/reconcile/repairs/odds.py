"""What a changed figure would close and open -> how many times likelier the slip is than that the figure stands as meant.

By Bayes: the chance that a figure was miswritten just so, against the chance that each check it closes is a conflict of another cause
and comes out right by accident at as many digits as it pins down of its result. A check that would no longer hold, and tellings of either number
elsewhere, count for and against. The constants were fitted by hand on made reports (seed 920001, 60 reports) and on our own samples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from hedui.lexicons import rows
from hedui.reconcile.repairs.checks import Recount
from hedui.reconcile.repairs.figures import Written
from hedui.reconcile.repairs.slips import MISWRITTEN, Slip

__all__ = ["Proposal", "odds_among", "weighed"]

# checks that are conflicts for another cause than one miswritten figure, and those of scans: lost cells and lines too (9 of 423 checks of
# 36 made reports without slips, scanned at 75 and 60 dpi and read back)
OTHERWISE, OTHERWISE_SCANNED = 0.004, 0.021
# rules raise some conflicts only since a slip would explain them; this share of those of another cause fits all the same
SELECTED = {"restated": 0.002, "table": 0.002}
OTHERS = 0.0005
# a check that holds although one of its figures is wrong: reckoned from the wrong figure, or by accident
HELD = 0.02
# the true number is told elsewhere as well, or the wrong one is
TOLD, MOST_TOLD, LONG = 5.0, 3, 3
# what comes out only by rounding
ROUNDED = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A slip with the conflicts it closes out of those `touched`, and the checks that would no longer hold; `weight` is its odds against
    there being no slip at all, `rival` the odds that another of its figures is wrong, which more conflicts share than it closes."""

    slip: Slip
    closes: tuple[Recount, ...]
    opens: tuple[Recount, ...]
    touched: int
    weight: float
    rival: float


@cache
def places() -> dict[str, tuple[float, float]]:
    """Kind of check -> how likely the slip is in the result, and in each of its operands."""
    return {kind: (float(result), float(operand)) for kind, result, operand in rows("slip_places", "hedui.reconcile.repairs")}


def weighed(slip: Slip, closes: Sequence[tuple[Recount, bool]], opens: Sequence[Recount], touched: int, told: int, *,
            failing: Mapping[int, int], scanned: bool) -> Proposal:
    """The proposal of `slip`; of `closes` those that come out only by rounding are marked, `told` is how often more the number meant
    is told elsewhere than the one written, `failing` in how many conflicts the figure at a place stands."""
    weight = slip.prior * max(share(recount, slip.meant) for recount, _ in closes)
    otherwise = OTHERWISE_SCANNED if scanned else OTHERWISE
    seen: set[int] = set()
    copies = 0
    for recount, rounded in closes:
        others = {f.at for f in recount.figures} - {slip.meant.at}
        if recount.told and copies:  # a figure that is told twice was copied
            weight *= TOLD
        elif len(others & seen) * 2 <= len(others):  # the same figures told twice are one witness
            weight *= ROUNDED if rounded else 1
            weight /= otherwise * (10.0 ** -pinned(recount, slip.meant) + SELECTED.get(recount.check.kind, OTHERS))
        seen |= others
        copies += recount.told
    weight *= HELD ** len(opens)
    weight *= TOLD ** max(-MOST_TOLD, min(MOST_TOLD, told)) if slip.meant.significant >= LONG else 1
    return Proposal(slip=slip, closes=tuple(r for r, _ in closes), opens=tuple(opens), touched=touched, weight=weight,
                    rival=rival([r for r, _ in closes], slip.meant.at, failing) if scanned else 0.0)


def rival(closes: Sequence[Recount], changed: int, failing: Mapping[int, int]) -> float:
    """The odds against no slip that a figure beside the one changed is wrong, which stands in more conflicts than `closes`: one cause
    of them all instead of as many. Two shares of one total do not both fail since one of them was misread. Only figures of scans
    are wrong in ways that no slip undoes."""
    closed = Counter(f.at for r in closes for f in r.figures)
    shared = [failing[at] for at, count in closed.items() if at != changed and failing[at] > count]
    return MISWRITTEN * OTHERWISE_SCANNED ** -max(shared) if shared else 0.0


def share(recount: Recount, figure: Written) -> float:
    """How likely it is that of all the figures of a check this one is wrong."""
    result, operand = places()["restated" if recount.told else recount.check.kind]
    return result if recount.stated.at == figure.at else operand


def pinned(recount: Recount, meant: Written) -> int:
    """How many digits of its result a check pins down once `meant` stands in it: those that cannot be one more or less without opening
    it. It is the same for every figure of the check that is changed, for all of them make the same accident unlikely."""
    mended = recount.mended({meant.at: meant})
    result = mended.stated
    last = Decimal(1).scaleb(-result.decimals)
    for loose in range(result.significant):
        if all(mended.verdict(moved(result, last.scaleb(loose) * sign)) == "conflict" for sign in (1, -1)):
            return result.significant - loose
    return 0


def moved(figure: Written, by: Decimal) -> Written:
    return replace(figure, number=f"{figure.numeral + by:f}")


def odds_among(proposals: Sequence[Proposal]) -> list[float]:
    """The odds of each proposal against none being true and against all others that close one of its conflicts."""
    by_check: dict[str, set[int]] = {}
    for n, one in enumerate(proposals):
        for recount in one.closes:
            by_check.setdefault(recount.check.id, set()).add(n)
    rivals = [set[int]().union(*(by_check[r.check.id] for r in one.closes)) - {n} for n, one in enumerate(proposals)]
    return [one.weight / (1 + one.rival + sum(proposals[n].weight for n in others)) for one, others in zip(proposals, rivals, strict=True)]

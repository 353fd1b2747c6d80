"""Passages -> two amounts that come exactly to a third told near them, whatever words join them (基本支出…、项目支出…，支出合计…).

Three long numbers do not meet by chance: the farther off the parts stand, the more digits their sum must tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.reconcile.arithmetic.figures import Figure, Passage, alike
from hedui.reconcile.arithmetic.patterns import BASE, CHANGE
from hedui.reconcile.arithmetic.sums import Listing, fits

__all__ = ["pair_listings"]

BACK, AHEAD = 40, 12
# digits that a total must tell: parts told far before, in its own paragraph, in its own sentence and called a sum
FAR, OWN, SUMMED = 5, 4, 2
# 两项合计|1487.76万元 · 共|68人 · 累计
SUM_WORD = re.compile(r"(?:合计|共计?|总计|总数?|累计|两项|两者|两类|相加|达到?)[^,;。\d]{0,8}$")


def pair_listings(passages: Sequence[Passage], lists: Sequence[Listing]) -> Iterator[Listing]:
    """One pair for every total that none of `lists` explains."""
    taken = {one.total.span for one in lists if one.verdict}
    figures = [f for p in passages for f in p.figures if f.label != "RATE" and f.value and "/" not in f.unit and f.unit != "分"
               and not CHANGE.search(f.before) and not BASE.search(f.before)]
    for n, whole in enumerate(figures):
        spoken = bool(SUM_WORD.search(whole.before)) or "其中" in whole.after[:4]
        known = digits(whole)
        if whole.span in taken or known < (SUMMED if spoken else OWN):
            continue
        window = figures[max(0, n - BACK):n + AHEAD]
        near = [f for f in window if f is not whole and f.part == whole.part and alike(f, whole) and f.value < whole.value]
        own = [f for f in near if f.passage == whole.passage]
        beside = [f for f in own if f.sentence == whole.sentence]
        summed = beside if spoken else []
        for parts, enough in ((summed, SUMMED), (own, OWN), (near, FAR)):
            pair = pair_in(parts, whole) if known >= enough else None
            if pair is not None:
                yield Listing(total=whole, parts=pair, whole=True, verdict="consistent")
                break


def digits(figure: Figure) -> int:
    whole, _, decimals = figure.number.partition(".")
    return len((whole + decimals.rstrip("0")).strip("0"))


def pair_in(parts: Sequence[Figure], whole: Figure) -> tuple[Figure, ...] | None:
    """The nearest two that come to `whole`."""
    seen: dict[Decimal, Figure] = {}
    for part in sorted(parts, key=lambda f: abs(f.span[0] - whole.span[0])):
        other = seen.get(whole.value - part.value)
        if other is not None and fits(whole, (other, part)) == "consistent":
            return tuple(sorted((other, part), key=lambda f: f.span))
        seen.setdefault(part.value, part)
    return None

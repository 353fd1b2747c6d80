"""A passage -> figures that one word names again and again (支出2096.5万元，结余39.5万元；…支出3492.5万元，结余27.5万元；…) against the figure
of that word told before them: they are its parts where they come to it, or would but for two digits that changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.reconcile.arithmetic.figures import Figure, Passage, alike
from hedui.reconcile.arithmetic.patterns import BASE, CHANGE
from hedui.reconcile.arithmetic.sums import Listing, fits
from hedui.reconcile.arithmetic.sums_words import mistyped

__all__ = ["series_listings"]

MOST, FEW, BACK, SURE = 20, 3, 12, 4
# 年末结余 · 累计支出 · 支付 · 余 · 安排
WORD = re.compile(r"(?P<word>支出|支付|结余|结转|剩余|安排|下达|到位|拨付|使用|预算|列支|发放|完成|投入|余|奖补|补助)(?:了|为|资金|数|额|金额|:)*$")
SAME = {"余": "结余", "剩余": "结余", "结转": "结余", "列支": "支出", "使用": "支出", "支付": "支出"}


def series_listings(passages: Sequence[Passage], known: Sequence[Listing]) -> Iterator[Listing]:
    """The series that close, or fall short by an exchange of digits; totals of `known` lists are left alone."""
    taken = {one.total.span for one in known if one.verdict}
    told: dict[str, list[Figure]] = {}
    part = -1
    for passage in passages:
        if passage.part != part:
            told, part = {}, passage.part
        own: dict[str, list[Figure]] = {}
        for figure in passage.figures:
            word = WORD.search(figure.before)
            if word is not None and figure.label == "AMOUNT" and not CHANGE.search(figure.before) and not BASE.search(figure.before):
                own.setdefault(SAME.get(word["word"], word["word"]), []).append(figure)
        for name, figures in own.items():
            if (one := series(figures, told.get(name, [])[-BACK:])) is not None and one.total.span not in taken:
                yield one
            told.setdefault(name, []).extend(figures)


def series(figures: Sequence[Figure], told: Sequence[Figure]) -> Listing | None:
    """The figures behind the first of them, or all of them, as the parts of it or of one told before."""
    heads = [(figures[0], list(figures[1:1 + MOST]))] + [(whole, list(figures[:MOST])) for whole in reversed(told)]
    for whole, parts in heads:
        filled = [p for p in parts if p.value and alike(p, whole)]
        for size in range(len(filled), FEW - 1, -1):
            if fits(whole, filled[:size]) == "consistent":
                return Listing(total=whole, parts=tuple(filled[:size]), whole=True, verdict="consistent")
    whole, parts = heads[0]
    gap = sum((p.value for p in parts), Decimal(0)) - whole.value
    exchanged = len(parts) >= FEW and gap and len(whole.number.replace(".", "")) >= SURE and mistyped(whole, gap)
    return Listing(total=whole, parts=tuple(parts), whole=True, verdict="conflict") if exchanged else None

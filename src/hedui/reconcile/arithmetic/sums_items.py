"""Passages -> lists whose total closes one paragraph and whose parts open those that follow: `…644.54万元，其中：` and then one
item a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hedui.reconcile.arithmetic.figures import Figure, Passage, alike
from hedui.reconcile.arithmetic.patterns import LIST_CUE, OUTSET
from hedui.reconcile.arithmetic.sums import Listing, fits

__all__ = ["item_listings"]

MAX_ITEMS = 60


def item_listings(passages: Sequence[Passage]) -> Iterator[Listing]:
    """The lists over following paragraphs, and those whose first paragraph opens with 其中 itself."""
    for n, passage in enumerate(passages[:-1]):
        following = passages[n + 1]
        heads = [f for f in passage.figures if f.label != "RATE"]
        if not heads:
            continue
        opens = OUTSET.match(following.text)
        if LIST_CUE.search(passage.text):
            last = max(f.sentence for f in heads)
            wholes = [heads[-1], *(f for f in heads if f.sentence == last), heads[0]]
        elif opens:
            wholes = [heads[0]]
        else:
            continue
        for whole in dict.fromkeys(wholes):
            found = items_under(passages, n, whole)
            if found is not None and (found.verdict or whole is wholes[-1]):
                yield found
                break


def items_under(passages: Sequence[Passage], n: int, whole: Figure) -> Listing | None:
    """The first figures, of the kind of `whole`, of the passages after the n-th, up to where its list must have ended."""
    parts: list[Figure] = []
    style = passages[n + 1].item
    for passage in passages[n + 1:n + 1 + MAX_ITEMS]:
        if passage.part != whole.part or (passage.item and passage.item == passages[n].item):
            break
        first = next((f for f in passage.figures if alike(f, whole)), None)
        if first is not None and passage.item == style:
            parts.append(first)
    for size in range(len(parts), 1, -1):
        if (whole.label == "AMOUNT" or size == len(parts)) and (verdict := fits(whole, parts[:size])) is not None:
            return Listing(total=whole, parts=tuple(parts[:size]), whole=True, verdict=verdict)
    own = [p for p in parts if passages[p.passage].section == passages[n].section]
    return Listing(total=whole, parts=tuple(own), whole=True) if len(own) >= 2 else None

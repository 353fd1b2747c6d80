"""Passages -> lists whose total closes one paragraph and whose parts open those that follow: `…644.54万元，其中：` and then one
item a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, before
from hedui.reconcile.arithmetic.patterns import LIST_CUE, OUTSET
from hedui.reconcile.arithmetic.sums import Listing, fits
from hedui.reconcile.arithmetic.sums_patterns import BEGUN

__all__ = ["item_listings"]

MAX_ITEMS, CUES, NEAR = 60, 3, 8


def item_listings(passages: Sequence[Passage]) -> Iterator[Listing]:
    """The lists over following paragraphs, those whose first paragraph opens with 其中 itself, and those whose first item stands in the
    paragraph of the total, behind 其中."""
    for n, passage in enumerate(passages[:-1]):
        wholes = heads_of(passage, bool(OUTSET.match(passages[n + 1].text)))
        for whole in dict.fromkeys(wholes):
            found = items_under(passages, n, whole, None)
            if found is not None and (found.verdict or whole is wholes[-1]):
                yield found
                break
        yield from begun_lists(passages, n)


def heads_of(passage: Passage, opens: bool) -> list[Figure]:
    """What a list behind a passage may sum up: the figures of its last sentence or its first; this one where the next passage `opens` it."""
    heads = [f for f in passage.figures if f.label != "RATE"]
    if heads and LIST_CUE.search(passage.text):
        last = max(f.sentence for f in heads)
        return [heads[-1], *(f for f in heads if f.sentence == last), heads[0]]
    return heads[:1] if opens else []


def begun_lists(passages: Sequence[Passage], n: int) -> Iterator[Listing]:
    """The list that closes with an item in the passage of its total and others in the passages that follow."""
    passage = passages[n]
    for cue in [*BEGUN.finditer(passage.text)][:CUES]:
        behind = next((f for f in passage.figures if f.start > cue.start()), None)
        wholes = before(passage, cue.start(), NEAR) if behind is not None else []
        for whole in (f for f in wholes if f.value and behind is not None and alike(f, behind)):
            found = items_under(passages, n, whole, behind)
            if found is not None and found.verdict and found.parts[-1] is not behind:
                yield found
                return


def items_under(passages: Sequence[Passage], n: int, whole: Figure, begun: Figure | None) -> Listing | None:
    """What was `begun` in the n-th passage, and the first figures, of the kind of `whole`, of the passages after it, up to where its list
    must have ended."""
    parts: list[Figure] = [begun] if begun is not None else []
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

"""Passages -> lists that open a sentence (`其中：A、B` · `按用途分，A；B` · `资金主要用于：A，B`), and whose total was told in a sentence before,
in the same paragraph or in one above.

What closes is a list. What does not is one only where its total can but be wrong: a slip of the pen explains the gap, and the parts come
to more than it, its figures are long, or another list of the same total comes to the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from hedui.document import Span
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike
from hedui.reconcile.arithmetic.patterns import BASE, CHANGE, LEFT, OPEN_END
from hedui.reconcile.arithmetic.sums import Listing, certain, fits
from hedui.reconcile.arithmetic.sums_patterns import GOES_ON, OPENING
from hedui.reconcile.arithmetic.sums_words import mistyped

__all__ = ["opened_listings"]

BACK, ABOVE, DIGITS, SURE = 4, 3, 3, 4


def opened_listings(passages: Sequence[Passage], known: Sequence[Listing]) -> Iterator[Listing]:
    """The lists that `known` ones do not hold: those that close, and those that are proven wrong."""
    closed = {p.span for one in known if one.verdict for p in one.parts}
    found: list[Listing] = []
    for n, passage in enumerate(passages):
        runs = [run for run in opened(passage) if not any(p.span in closed for p in run)]
        listed = {p.span for run in runs for p in run}
        for run in runs:
            told = [f for p in passages[max(0, n - ABOVE):n] if p.part == passage.part for f in p.figures]
            told += [f for f in passage.figures if f.start < run[0].start]
            wholes = [f for f in told if f.span not in listed and f.span not in closed and total_of(f, run)][-BACK:]
            found += list_of(wholes, run)
            listed |= {p.span for p in run}
    yield from proven(found, known)


def opened(passage: Passage) -> Iterator[list[Figure]]:
    """The amounts of every sentence that an opening word begins, those on the level of the first; none of a list that goes on elsewhere."""
    text = passage.text
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "。")]
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        opening = OPENING.match(text, start)
        if opening is None or OPEN_END.search(text, start, stop):
            continue
        amounts = [f for f in passage.figures if opening.end() <= f.start < stop and f.label == "AMOUNT"]
        run = [f for f in amounts if f.depth == amounts[0].depth and alike(f, amounts[0])]
        if len(run) > 1 and not any(CHANGE.search(f.before) or LEFT.search(f.before) for f in run) and not GOES_ON.fullmatch(text, run[-1].end):
            yield run


def total_of(figure: Figure, run: Sequence[Figure]) -> bool:
    return (figure.label == "AMOUNT" and alike(figure, run[0]) and figure.value > max(p.value for p in run) / 2
            and not CHANGE.search(figure.before) and not BASE.search(figure.before) and "/" not in figure.unit)


def list_of(wholes: Sequence[Figure], run: Sequence[Figure]) -> list[Listing]:
    """The list under the nearest total that it comes to, else, or where that stands in a paragraph farther off, under the nearest that one
    slip keeps it from: it details what was told last (实际到位3817万元。⏎ 使用3813万元。⏎ 按用途分，…)."""
    added = sum((p.value for p in run), Decimal(0))
    near = [one for one in reversed(wholes) if not LEFT.search(one.before)]
    slipped = next((one for one in near if mistyped(one, added - one.value) or any(mistyped(p, one.value - added) for p in run)), None)
    for whole in reversed(wholes):
        if (verdict := fits(whole, run)) is not None:
            nearer = slipped is not None and slipped is near[0] and slipped.passage > whole.passage and digits(slipped) >= SURE
            if not nearer:
                return [Listing(total=whole, parts=tuple(run), whole=True, verdict=verdict)]
            break
    return [Listing(total=slipped, parts=tuple(run), whole=True)] if slipped is not None else []


def digits(figure: Figure) -> int:
    return sum(c.isdigit() for c in figure.number)


def proven(lists: Sequence[Listing], known: Sequence[Listing]) -> Iterator[Listing]:
    """The lists that close, and as conflicts those that do not and must."""
    come_to: dict[tuple[int, Decimal], set[frozenset[Span]]] = defaultdict(set)
    for one in (*lists, *known):
        come_to[sum_of(one)].add(frozenset(p.span for p in one.parts))
    for one in lists:
        if one.verdict:
            yield one
        elif len(come_to[sum_of(one)]) > 1 or (digits(one.total) >= DIGITS and certain(one)):
            yield replace(one, verdict="conflict")


def sum_of(listing: Listing) -> tuple[int, Decimal]:
    """The report that a list stands in, and what its parts come to."""
    return listing.total.part, sum((p.value for p in listing.parts), Decimal(0))

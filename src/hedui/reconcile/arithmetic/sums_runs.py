"""Passages -> figures that follow each other and come exactly to one told before or behind them, whatever words join them.

So long a number is not met by chance: the runs of amounts need four digits in their total, the counts three, and two figures
are only taken beside it. What does not close is no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from hedui.reconcile.arithmetic.figures import Figure, Passage, alike
from hedui.reconcile.arithmetic.patterns import BASE, CHANGE, LEFT
from hedui.reconcile.arithmetic.sums import Listing, fits

__all__ = ["run_listings"]

RUN, BACK, NEAR, AMOUNT_DIGITS, COUNT_DIGITS = 12, 40, 8, 4, 3
LABELS = ("AMOUNT", "QUANTITY")


def run_listings(passages: Sequence[Passage], known: Sequence[Listing]) -> Iterator[Listing]:
    """The runs that close; parts and totals of `known` lists are left alone."""
    parts = {p.span for one in known if one.verdict for p in one.parts}
    told: list[Figure] = []
    for passage in passages:
        if told and told[-1].part != passage.part:
            told = []
        wholes = [f for f in passage.figures if f.label in LABELS and f.value and not aside(f)]
        told += wholes
        for run in sentences([f for f in wholes if not LEFT.search(f.before)]):
            yield from closing(run, told[-BACK - len(wholes):], parts)


def aside(figure: Figure) -> bool:
    """Changes, bases of changes and amounts a head are neither parts nor totals; what is left over may be a total."""
    return any(cue.search(figure.before) for cue in (CHANGE, BASE)) or "/" in figure.unit


def sentences(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The figures of each sentence that can be added, kind by kind."""
    groups: dict[tuple[int, str], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.sentence, figure.unit), []).append(figure)
    yield from (group for group in groups.values() if len(group) > 1)


def closing(run: Sequence[Figure], told: Sequence[Figure], taken: Set[tuple[int, int]]) -> Iterator[Listing]:
    """The longest runs in `run` that come to a figure told, none of them twice."""
    used: set[tuple[int, int]] = set(taken)
    wholes: dict[Decimal, list[Figure]] = {}
    for figure in told:
        wholes.setdefault(figure.value, []).append(figure)
    for size in range(min(len(run), RUN), 1, -1):
        for start in range(len(run) - size + 1):
            parts = run[start:start + size]
            if any(p.span in used for p in parts):
                continue
            added = sum((p.value for p in parts), Decimal(0))
            whole = next((w for w in reversed(wholes.get(added, [])) if total_of(w, parts)), None)
            if whole is not None and fits(whole, parts) == "consistent":
                used.update(p.span for p in parts)
                yield Listing(total=whole, parts=tuple(parts), whole=True, verdict="consistent")


def total_of(whole: Figure, parts: Sequence[Figure]) -> bool:
    digits = len(whole.number.replace(".", "").strip("0"))
    enough = digits >= (AMOUNT_DIGITS if whole.label == "AMOUNT" else COUNT_DIGITS)
    beside = whole.passage == parts[0].passage and abs(whole.sentence - parts[0].sentence) <= 1
    close = beside and min(abs(whole.start - parts[-1].end), abs(parts[0].start - whole.end)) <= RUN * NEAR
    long = digits > AMOUNT_DIGITS or (close and digits >= COUNT_DIGITS)
    return alike(whole, parts[0]) and whole not in parts and (len(parts) > 2 or long) and (enough or (close and len(parts) > 2 and digits > 1))

"""A text and the most characters of a window in, the stretches to read out, each with the range that it answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hedui.document import Span

__all__ = ["cuts"]

# how much of the text behind a cut a window still sees, and how much before it the next one sees
SEEN = 25
STOP = re.compile(r"[。;!?]")
PAUSE = re.compile(r"[,、:|)]")
TITLES = re.compile(r"《[^《》]*》?")


def cuts(text: str, most: int) -> Iterator[tuple[int, int, Span]]:
    """`(begin, end, own)` of every window of at most `most` characters: the `own` ranges part the text without gap or
    double, neighbours overlap by 2 × `SEEN` characters or more. Cuts fall behind the end of a sentence where one is
    near, else behind a comma, never within a title that the window could hold.

    >>> [(begin, end, own) for begin, end, own in cuts("一二三。" * 3, 60)]
    [(0, 12, (0, 12))]
    """
    begin = owned = 0
    while len(text) - begin > most:
        cut = cut_in(text, max(owned + 1, begin + most // 2), begin + most - SEEN)
        yield begin, begin + most, (owned, cut)
        begin, owned = cut - SEEN, cut
    yield begin, len(text), (owned, len(text))


def cut_in(text: str, low: int, high: int) -> int:
    """The best place to cut `text` from `low` to `high`."""
    closed = titled(text, low, high)
    for mark, least in ((STOP, low), (PAUSE, (low + high) // 2)):
        ends = [match.end() for match in mark.finditer(text, least - 1, high) if match.end() not in closed]
        if ends:
            return ends[-1]
    between = (i for i in range(high, low, -1) if i not in closed and not (text[i - 1:i + 1].isascii() and text[i - 1:i + 1].isalnum()))
    return next(between, high)


def titled(text: str, low: int, high: int) -> frozenset[int]:
    """The places from `low` to `high` that lie within a title."""
    within = (range(max(low, match.start() + 1), min(high + 1, match.end())) for match in TITLES.finditer(text, max(0, low - 100)))
    return frozenset(i for places in within for i in places)

"""Results and goals told in words: 切实提高了政策知晓率, 救助规模不低于上年.

Praise is no result: a name told this way counts where the report's own table has an indicator much like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hedui.claims.indicators.labels import Range
from hedui.claims.indicators.openings import MADE, TIME
from hedui.claims.indicators.patterns import CHANGED, KEPT, SAID

__all__ = ["Worded", "alike", "worded"]

ALIKE, SAME = 0.5, 0.8
MARK = re.compile(r"、|以及|[和及与]")
OPENS = re.compile(rf"(?:[一二三四五六七八九十]是|[①-⑳]|{TIME})")


class Worded(NamedTuple):
    """A name and what is said of it in words."""

    name: Range
    how: Range


def bigrams(name: str) -> frozenset[str]:
    return frozenset(name[i:i + 2] for i in range(len(name) - 1))


def alike(name: str, other: str) -> float:
    """Dice coefficient of the bigrams of two names (Dice 1945), 1 where one holds the other whole."""
    a, b = bigrams(name), bigrams(other)
    if not a or not b:
        return 0.0
    return 1.0 if name in other or other in name else 2 * len(a & b) / (len(a) + len(b))


def worded(text: str, lo: int, hi: int, known: frozenset[str]) -> Iterator[Worded]:
    """The names in `text[lo:hi]` that something is said of in words, each like one of `known`."""
    found: list[Range] = []
    for match in SAID.finditer(text, lo, hi):
        for place in listed(text, *match.span("name"), known):
            found.append(place)
            yield Worded(place, match.span("how"))
    for pattern in (CHANGED, KEPT):
        for match in pattern.finditer(text, lo, hi):
            name = match["name"]
            if any(low < match.end("name") and match.start("name") < high for low, high in found):
                continue
            if any(alike(name, other) >= ALIKE for other in known):
                yield Worded(match.span("name"), match.span("how"))


def listed(text: str, start: int, end: int, known: frozenset[str]) -> list[Range]:
    """Where each name of a list (甲、乙和丙) stands, each one of `known` or much like it; none where one is neither."""
    at = start
    for pattern in (OPENS, MADE):
        match = pattern.match(text[at:end])
        at += match.end() if match else 0
    names, begun = [], at
    for mark in [*MARK.finditer(text, at, end), None]:
        until = mark.start() if mark else end
        if any(alike_whole(text[begun:until], name) for name in known):
            names.append((begun, until))
            begun = mark.end() if mark else end
    return names if begun == end else []


def alike_whole(name: str, other: str) -> bool:
    """Whether two names are one: most of their bigrams are shared, or one only adds to the other's front or end."""
    a, b = bigrams(name), bigrams(other)
    return bool(a and b) and 2 * len(a & b) / (len(a) + len(b)) >= SAME

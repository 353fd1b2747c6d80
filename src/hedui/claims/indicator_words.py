"""Results and goals told in words: 切实提高了政策知晓率, 救助规模不低于上年.

Praise is no result: a name told this way counts where the report's own table has an indicator much like it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hedui.claims.indicator_labels import Range
from hedui.claims.indicator_patterns import CHANGED, KEPT

__all__ = ["Worded", "alike", "worded"]

ALIKE = 0.5


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
    for pattern in (CHANGED, KEPT):
        for match in pattern.finditer(text, lo, hi):
            name = match["name"]
            if any(alike(name, other) >= ALIKE for other in known):
                yield Worded(match.span("name"), match.span("how"))

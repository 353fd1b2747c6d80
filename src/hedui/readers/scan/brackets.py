"""The characters of a line and where they stand -> the same with brackets as wide as they are printed.

A full-width bracket （ and a half-width one ( look the same to the recogniser; how far apart their neighbours stand tells
them apart. Nothing but the width of brackets is settled here.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["with_true_brackets"]

WIDE = {"(": "（", ")": "）"}
NARROW = {wide: narrow for narrow, wide in WIDE.items()}
BRACKETS = WIDE.keys() | NARROW.keys()
# in letter sizes: half of what a neighbour takes, by its kind; and from where on a bracket is wide, until where narrow
HALF_CJK, HALF_LATIN = 0.5, 0.28
WIDE_FROM, NARROW_TO = 0.72, 0.55


def half(char: str) -> float | None:
    """Half the width of a letter that stands evenly in its place; None for marks, which do not."""
    if "\u2e80" <= char <= "\u9fff":
        return HALF_CJK if char.isalnum() else None
    return HALF_LATIN if char.isascii() and char.isalnum() else None


def is_wide(text: str, middles: Sequence[float], at: int, size: float) -> bool | None:
    """Whether the bracket at `at` takes a whole square; None where its neighbours do not tell."""
    if not 0 < at < len(text) - 1:
        return None
    before, after = half(text[at - 1]), half(text[at + 1])
    if before is None or after is None:
        return None
    own = (middles[at + 1] - middles[at - 1]) / size - before - after
    return True if own >= WIDE_FROM else False if own <= NARROW_TO else None


def partners(text: str) -> dict[int, int]:
    """For each bracket of a pair, the place of the other."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for at, char in enumerate(text):
        if char in "(（":
            opened.append(at)
        elif char in ")）" and opened:
            other = opened.pop()
            pairs |= {at: other, other: at}
    return pairs


def with_true_brackets(text: str, middles: Sequence[float], size: float) -> str:
    """`text` with each bracket wide or narrow by its place; where that is not told, like its partner; else as read.

    >>> with_true_brackets("中（万)元", [5, 14, 25, 36, 45], 10)
    '中（万）元'
    """
    told = {at: is_wide(text, middles, at, size) for at, char in enumerate(text) if char in BRACKETS}
    pairs = partners(text)
    chars = list(text)
    for at in told:
        wide = told[at]
        if wide is None:
            wide = told.get(pairs.get(at, -1))
        if wide is None and pairs.get(at) is not None:
            wide = text[at] in NARROW or text[pairs[at]] in NARROW
        if wide is not None:
            chars[at] = WIDE.get(text[at], text[at]) if wide else NARROW.get(text[at], text[at])
    return "".join(chars)

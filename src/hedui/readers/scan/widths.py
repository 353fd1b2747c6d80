"""The characters of a line and where they stand -> the same with marks as wide as they are printed.

A full-width mark （ ， ： and a half-width one ( , : look the same to the recogniser; how far apart their neighbours stand
tells them apart. Where it does not, a bracket is like its partner, else like most on the page; a mark at the end of a line
is like most on the page; any other stays as read. Nothing but the width of marks is settled here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["BRACKETS", "STOPS", "WIDE", "Placed", "usual_width", "with_true_widths"]

WIDE = dict(zip("(),:;?!", "（），：；？！", strict=True))
NARROW = {wide: narrow for narrow, wide in WIDE.items()}
BRACKETS = frozenset("()（）")
STOPS = frozenset(",:;?!，：；？！")
# in letter sizes, from the middle of a neighbour's ink to its rim on the mark's side
HALF_CJK, HALF_LATIN, HALF_PERCENT, NEAR_RIM, FAR_RIM = 0.5, 0.28, 0.42, 0.22, 0.75
# marks whose ink stands in the left half of their square, and in the right half
LEFT_MARKS, RIGHT_MARKS = "，。、；：！？》〉”’】〕」", "《〈“‘【〔「"
# from where on a mark is wide, until where narrow, in letter sizes
WIDE_FROM, NARROW_TO = 0.72, 0.55


class Placed(NamedTuple):
    """A line with the middle of each character's ink and the size of its letters, in one unit."""

    text: str
    middles: Sequence[float]
    size: float


def rim(char: str, *, before: bool) -> tuple[float, bool] | None:
    """How far the rim of a neighbour is from its middle, and whether that is sure (marks may be set closer); None for
    what does not stand evenly."""
    if "\u4e00" <= char <= "\u9fff":
        return HALF_CJK, True
    if char == "%":
        return HALF_PERCENT, True
    if char.isascii() and char.isalnum():
        return HALF_LATIN, True
    if char in LEFT_MARKS:
        return (FAR_RIM if before else NEAR_RIM), False
    if char in RIGHT_MARKS:
        return (NEAR_RIM if before else FAR_RIM), False
    return None


def is_wide(line: Placed, at: int) -> bool | None:
    """Whether the mark at `at` takes a whole square; None where its neighbours do not tell."""
    if not 0 < at < len(line.text) - 1:
        return None
    before, after = rim(line.text[at - 1], before=True), rim(line.text[at + 1], before=False)
    if before is None or after is None:
        return None
    own = (line.middles[at + 1] - line.middles[at - 1]) / line.size - before[0] - after[0]
    if own >= WIDE_FROM:
        return True
    return False if own <= NARROW_TO and before[1] and after[1] else None


def told(line: Placed) -> dict[int, bool | None]:
    """For each mark of the line whether its place says that it is wide."""
    return {at: is_wide(line, at) for at, char in enumerate(line.text) if char in WIDE or char in NARROW}


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


def usual_width(lines: Sequence[Placed], marks: frozenset[str]) -> bool | None:
    """Whether those of `marks` whose place tells their width are mostly wide; None if none does or both are as many."""
    wide = [one for line in lines for at, one in told(line).items() if one is not None and line.text[at] in marks]
    return None if 2 * sum(wide) == len(wide) else 2 * sum(wide) > len(wide)


def with_true_widths(line: Placed, *, brackets: bool | None = None, stops: bool | None = None) -> str:
    """The text of the line with each mark wide or narrow by its place; where that does not tell, a bracket is as its
    partner or as most `brackets` are, a mark that ends the line after a Chinese letter as most `stops` are.

    >>> with_true_widths(Placed("中（万)元", [5, 14, 25, 36, 45], 10))
    '中（万）元'
    """
    places, pairs, chars = told(line), partners(line.text), list(line.text)
    for at, wide in places.items():
        if wide is None and chars[at] in BRACKETS:
            other = places.get(pairs.get(at, -1))
            wide = brackets if other is None else other
        elif wide is None and 0 < at == len(chars) - 1 and "\u4e00" <= chars[at - 1] <= "\u9fff":
            wide = stops
        if wide is not None:
            chars[at] = WIDE.get(chars[at], chars[at]) if wide else NARROW.get(chars[at], chars[at])
    return "".join(chars)

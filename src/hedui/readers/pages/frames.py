"""Lines of all pages -> the margins between which they are set, for every size of page and column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hedui.readers.pages.lines import print_units
from hedui.readers.pages.order import Placed

__all__ = ["Frame", "Key", "frames_of", "key_of", "letters"]

Key = tuple[int, ...]

# lines end together within so many letters; so many of them (and such a share) tell a margin, and so many also one that is
# far from the page's edge
TOGETHER, FEW, SHARE, MANY = 0.8, 2, 0.03, 4
# a margin on the right is as wide as that on the left, or so much wider, in letters
UNEVEN = 3.0
# lines of fewer letters than these tell nothing of margins
SHORT = 12
INDENTS = 0.8, 5.0
USUAL_PITCH = 2.4
CLEARLY_SHORT, FLUSH = 7.0, 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The margins of lines in points, whether paragraphs open with an indent (`strict` where none begins without), and how
    far one line stands below another in heights of its letters (`pitch`)."""

    left: float
    right: float
    indented: bool
    strict: bool
    pitch: float

    @property
    def width(self) -> float:
        return self.right - self.left


def key_of(item: Placed) -> Key:
    """Lines of one key share their margins: those of one size of page and column, of one page where it was scanned."""
    return (*item.frame, item.page) if item.scanned else item.frame


def edge_of(values: Sequence[float], em: float, *, low: bool) -> float | None:
    """The outermost value that some others stand near to, None where each stands alone."""
    ordered = sorted(values)
    for value in ordered if low else reversed(ordered):
        near = bisect_right(ordered, value + TOGETHER * em) - bisect_left(ordered, value - TOGETHER * em)
        if near >= max(FEW, SHARE * len(ordered)):
            return value
    return None


def frame_of(items: Sequence[Placed]) -> Frame:
    """The margins of lines that share them."""
    em = median(item.line.em for item in items)
    left = edge_of([item.line.x0 for item in items], em, low=True)
    left = min(item.line.x0 for item in items) if left is None else left
    right = right_of(items, left, em)
    inward = indented(items, left, right)
    return Frame(left=left, right=right, indented=inward, strict=inward and strict(items, left, right), pitch=pitch_of(items, right))


def right_of(items: Sequence[Placed], left: float, em: float) -> float:
    """The right margin: where the longest lines end, unless they are few and end far short of where it must be."""
    width, column = items[0].frame[0], items[0].frame[2]
    long = [item.line.x1 for item in items if print_units(item.line.text) >= SHORT]
    found = edge_of(long, em, low=False)
    farthest = max((item.line.x1 for item in items), default=left)
    if found is None:
        found = farthest
    if column:
        return found
    even = width - left
    near = sum(abs(found - x) <= TOGETHER * em for x in long)
    return found if near >= MANY or found >= even - UNEVEN * em else max(found, even)


def indented(items: Sequence[Placed], left: float, right: float) -> bool:
    """Whether paragraphs open with an indent: lines that start further in and reach the right margin, more than a few."""
    full = [item for item in items if right - item.line.x1 < 2 * item.line.em]
    inward = sum(INDENTS[0] < (item.line.x0 - left) / item.line.em < INDENTS[1] for item in full)
    return inward >= 1 and inward >= 0.05 * len(full)


def strict(items: Sequence[Placed], left: float, right: float) -> bool:
    """Whether lines below a clearly short one never start at the left margin, but for a few."""
    below = [(b.line.x0 - left) / b.line.em for a, b in pairwise(items) if (right - a.line.x1) / a.line.em > CLEARLY_SHORT]
    return sum(x < INDENTS[0] for x in below) <= FLUSH * len(below)


def letters(item: Placed) -> float:
    """The height of a line's letters; their width where they were recognised, which wavers less."""
    return max(item.line.em if item.scanned else item.line.size, 0.1)


def pitch_of(items: Sequence[Placed], right: float) -> float:
    """How far apart a full line and the next one usually stand, in heights of letters."""
    steps = [(below.line.middle - above.line.middle) / letters(above) for above, below in pairwise(items)
             if above.page == below.page and above.column == below.column and right - above.line.x1 < 2 * above.line.em
             and below.line.middle > above.line.middle]
    return median(steps) if steps else USUAL_PITCH


def frames_of(items: Sequence[Placed]) -> dict[Key, Frame]:
    """The margins of every group of lines that share them."""
    groups: dict[Key, list[Placed]] = defaultdict(list)
    for item in items:
        groups[key_of(item)].append(item)
    return {key: frame_of(held) for key, held in groups.items()}

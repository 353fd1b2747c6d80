"""The ruled lines of a page, in pieces -> strokes, and the groups of strokes that hang together.

Lines of a scan have gaps, tremble by a point or two and run past their corners; lines of a PDF may be drawn cell by cell
or twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hedui.readers.pages.page import Rule, Run

__all__ = ["SAME_LINE", "SHORTEST", "TOUCH", "UNDERLINE", "Stroke", "banded", "meshes", "middle", "share", "strokes", "underlines"]

# points: positions that far apart are one line; the least row is some 8 pt high, the least column 10 pt wide
SAME_LINE = 4.4
NEXT_PIECE = 1.6
# a gap in a line that is no end of it
GAP = 2.5
TOUCH = 4.0
SHORTEST = 5.0
UNDERLINE = 2.0
# pieces of one line that wear has parted are no further apart
WORN = 12.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Stroke:
    """A line put together from its pieces: `at` is its x where upright, its y where level; it runs `start` to `end`."""

    at: float
    start: float
    end: float


def banded(strokes: Iterable[Stroke], near: float) -> list[list[Stroke]]:
    """Strokes in groups of nearly one position: within `near` of the next and `SAME_LINE` of the first."""
    bands: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if bands and stroke.at - bands[-1][-1].at <= near and stroke.at - bands[-1][0].at <= SAME_LINE:
            bands[-1].append(stroke)
        else:
            bands.append([stroke])
    return bands


def middle(band: Sequence[Stroke]) -> float:
    """The position of a group of strokes, longer ones counting more."""
    weight = sum(stroke.end - stroke.start + 0.01 for stroke in band)
    return sum(stroke.at * (stroke.end - stroke.start + 0.01) for stroke in band) / weight


def whole(band: Sequence[Stroke]) -> list[Stroke]:
    """The pieces of one line put together over small gaps."""
    groups: list[list[Stroke]] = []
    end = 0.0
    for piece in sorted(band, key=lambda stroke: stroke.start):
        if groups and piece.start <= end + GAP:
            groups[-1].append(piece)
            end = max(end, piece.end)
        else:
            groups.append([piece])
            end = piece.end
    return [Stroke(at=middle(group), start=group[0].start, end=max(piece.end for piece in group)) for group in groups]


def strokes(rules: Iterable[Rule], *, level: bool) -> list[Stroke]:
    """The level (or upright) lines that `rules` are pieces of, from top to bottom (or left to right).

    >>> strokes([Rule(x0=0, y0=9, x1=50, y1=9), Rule(x0=52, y0=10, x1=90, y1=10)], level=True)[0].end
    90
    """
    pieces = [Stroke(at=rule.y0, start=rule.x0, end=rule.x1) if level else Stroke(at=rule.x0, start=rule.y0, end=rule.y1)
              for rule in rules if rule.level is level]
    joined = {stroke for band in banded(pieces, NEXT_PIECE) for stroke in whole(band)}
    return sorted((stroke for stroke in joined if stroke.end - stroke.start >= SHORTEST), key=lambda stroke: stroke.at)


def underlines(levels: Sequence[Stroke], runs: Sequence[Run]) -> set[Stroke]:
    """Those of `levels` that are drawn under or through the words of a run and end with them, no piece of a longer line."""
    bands = [sorted(band, key=lambda stroke: stroke.start) for band in banded(levels, SAME_LINE)]
    ordered = [stroke for band in bands for before, stroke, after in zip([None, *band], band, [*band[1:], None], strict=False)
               if (before is None or stroke.start - before.end > WORN) and (after is None or after.start - stroke.end > WORN)]
    ats = [stroke.at for stroke in ordered]
    found = set()
    for run in runs:
        high = run.y1 - run.y0
        for stroke in ordered[bisect_left(ats, run.y0 + high * 0.3):bisect_right(ats, run.y1 + high * 0.3)]:
            if stroke.start >= run.x0 - UNDERLINE and stroke.end <= run.x1 + UNDERLINE:
                found.add(stroke)
    return found


def meets(level: Stroke, upright: Stroke) -> bool:
    return (level.start - TOUCH <= upright.at <= level.end + TOUCH
            and upright.start - TOUCH <= level.at <= upright.end + TOUCH)


def on_line(piece: Stroke, lines: Sequence[Stroke], across: Sequence[Stroke]) -> bool:
    """Whether a loose piece goes on one of `lines` between the outermost of those across."""
    ats = [stroke.at for stroke in across]
    return (any(abs(piece.at - line.at) <= SAME_LINE / 2 for line in lines)
            and min(ats) - TOUCH <= piece.start and piece.end <= max(ats) + TOUCH)


def meshes(levels: Sequence[Stroke], uprights: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Levels and uprights in groups that hang together, with the loose pieces on their lines; other pieces are in none."""
    parents = list(range(len(levels) + len(uprights)))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    number = {stroke: i for i, stroke in enumerate(levels)}
    for band in banded(levels, SAME_LINE):
        for before, after in pairwise(sorted(band, key=lambda stroke: stroke.start)):
            if after.start - before.end <= WORN:
                parents[root(number[after])] = root(number[before])
    ats = [stroke.at for stroke in levels]
    for i, upright in enumerate(uprights, start=len(levels)):
        for k in range(bisect_left(ats, upright.start - TOUCH), bisect_right(ats, upright.end + TOUCH)):
            if meets(levels[k], upright):
                parents[root(i)] = root(k)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate((*levels, *uprights)):
        groups.setdefault(root(i), ([], []))[i >= len(levels)].append(stroke)
    found = [group for group in groups.values() if group[0] and group[1]]
    for loose in [group for group in groups.values() if not (group[0] and group[1])]:
        for lines, across in found:
            lines += [piece for piece in loose[0] if on_line(piece, lines, across)]
            across += [piece for piece in loose[1] if on_line(piece, across, lines)]
    return found


def share(band: Sequence[Stroke], start: float, end: float) -> float:
    """How much of `start` to `end` the strokes of an edge cover, the corners left out."""
    inset = min((end - start) * 0.15, SAME_LINE)
    start, end = start + inset, end - inset
    pieces = sorted((max(stroke.start, start), min(stroke.end, end)) for stroke in band
                    if stroke.start < end and stroke.end > start)
    total, reached = 0.0, start
    for first, last in pieces:
        total += max(last - max(first, reached), 0.0)
        reached = max(reached, last)
    return total / (end - start)

"""The ink of an upright page -> its ruled lines in pixels: long ones, and short ones that hold on to others at both ends.

Strokes of letters are straight too. What tells a rule from them is its length or, where it is short, that both its ends
stand on rules across it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Ruling", "erased", "ruled"]

Ink = NDArray[np.uint8]
Stroke = tuple[float, float, float]

# all in inches. A level piece of less is a stroke of a letter; rows may be lower than columns are narrow
LEAST_LEVEL, LEAST_UPRIGHT = 0.28, 0.13
# from here on a rule needs no other to hold on to
LONG_LEVEL, LONG_UPRIGHT = 1.0, 0.6
# what is worn away between two pieces of one rule; how far they may be off its level; how thick a rule may be
GAP, LEVEL, THICK = 0.12, 0.025, 0.06
# of a rule at least so much is there
WHOLE = 0.9
# beside a rule is paper, beside the stroke of a letter are other strokes: where to look, and how much ink may be there
BESIDE = (0.013, 0.035)
CROWDED_LEVEL, CROWDED_UPRIGHT, CROWDED_SHORT = 0.6, 0.5, 0.22
# an end this close to a rule across stands on it; an end this close is drawn to it
TOUCH, SNAP = 0.015, 0.05
# a stretch is a rule if nearly all is there, or half is with nothing beside it
ALL, WORN, ALONE = 0.75, 0.55, 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """Ruled lines in pixels: `level` as (y, x0, x1) and `upright` as (x, y0, y1), in order."""

    level: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]


def pieces(ink: Ink, dpi: float, least: float) -> list[Stroke]:
    """Straight level pieces of at least `least` inches; breaks of a pixel or two and steps of one are nothing."""
    long = max(9, int(least * dpi))
    whole = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 1), np.uint8)), cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    opened = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    _, _, stats, centres = cv2.connectedComponentsWithStats(opened)
    return [(float(centre[1]) + 0.5, float(x), float(x + width))
            for (x, _, width, height, area), centre in zip(stats[1:], centres[1:], strict=True)
            if area / width - 2 <= max(4, THICK * dpi) and height < width]


def merged(found: list[Stroke], dpi: float) -> list[Stroke]:
    """Pieces of one level with small gaps between them made one rule, if that leaves it whole enough."""
    done: list[tuple[float, float, float, float]] = []
    rules: list[tuple[float, float, float, float]] = []
    for y, x0, x1 in sorted(found, key=lambda piece: piece[1]):
        done += [rule for rule in rules if x0 - rule[2] > GAP * dpi]
        rules = [rule for rule in rules if x0 - rule[2] <= GAP * dpi]
        near = [at for at, (level, start, end, there) in enumerate(rules) if abs(level - y) <= max(2, LEVEL * dpi)
                and there + x1 - max(x0, end) >= WHOLE * (max(x1, end) - start)]
        adds = x1 - x0
        if near:
            at = min(near, key=lambda one: abs(rules[one][0] - y))
            level, start, end, there = rules[at]
            rules[at] = ((level * there + y * adds) / (there + adds), start, max(end, x1),
                         there + max(0.0, x1 - max(x0, end)))
        else:
            rules.append((y, x0, x1, adds))
    return [(y, x0, x1) for y, x0, x1, _ in (*done, *rules)]


def crowded(ink: Ink, stroke: Stroke, dpi: float) -> float:
    """The part of a level stroke above or below which, close by, there is ink; its very ends are not looked at."""
    level, start, end = stroke
    near, far = (max(2, round(inch * dpi)) for inch in BESIDE)
    y, rim = int(level), far + 1
    x0, x1 = int(start) + rim, int(end) - rim
    if x1 <= x0:
        return 0.0
    above, below = ink[max(0, y - far):max(0, y - near + 1), x0:x1], ink[y + near:y + far + 1, x0:x1]
    return float((above.any(axis=0) | below.any(axis=0)).mean())


def bare(ink: Ink, strokes: list[Stroke], dpi: float, long: float, most: float) -> list[Stroke]:
    """The strokes that paper is beside: at most `most` of it inked along long ones, less along short ones."""
    return [one for one in strokes if crowded(ink, one, dpi) <= (
        most if one[2] - one[1] >= long * dpi else CROWDED_SHORT)]


def stands(end: float, level: float, across: list[Stroke], reach: float) -> float | None:
    """Where the rule across is that a rule of this `level` ends on, within `reach`; None if there is none."""
    near = [place for place, start, stop in across
            if abs(place - end) <= reach and start - reach <= level <= stop + reach]
    return min(near, key=lambda place: abs(place - end), default=None)


def held(strokes: list[Stroke], kept: list[Stroke], across: list[Stroke], reach: float) -> list[Stroke]:
    """Those of `strokes` not kept yet that stand on kept rules across at both ends."""
    return [one for one in strokes if one not in kept and stands(one[1], one[0], across, reach) is not None
            and stands(one[2], one[0], across, reach) is not None]


def snapped(stroke: Stroke, across: list[Stroke], reach: float) -> Stroke:
    level, start, end = stroke
    first, last = stands(start, level, across, reach), stands(end, level, across, reach)
    return level, start if first is None else first, end if last is None else last


def is_rule(ink: Ink, stroke: Stroke, dpi: float) -> bool:
    """Whether a stretch between two rules across is a rule, be it worn, and no row of letters."""
    level, start, end = stroke
    y, low, high = int(level), int(start) + 2, int(end) - 1
    if high <= low:
        return True
    there = float(ink[max(0, y - 1):y + 2, low:high].any(axis=0).mean())
    beside = crowded(ink, stroke, dpi)
    return (there >= ALL and beside <= CROWDED_UPRIGHT) or (there >= WORN and beside <= ALONE)


def pruned(strokes: list[Stroke], across: list[Stroke], ink: Ink, dpi: float) -> list[Stroke]:
    """Rules without the stretches that are letters: a column's rule that runs on into the strokes of a merged cell."""
    kept: list[Stroke] = []
    for level, start, end in strokes:
        stops = sorted({start, end, *(place for place, low, high in across
                                      if start < place < end and low <= level <= high)})
        parts: list[tuple[float, float]] = []
        for a, b in pairwise(stops):
            if is_rule(ink, (level, a, b), dpi):
                parts = [*parts[:-1], (parts[-1][0], b)] if parts and parts[-1][1] == a else [*parts, (a, b)]
        kept += [(level, a, b) for a, b in parts if b - a > SNAP * dpi]
    return kept


def grown(strokes: list[Stroke], across: list[Stroke], ink: Ink, dpi: float) -> list[Stroke]:
    """Rules lengthened to the next rule across, and the next, while enough of them is still to be seen."""
    longer = []
    for level, start, end in strokes:
        met = sorted(place for place, low, high in across if low - SNAP * dpi <= level <= high + SNAP * dpi)
        for place in (one for one in met if one > end + SNAP * dpi):
            if not is_rule(ink, (level, end, place), dpi):
                break
            end = place
        for place in (one for one in reversed(met) if one < start - SNAP * dpi):
            if not is_rule(ink, (level, place, start), dpi):
                break
            start = place
        longer.append((level, start, end))
    return merged(longer, dpi)


def candidates(ink: Ink, dpi: float, least: float) -> list[Stroke]:
    """Pieces made whole, and as they are: the stroke of a letter behind a rule makes too long a rule of both."""
    found = pieces(ink, dpi, least)
    return list(dict.fromkeys([*merged(found, dpi), *found]))


def ruled(ink: Ink, dpi: float) -> Ruling:
    """The ruled lines of a page whose ink is 1 where it is dark."""
    aside = np.ascontiguousarray(ink.T)
    all_level = bare(ink, candidates(ink, dpi, LEAST_LEVEL), dpi, LONG_LEVEL, CROWDED_LEVEL)
    all_upright = bare(aside, candidates(aside, dpi, LEAST_UPRIGHT), dpi, LONG_UPRIGHT, CROWDED_UPRIGHT)
    level = [one for one in all_level if one[2] - one[1] >= LONG_LEVEL * dpi]
    upright = [one for one in all_upright if one[2] - one[1] >= LONG_UPRIGHT * dpi]
    while True:
        more_level = held(all_level, level, upright, TOUCH * dpi)
        more_upright = held(all_upright, upright, level, TOUCH * dpi)
        if not more_level and not more_upright:
            break
        level += more_level
        upright += more_upright
    upright = pruned(upright, level, aside, dpi)
    level = grown(level, upright, ink, dpi)
    upright = grown(upright, level, aside, dpi)
    return Ruling(level=tuple(sorted(snapped(one, upright, SNAP * dpi) for one in level)),
                  upright=tuple(sorted(snapped(one, level, SNAP * dpi) for one in upright)))


def drawn(ruling: Ruling, shape: tuple[int, ...], thick: int) -> Ink:
    """1 where the rules run, in a picture of `shape`."""
    mask = np.zeros(shape[:2], np.uint8)
    for y, x0, x1 in ruling.level:
        cv2.line(mask, (round(x0), int(y)), (round(x1), int(y)), 1, thick)
    for x, y0, y1 in ruling.upright:
        cv2.line(mask, (int(x), round(y0)), (int(x), round(y1)), 1, thick)
    return mask


def erased(grey: NDArray[np.uint8], ruling: Ruling, dpi: float) -> NDArray[np.uint8]:
    """The page without its rules."""
    page = grey.copy()
    page[drawn(ruling, grey.shape, 2 * round(0.012 * dpi) + 1) > 0] = 255
    return page

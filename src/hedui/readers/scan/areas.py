"""Boxes of text found on a page, its ink and its rules -> the areas to read: cut at rules, with the ink that was missed.

The detector overlooks what is small and alone: a dash or digit in a cell, a stop at the end of a line. Ink that no box
covers is joined to the line it stands in, or read as a line of its own.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from hedui.readers.scan.rules import Ruling

__all__ = ["Area", "areas_of", "completed", "cut_at_rules", "trimmed"]

Ink = NDArray[np.uint8]
Area = tuple[int, int, int, int]

# in inches: less ink than this square is dust; ink this far apart makes one word
DUST, WORD = 0.023, 0.1
# ink this near to the rim of the sheet is its shadow, in inches
RIM = 0.25
# in heights of a line: ink this near belongs to it; a word alone is at least so high, or wide, and at most so high
NEAR, LOW, WIDE, HIGH = 0.6, 0.3, 0.15, 1.6
# a strip of a box beyond a rule, in its heights, that is but the margin the detector adds
MARGIN = 0.25
# the height of a line of print, in inches, on a page where none was found
LINE = 0.2


def areas_of(boxes: NDArray[np.float32], shape: tuple[int, ...]) -> list[Area]:
    """The upright rectangles (x0, y0, x1, y1 in pixels) around boxes (n, 4, 2), inside the page."""
    height, width = shape[:2]
    low, high = np.floor(boxes.min(axis=1)).astype(int), np.ceil(boxes.max(axis=1)).astype(int)
    areas = [(max(0, int(a)), max(0, int(b)), min(width, int(c)), min(height, int(d)))
             for (a, b), (c, d) in zip(low, high, strict=True)]
    return [area for area in areas if area[2] > area[0] and area[3] > area[1]]


def trimmed(ink: Ink, area: Area) -> Area:
    """`area` without the rows and columns at its rim that hold no ink; as it is where there is none at all."""
    x0, y0, x1, y1 = area
    inside = ink[y0:y1, x0:x1]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return area
    return x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1


def kept_parts(start: int, end: int, cuts: list[int], least: float) -> list[tuple[int, int]]:
    """The parts of a stretch between cuts, without parts shorter than `least` at its ends."""
    stops = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    parts = list(pairwise(stops))
    while len(parts) > 1 and parts[0][1] - parts[0][0] < least:
        parts.pop(0)
    while len(parts) > 1 and parts[-1][1] - parts[-1][0] < least:
        parts.pop()
    return parts


def cut_at_rules(areas: list[Area], ruling: Ruling, ink: Ink) -> list[Area]:
    """The areas cut where a rule crosses them; parts without ink are dropped."""
    parts = []
    for x0, y0, x1, y1 in areas:
        margin = MARGIN * (y1 - y0)
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        across = [round(y) for y, start, end in ruling.level if start <= middle_x <= end]
        down = [round(x) for x, start, end in ruling.upright if start <= middle_y <= end]
        parts += [(a, c, b, d) for a, b in kept_parts(x0, x1, down, margin) for c, d in kept_parts(y0, y1, across, margin)]
    return [(a, c, b, d) for a, c, b, d in parts if ink[c:d, a:b].any()]


def missed(ink: Ink, areas: list[Area], dpi: float) -> list[Area]:
    """Ink outside all areas, without dust, as boxes of words."""
    rest = ink.copy()
    for x0, y0, x1, y1 in areas:
        rest[y0:y1, x0:x1] = 0
    if not rest.any():
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rest)
    dust = stats[:, cv2.CC_STAT_AREA] < (DUST * dpi) ** 2
    dust[0] = True
    if count < 2 or dust.all():
        return []
    kept = np.asarray(~dust[labels], np.uint8)
    joined = cv2.dilate(kept, np.ones((3, int(WORD * dpi)), np.uint8))
    boxes = cv2.connectedComponentsWithStats(joined)[2][1:].tolist()
    return [trimmed(kept, (x, y, x + width, y + height)) for x, y, width, height, _ in boxes]


def parted(a: float, b: float, y: float, ruling: Ruling) -> bool:
    """Whether an upright rule stands between two places on one level."""
    return any(min(a, b) <= x <= max(a, b) and start <= y <= end for x, start, end in ruling.upright)


def line_beside(word: Area, areas: list[Area], ruling: Ruling) -> int | None:
    """The index of the area whose line goes on in `word`."""
    x0, y0, x1, y1 = word
    middle = (y0 + y1) / 2
    found: list[tuple[float, int]] = []
    for at, (left, top, right, bottom) in enumerate(areas):
        gap = max(x0 - right, left - x1)
        inside = top <= middle <= bottom and y1 - y0 <= 1.2 * (bottom - top)
        if inside and gap <= NEAR * (bottom - top) and not parted((x0 + x1) / 2, (left + right) / 2, middle, ruling):
            found.append((gap, at))
    return min(found)[1] if found else None


def completed(areas: list[Area], ink: Ink, ruling: Ruling, dpi: float) -> tuple[list[Area], list[Area]]:
    """The areas widened to the ink beside them, and the words that stand alone, each as high as a line."""
    height = float(np.median([area[3] - area[1] for area in areas])) if areas else LINE * dpi
    areas, alone = list(areas), []
    high, wide, rim = *ink.shape, RIM * dpi
    for word in missed(ink, areas, dpi):
        x0, y0, x1, y1 = word
        beside = line_beside(word, areas, ruling)
        if beside is not None:
            left, top, right, bottom = areas[beside]
            areas[beside] = (max(0, min(left, x0 - 2)), min(top, y0), min(wide, max(right, x1 + 2)), max(bottom, y1))
        elif x1 < rim or x0 > wide - rim or y1 < rim or y0 > high - rim:
            continue
        elif y1 - y0 <= HIGH * height and (y1 - y0 >= LOW * height or x1 - x0 >= WIDE * height):
            more = max(2, round((height - (y1 - y0)) / 2))
            alone.append((max(0, x0 - more), max(0, y0 - more), min(wide, x1 + more),
                          min(high, y1 + more)))
    return areas, cut_at_rules(alone, ruling, ink)

"""The ink of an upright page -> its ruled lines, as pixels and as straightened rules."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Ruling", "ruled"]

Ink = NDArray[np.uint8]

# in inches: a shorter straight piece is a stroke of a letter, a gap up to this is worn away, a thicker bar is no rule
LEAST = 0.28
GAP = 0.06
THICK = 0.06
# pieces of one rule lie this close to one level
LEVEL = 0.03


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """Ruled lines in pixels: `level` as (y, x0, x1) and `upright` as (x, y0, y1)."""

    level: tuple[tuple[float, float, float], ...]
    upright: tuple[tuple[float, float, float], ...]


def pieces(ink: Ink, dpi: float) -> list[tuple[float, float, float, float]]:
    """Straight level pieces as (y, x0, x1, thickness): opened by a long thin mask after closing small gaps."""
    long, gap = max(9, int(LEAST * dpi)), max(2, int(GAP * dpi))
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(5, long // 3)), np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(opened)
    return [(float(centres[i][1]) + 0.5, float(x), float(x + w), float(h) - 2)
            for i in range(1, count) for x, _, w, h, _ in (stats[i],) if h - 2 <= max(4, THICK * dpi)]


def merged(found: list[tuple[float, float, float, float]], dpi: float) -> list[tuple[float, float, float]]:
    """Pieces of one level with small gaps between them made one rule."""
    rules: list[list[float]] = []
    for y, x0, x1, _ in sorted(found, key=lambda piece: piece[1]):
        near = [rule for rule in rules if abs(rule[0] - y) <= max(2, LEVEL * dpi) and x0 - rule[2] <= 2 * GAP * dpi]
        if near:
            rule = min(near, key=lambda one: abs(one[0] - y))
            was, adds = rule[2] - rule[1], x1 - x0
            rule[0] = (rule[0] * was + y * adds) / (was + adds)
            rule[2] = max(rule[2], x1)
        else:
            rules.append([y, x0, x1])
    return [(y, x0, x1) for y, x0, x1 in rules]


def ruled(ink: Ink, dpi: float) -> Ruling:
    level = merged(pieces(ink, dpi), dpi)
    upright = merged(pieces(np.ascontiguousarray(ink.T), dpi), dpi)
    return Ruling(level=tuple(sorted(level)), upright=tuple(sorted(upright)))

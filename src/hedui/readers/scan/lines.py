"""What the engine read in a box and the ink of the page -> runs with the edge of every character, in points."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from hedui.readers.pages.page import Run
from hedui.readers.scan.areas import Area, trimmed
from hedui.readers.scan.brackets import with_true_brackets
from hedui.readers.scan.engine import Reading

__all__ = ["runs_of"]

Ink = NDArray[np.uint8]

POINTS = 72.0
# a gap of more than this many letter widths parts two runs
APART = 1.5
# share of the way from one character's middle to the next in which the edge between them is looked for
SEARCH = 0.3
# a CJK letter's ink is this share of its square; digits and capitals are lower still
CJK_INK, LATIN_INK = 0.92, 0.72


def is_cjk(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def edge_between(profile: NDArray[np.int64], left: float, right: float) -> float:
    """Where the ink between two middles is thinnest, nearest to halfway."""
    start, end = left + SEARCH * (right - left), right - SEARCH * (right - left)
    first, last = int(start), max(int(start) + 1, int(end + 1))
    columns = profile[first:last]
    if not len(columns):
        return (left + right) / 2
    thinnest = np.flatnonzero(columns == columns.min()) + first + 0.5
    return float(thinnest[np.argmin(abs(thinnest - (left + right) / 2))])


def edges_of(middles: list[float], profile: NDArray[np.int64]) -> list[float]:
    """The edges of characters whose middles are known, in pixels of the box; the outer ones where its ink ends."""
    inked = np.flatnonzero(profile)
    first, last = (float(inked[0]), float(inked[-1] + 1)) if len(inked) else (0.0, float(len(profile)))
    between = [edge_between(profile, a, b) for a, b in pairwise(middles)]
    return [min(first, middles[0]), *between, max(last, middles[-1])]


def letter_size(text: str, middles: list[float], height: float) -> float:
    """The size of the letters in pixels: how far neighbouring CJK letters stand apart, else by the height of the ink."""
    steps = [b - a for one, two, a, b in zip(text, text[1:], middles, middles[1:], strict=False)
             if is_cjk(one) and is_cjk(two)]
    by_height = height / (CJK_INK if any(map(is_cjk, text)) else LATIN_INK)
    return median(steps) if len(steps) > 2 else by_height


def parts_of(text: str, middles: list[float], size: float) -> list[tuple[int, int]]:
    """`text` cut where two characters stand further apart than letters of a line do."""
    cuts = [at + 1 for at, (a, b) in enumerate(pairwise(middles)) if b - a > (1 + APART) * size]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def runs_of(reading: Reading, area: Area, ink: Ink, dpi: float) -> list[Run]:
    """The runs of a line that was read in `area` (x0, y0, x1, y1 in pixels); spaces at the ends are dropped."""
    x0, y0, x1, y1 = area
    middles = [centre * (x1 - x0) for centre in reading.centres]
    _, top, _, bottom = trimmed(ink, area)
    size = letter_size(reading.text, middles, bottom - top)
    text = with_true_brackets(reading.text, middles, size)
    profile = ink[y0:y1, x0:x1].sum(axis=0, dtype=np.int64)
    scale = POINTS / dpi
    runs = []
    for start, end in parts_of(text, middles, size):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        low = int(max(0, middles[start] - size)) if start else 0
        high = int(middles[end - 1] + size) if end < len(middles) else len(profile)
        edges = edges_of([one - low for one in middles[start:end]], profile[low:high])
        placed = tuple(round((x0 + low + edge) * scale, 2) for edge in edges)
        runs.append(Run(text=text[start:end], x0=placed[0], y0=round(top * scale, 2), x1=placed[-1],
                        y1=round(bottom * scale, 2), size=round(size * scale, 2), edges=placed,
                        scores=bytes(round(100 * min(1.0, score)) for score in reading.scores[start:end])))
    return runs

"""What the engine read in areas of a page and the ink there -> runs with the edge of every character, in points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from hedui.readers.pages.page import Run
from hedui.readers.scan.areas import Area, trimmed
from hedui.readers.scan.choices import chosen
from hedui.readers.scan.engine import Reading
from hedui.readers.scan.widths import BRACKETS, STOPS, Placed, usual_width, with_true_widths

__all__ = ["runs_of"]

Ink = NDArray[np.uint8]
Profile = NDArray[np.int64]

POINTS = 72.0
# a gap of more than this many letter widths parts two runs
APART = 1.5
# share of the way from one character's middle to the next in which the edge between them is looked for
SEARCH = 0.3
# a CJK letter's ink is this share of its square; digits and capitals are lower still
CJK_INK, LATIN_INK = 0.92, 0.72
# a digit takes this share of its height, and two with a point between them stand at least so far apart; a point that
# takes no room may be dust, and is at most so certain
DIGIT, POINTED, DUSTY = 0.53, 0.64, 0.3
# ink higher than this, in letter sizes, is not of this line alone
HIGHEST = 1.3
# a size guessed from the height of the ink is that of so many lines nearest by, if it is about that
NEAREST, ABOUT = 7, (0.6, 2.0)


def is_cjk(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def edge_between(profile: Profile, left: float, right: float) -> float:
    """Where the ink between two middles is thinnest, nearest to halfway."""
    start, end = left + SEARCH * (right - left), right - SEARCH * (right - left)
    first, last = int(start), max(int(start) + 1, int(end + 1))
    columns = profile[first:last]
    if not len(columns):
        return (left + right) / 2
    thinnest = np.flatnonzero(columns == columns.min()) + first + 0.5
    return float(thinnest[np.argmin(abs(thinnest - (left + right) / 2))])


def edges_of(middles: Sequence[float], profile: Profile) -> list[float]:
    """The edges of characters whose middles are known, in pixels of the profile; the outer ones where its ink ends."""
    inked = np.flatnonzero(profile)
    first, last = (float(inked[0]), float(inked[-1] + 1)) if len(inked) else (0.0, float(len(profile)))
    between = [edge_between(profile, a, b) for a, b in pairwise(middles)]
    return [min(first, middles[0]), *between, max(last, middles[-1])]


def is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def steps_of(text: str, middles: Sequence[float], kind: Callable[[str], bool]) -> list[float]:
    """How far neighbouring letters of one kind stand apart; CJK letters by their size."""
    return [b - a for (one, two), (a, b) in zip(pairwise(text), pairwise(middles), strict=True)
            if kind(one) and kind(two)]


def guessed_size(text: str, middles: Sequence[float], height: float) -> float:
    """The size of letters without CJK steps: by the steps of digits, else by the height of the ink."""
    digits = steps_of(text, middles, is_digit)
    if len(digits) > 1:
        return median(digits) / DIGIT
    return height / (CJK_INK if any(map(is_cjk, text)) else LATIN_INK)


def sizes_of(texts: list[str], middles: list[list[float]], inked: list[Area]) -> list[float]:
    """The size of the letters of each line: by the steps of CJK letters; else by those of digits or the height of the ink,
    unless that is about the size of the lines nearest by."""
    steps = [steps_of(text, places, is_cjk) for text, places in zip(texts, middles, strict=True)]
    sure = [((top + bottom) / 2, median(one)) for one, (_, top, _, bottom) in zip(steps, inked, strict=True) if len(one) > 1]
    sizes = []
    for text, places, one, (_, top, _, bottom) in zip(texts, middles, steps, inked, strict=True):
        guessed = median(one) if len(one) > 1 else guessed_size(text, places, bottom - top)
        if len(one) < 2 and sure:
            near = median(size for _, size in sorted(sure, key=lambda line: abs(line[0] - (top + bottom) / 2))[:NEAREST])
            guessed = near if ABOUT[0] * near <= guessed <= ABOUT[1] * near else guessed
        sizes.append(max(1.0, guessed))
    return sizes


def parts_of(text: str, middles: Sequence[float], size: float) -> list[tuple[int, int]]:
    """`text` cut where two characters stand further apart than letters of a line do, without spaces at the ends."""
    cuts = [at + 1 for at, (a, b) in enumerate(pairwise(middles)) if b - a > (1 + APART) * size]
    parts = []
    for start, end in pairwise([0, *cuts, len(text)]):
        piece = text[start:end]
        if piece.strip():
            parts.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
    return parts


def with_dust_doubted(line: Placed, scores: Sequence[float]) -> list[float]:
    """The certainty of each character, small for a point between digits that stand as close as without it."""
    doubted = list(scores)
    for at in range(1, len(line.text) - 1):
        before, here, after = line.text[at - 1], line.text[at], line.text[at + 1]
        room = (line.middles[at + 1] - line.middles[at - 1]) / line.size
        if here == "." and is_digit(before) and is_digit(after) and room < POINTED:
            doubted[at] = min(doubted[at], DUSTY)
    return doubted


def line_runs(line: Placed, scores: Sequence[float], area: Area, ink: Ink, dpi: float) -> list[Run]:
    """The runs of one line that was read in `area` (x0, y0, x1, y1 in pixels)."""
    x0, y0, x1, y1 = area
    _, top, _, bottom = trimmed(ink, area)
    if bottom - top > HIGHEST * line.size:
        middle = (y0 + y1) / 2
        top, bottom = max(top, round(middle - line.size / 2)), min(bottom, round(middle + line.size / 2))
    profile = ink[y0:y1, x0:x1].sum(axis=0, dtype=np.int64)
    scale = POINTS / dpi
    scores = with_dust_doubted(line, scores)
    runs = []
    for start, end in parts_of(line.text, line.middles, line.size):
        low = int(max(0, line.middles[start] - line.size)) if start else 0
        high = int(line.middles[end - 1] + line.size) if end < len(line.text) else len(profile)
        edges = edges_of([one - low for one in line.middles[start:end]], profile[low:high])
        placed = tuple(round((x0 + low + edge) * scale, 2) for edge in edges)
        runs.append(Run(text=line.text[start:end], x0=placed[0], y0=round(top * scale, 2), x1=placed[-1],
                        y1=round(bottom * scale, 2), size=round(line.size * scale, 2), edges=placed,
                        scores=bytes(round(100 * min(1.0, score)) for score in scores[start:end])))
    return runs


def runs_of(readings: list[Reading], areas: list[Area], ink: Ink, dpi: float) -> list[Run]:
    """The runs of a page: what was read in each of its areas, placed by its ink."""
    texts = [chosen(reading.text, reading.seconds) for reading in readings]
    middles = [[centre * (area[2] - area[0]) for centre in reading.centres]
               for reading, area in zip(readings, areas, strict=True)]
    inked = [trimmed(ink, area) for area in areas]
    sizes = sizes_of(texts, middles, inked)
    lines = [Placed(*one) for one in zip(texts, middles, sizes, strict=True)]
    brackets, stops = usual_width(lines, BRACKETS), usual_width(lines, STOPS)
    return [run for line, reading, area in zip(lines, readings, areas, strict=True)
            for run in line_runs(line._replace(text=with_true_widths(line, brackets=brackets, stops=stops)),
                                 reading.scores, area, ink, dpi)]

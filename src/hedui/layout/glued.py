"""Rows that lost the line between them -> the rows they were.

Where a scan hides a ruled line, or a page has none, two rows come back as one whose cells hold two lines each. The columns
of figures tell: two of them with one whole number a line, at the same heights, are that many rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hedui.document import GridCell, Line, Span
from hedui.places import Places
from hedui.view import clean, fold

__all__ = ["split_glued"]

Row = list[GridCell]
# 10 · 9.5 · 100%; but not 01, the end of 108⏎01
FIGURE = re.compile(r"(?!0\d)\d{1,3}(?:\.\d+)?%?")
NUMBER = re.compile(r"\d[\d,.]*%?")
MIN_COLUMNS = 2


def split_glued(text: str, rows: Sequence[Row], places: Places) -> list[Row]:
    """`rows` with each that is several, glued, as so many; labels that stand once are left to the first of them."""
    return [one for row in rows for one in (parted(text, row, places) or [row])]


def middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2


def is_figure(text: str, line: Line) -> bool:
    return bool(FIGURE.fullmatch(fold(clean(text, line.span))))


def of_one_kind(text: str, lines: Sequence[Line]) -> bool:
    """Whether lines are whole figures, all shares or none: 44.0⏎7% is one figure that its cell has no room for."""
    shares = {text[slice(*line.span)].rstrip().endswith(("%", "％")) for line in lines}
    return len(shares) == 1 and all(is_figure(text, line) for line in lines)


def between(text: str, lines: Sequence[Line], heights: Sequence[float], reach: float) -> bool:
    """Whether the one line of a cell is a number that stands at none of the heights: it belongs to all that stands there."""
    return (len(lines) == 1 and bool(NUMBER.fullmatch(fold(clean(text, lines[0].span))))
            and all(abs(middle(lines[0]) - height) > reach for height in heights))


def parted(text: str, row: Row, places: Places) -> list[Row]:
    """The rows that `row` is; none where it is one."""
    lines = [places.lines(cell.span) if cell.text and cell.origin else [] for cell in row]
    figures = [found for found in lines if len(found) > 1 and of_one_kind(text, found)]
    if len(figures) < MIN_COLUMNS or len({len(found) for found in figures}) > 1 or len({f[0].box.page for f in figures}) > 1:
        return []
    heights = [sorted(middles) for middles in zip(*([middle(line) for line in found] for found in figures), strict=True)]
    tall = max(line.box.y1 - line.box.y0 for found in figures for line in found)
    if any(heights[i][-1] - heights[i][0] > tall / 2 for i in range(len(heights))):
        return []
    if any(between(text, found, [height[0] for height in heights], tall / 2) for found in lines):
        return []
    edges = [(above[-1] + below[0]) / 2 for above, below in pairwise(heights)]
    bands = [[sum(middle(line) > edge for edge in edges) for line in found] for found in lines]
    named = sum(len(set(band)) == len(heights) for band, found in zip(bands, lines, strict=True) if found not in figures)
    if not named or any(band != sorted(band) for band in bands):
        return []
    return [[piece(text, cell, found, band, k) for cell, found, band in zip(row, lines, bands, strict=True)]
            for k in range(len(heights))]


def piece(text: str, cell: GridCell, lines: Sequence[Line], bands: Sequence[int], k: int) -> GridCell:
    """What of `cell` stands in the `k`-th of the rows; a cell that stands in one of them only is a label of all."""
    if not lines or len(set(bands)) == 1:
        return cell if k == 0 or not cell.origin else replace(cell, text="", span=(cell.span[1], cell.span[1]))
    own = [line.span for line, band in zip(lines, bands, strict=True) if band == k]
    span: Span = (own[0][0], own[-1][1]) if own else (cell.span[1], cell.span[1])
    return replace(cell, span=span, text=clean(text, span), repair="row_split")

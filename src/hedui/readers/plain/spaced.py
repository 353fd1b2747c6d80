"""Lines whose columns only spaces keep apart -> rows, each cell with the column it starts in."""

from __future__ import annotations

import re
import unicodedata

from hedui.document import Span

__all__ = ["spaced_rows"]

MIN_ROWS, MIN_CELLS, SLACK = 3, 3, 3
MAX_CELL = 40
# 数量指标    培训教师人数      ≥1200人    1260人
CELL = re.compile(r"[^\s\u3000]+(?:[ \u00a0][^\s\u3000]+)*")
PROSE = re.compile(r"[。！？；]")


def width(text: str) -> int:
    """Columns of print that `text` takes: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cells_of(text: str, line: Span) -> list[Span]:
    """Pieces of the line that two spaces or an ideographic space part."""
    return [(line[0] + m.start(), line[0] + m.end()) for m in CELL.finditer(text[slice(*line)])]


def looks_like_row(text: str, cells: list[Span]) -> bool:
    return len(cells) >= MIN_CELLS and all(
        e - s <= MAX_CELL and not PROSE.search(text[s:e]) for s, e in cells)


def columns_of(text: str, lines: list[Span], rows: list[list[Span]]) -> list[list[int]]:
    """The column of every cell: starts of cells that lie within SLACK of one another are one column."""
    at = [[width(text[line[0]:s]) for s, _ in row] for line, row in zip(lines, rows, strict=True)]
    edges: list[int] = []
    for x in sorted({x for row in at for x in row}):
        if not edges or x - edges[-1] > SLACK:
            edges.append(x)
    if len(edges) > max(map(len, rows)) + 1:
        return [list(range(len(row))) for row in rows]
    return [[max(k for k, edge in enumerate(edges) if edge <= x) for x in row] for row in at]


def spaced_rows(text: str, lines: list[Span], at: int) -> tuple[list[list[Span]], list[list[int]], int]:
    """Rows and columns of the table whose first line is `lines[at]`, and the line behind it; no rows if it is none."""
    rows: list[list[Span]] = []
    end = at
    while end < len(lines):
        cells = cells_of(text, lines[end])
        if not looks_like_row(text, cells) and not (rows and len(cells) >= 2):
            break
        rows.append(cells)
        end += 1
    if len(rows) < MIN_ROWS:
        return [], [], at
    return rows, columns_of(text, lines[at:end], rows), end

"""A grid of the layout comes in, the table to draw goes out: merged cells made whole, nothing of its text left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from hedui.export.page_blocks import Cell, Table, lines_of, trimmed

__all__ = ["grid_table"]

Span = tuple[int, int]
SEPARATOR = re.compile(r"[\t|]")
# |---|:---:| between header and rows
SILENT = re.compile(r"[\s|:+-]*")


def grid_table(grid: Mapping[str, Any], text: str) -> Table:
    """Dense rows of spans, in which the positions of a merged cell share theirs, as a table.

    What stands in the grid's span but in none of its cells (header rows that a page break repeated, the rest of a cell
    that it cut) becomes rows of its own where it stands.
    """
    start, end = grid["span"]
    dense: list[list[Span]] = [[(span[0], span[1]) for span in row] for row in grid["rows"]]
    dense = with_leftovers(dense, (start, end), text)
    taken: set[tuple[int, int]] = set()
    rows = []
    for i, line in enumerate(dense):
        row = []
        for j, span in enumerate(line):
            if (i, j) in taken:
                continue
            cols, down = reach(dense, i, j, taken)
            taken.update((i + a, j + b) for a in range(down) for b in range(cols))
            row.append(Cell(span=span, cols=cols, rows=down))
        rows.append(tuple(row))
    return Table(span=(start, end), rows=tuple(rows), header_rows=grid.get("header_rows", 1))


def reach(dense: Sequence[Sequence[Span]], i: int, j: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """How many columns and rows the cell at row i, column j covers; a cell without text covers its own position."""
    span = dense[i][j]
    if span[0] == span[1]:
        return 1, 1
    cols = 1
    while j + cols < len(dense[i]) and dense[i][j + cols] == span and (i, j + cols) not in taken:
        cols += 1
    down = 1
    while i + down < len(dense) and list(dense[i + down][j : j + cols]) == [span] * cols:
        down += 1
    return cols, down


def with_leftovers(dense: list[list[Span]], whole: Span, text: str) -> list[list[Span]]:
    """`dense` with a row for each line of `text[whole]` that holds words outside all cells."""
    width = max((len(row) for row in dense), default=1)
    extra: list[tuple[int, list[Span]]] = []
    at = whole[0]
    for start, end in [*sorted({span for row in dense for span in row if span[0] < span[1]}), (whole[1], whole[1])]:
        if at < start and not SILENT.fullmatch(text, at, start):
            extra += [(row[0][0], row) for line in lines_of(text, (at, start)) if (row := words(line.text, line.start))]
        at = max(at, end)
    firsts = [first_of(line, dense[i - 1] if i else ()) for i, line in enumerate(dense)]
    for where, row in reversed(extra):
        below = next((i for i, first in enumerate(firsts) if first > where), len(dense))
        dense.insert(below, [*row, *[(where, where)] * (width - len(row))])
        firsts.insert(below, where)
    return dense


def first_of(line: Sequence[Span], above: Sequence[Span]) -> int:
    """Where the first cell of `line` stands that does not reach down from the line above; -1 where it has none."""
    return min((span[0] for span in line if span[0] < span[1] and span not in above), default=-1)


def words(line: str, start: int) -> list[Span]:
    """The pieces of `line` between tabs and pipes, without those that are empty."""
    cuts = [0, *(match.end() for match in SEPARATOR.finditer(line)), len(line) + 1]
    spans = [trimmed(line[a : b - 1], start + a) for a, b in pairwise(cuts)]
    return [(a, b) for a, b in spans if a < b and not SILENT.fullmatch(line, a - start, b - start)]

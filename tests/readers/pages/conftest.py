"""Pages set by hand: paragraphs broken into lines as printers do, each line a run with the edges of its characters, and
tables drawn cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from hedui.readers.assemble import DraftCell
from hedui.readers.pages.lines import print_units
from hedui.readers.pages.page import Page, Rule, Run

WIDE, HIGH, LEFT, TOP = 595.0, 842.0, 75.0, 100.0
LETTERS, SIZE, LEADING, LINES = 37, 12.0, 20.0, 32
NOT_FIRST = "，。、；：！？）》”%"
NOT_LAST = "（《“"


def set_line(text: str, x: float, y: float, size: float = SIZE, *, bold: bool = False) -> Run:
    """A line of print: a Chinese character is as wide as high, others half as wide."""
    at = [x]
    for char in text:
        at.append(at[-1] + size * print_units(char))
    return Run(text=text, x0=x, x1=at[-1], y0=y, y1=y + size, size=size, edges=tuple(at), bold=bold)


def broken(text: str, indent: float, letters: float) -> list[str]:
    """Lines of at most `letters` Chinese characters, the first shorter by `indent`, with no mark where it must not stand."""
    lines, line = [], ""
    room = letters - indent
    for char in text:
        if line and print_units(line + char) > room:
            keep = len(line)
            while keep > 1 and ((line + char)[keep] in NOT_FIRST or line[keep - 1] in NOT_LAST):
                keep -= 1
            lines.append(line[:keep])
            line, room = line[keep:], letters
        line += char
    return [*lines, line]


def set_pages(paragraphs: Sequence[str], *, indent: float = 2, letters: float = LETTERS, gap: float = 0,
              lines_a_page: int = LINES) -> list[Page]:
    """Pages on which the paragraphs are set, each opened by an indent of so many letters, `gap` points apart."""
    pages: list[list[Run]] = [[]]
    y, count = TOP, 0
    for paragraph in paragraphs:
        for index, line in enumerate(broken(paragraph, indent, letters)):
            if count == lines_a_page:
                pages.append([])
                y, count = TOP, 0
            pages[-1].append(set_line(line, LEFT + (0 if index else indent * SIZE), y))
            y, count = y + LEADING, count + 1
        y += gap
    return [Page(number=number, width=WIDE, height=HIGH, runs=tuple(runs)) for number, runs in enumerate(pages, start=1)]


@pytest.fixture(name="line", scope="session")
def line_fixture() -> Callable[..., Run]:
    return set_line


@pytest.fixture(name="pages_of", scope="session")
def pages_fixture() -> Callable[..., list[Page]]:
    return set_pages


CELL_SIZE, PAD = 10.0, 4.0


def extents(rows: Sequence[str]) -> dict[tuple[int, int], tuple[int, int, str]]:
    """Cells of rows written `一级|指标`, where `^` goes on the cell above and `<` the cell to the left: (row, col) to
    (rows, cols, text)."""
    grid = [row.split("|") for row in rows]
    found = {}
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            wide = next((k for k in range(1, len(row) - c) if row[c + k] != "<"), len(row) - c)
            high = next((k for k in range(1, len(grid) - r) if grid[r + k][c] != "^"), len(grid) - r)
            found[r, c] = high, wide, text
    return found


def draw_table(rows: Sequence[str], widths: Sequence[float], *, x: float = 60, y: float = 100, number: int = 1,
               ruled: str = "all", high: float = 18, only: tuple[int, int] | None = None) -> Page:
    """A page with one table as `extents` reads it, text broken into lines at the width of its cell. `ruled` draws all
    lines, `inner` those between cells, `three` those above and below header and body, `none` none. `only` draws the rows
    from one to another of them."""
    cells = extents(rows)
    xs = [x + sum(widths[:k]) for k in range(len(widths) + 1)]
    lines = {at: broken(text, 0, max((xs[at[1] + wide] - xs[at[1]] - 2 * PAD) / CELL_SIZE, 1)) if text else []
             for at, (_, wide, text) in cells.items()}
    heights = [max([high, *(len(lines[r, c]) * 12 + 6.0 for (r, c), (tall, _, _) in cells.items() if r == row and tall == 1)])
               for row in range(len(rows))]
    first, last = only or (0, len(rows))
    ys = [y + sum(heights[first:k]) for k in range(first, last + 1)]
    runs, rules = [], []
    for (r, c), (tall, wide, _) in cells.items():
        low, below = max(r, first), min(r + tall, last)
        if low >= below:
            continue
        x0, x1, y0, y1 = xs[c], xs[c + wide], ys[low - first], ys[below - first]
        if first <= r:
            runs += [set_line(line, x0 + PAD, y0 + 3 + 12 * k, CELL_SIZE) for k, line in enumerate(lines[r, c])]
        sides = [Rule(x0=x0, y0=y0, x1=x1, y1=y0), Rule(x0=x0, y0=y1, x1=x1, y1=y1),
                 Rule(x0=x0, y0=y0, x1=x0, y1=y1), Rule(x0=x1, y0=y0, x1=x1, y1=y1)]
        if ruled == "inner":
            sides = [side for side in sides if (side.y0 not in (ys[0], ys[-1]) if side.level else side.x0 not in (xs[0], xs[-1]))]
        rules += sides if ruled in ("all", "inner") else []
    if ruled == "three":
        rules = [Rule(x0=xs[0], y0=at, x1=xs[-1], y1=at) for at in (ys[0], ys[1], ys[-1])]
    return Page(number=number, width=WIDE, height=HIGH, runs=tuple(runs), rules=tuple(rules))


def rows_told(cells: Sequence[DraftCell]) -> list[str]:
    """Cells as `extents` reads them."""
    grid = [["?"] * max(cell.col + cell.cols for cell in cells) for _ in range(max(cell.row + cell.rows for cell in cells))]
    for cell in cells:
        for r in range(cell.row, cell.row + cell.rows):
            for c in range(cell.col, cell.col + cell.cols):
                grid[r][c] = cell.text if (r, c) == (cell.row, cell.col) else "<" if c > cell.col else "^"
    return ["|".join(row) for row in grid]


@pytest.fixture(name="draw", scope="session")
def draw_fixture() -> Callable[..., Page]:
    return draw_table


@pytest.fixture(name="told", scope="session")
def told_fixture() -> Callable[..., list[str]]:
    return rows_told

"""Table blocks -> Grids: dense rows with merged cells spread, one grid a header, tables cut by pages put together.

A form (自评表) holds several tables one under another, each with a header row of its own: it becomes as many grids. The
steps, each on the rows of one form: lay out, cut at headers, join over pages, mend rows, spread labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hedui.document import Cell, Document, GridCell, Span
from hedui.layout.columns import column_role, is_header, is_value, money_unit
from hedui.layout.corner import widen_corner
from hedui.layout.glued import split_glued
from hedui.layout.headless import found_header
from hedui.layout.mend import drop_overflow, join_cut_row, join_fragments, realign, spread_labels
from hedui.layout.unspan import put_back
from hedui.places import Places
from hedui.view import clean, fold

__all__ = ["RawGrid", "raw_grids"]

Row = list[GridCell]


@dataclass
class RawGrid:
    """A grid in the making: header rows, body rows, and the table blocks it was read from. `seams` are the body rows behind
    a page cut, `found` the headers that its columns must have where no row says them."""

    header: list[Row]
    body: list[Row]
    blocks: list[int]
    unit: str | None = None
    explicit: bool = False
    seams: list[int] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    @property
    def span(self) -> Span:
        cells = [c.span for row in [*self.header, *self.body] for c in row]
        return min(s for s, _ in cells), max(e for _, e in cells)


def texts(row: Row) -> list[str]:
    return [cell.text for cell in row]


def lay_out(text: str, cells: Sequence[Cell]) -> list[Row]:
    """Rows of a table block as drawn; positions that a merged cell covers repeat it, `origin` false."""
    height = max(c.row + c.rows for c in cells)
    placed: list[dict[int, GridCell]] = [{} for _ in range(height)]
    for cell in cells:
        said = clean(text, cell.span)
        for i in range(cell.row, cell.row + cell.rows):
            for j in range(cell.col, cell.col + cell.cols):
                placed[i][j] = GridCell(row=i, col=j, span=cell.span, text=said, origin=(i, j) == (cell.row, cell.col))
    rows = []
    for i, row in enumerate(placed):
        end = max((c.span[1] for c in row.values()), default=0)
        width = max(row, default=-1) + 1
        rows.append([row.get(j) or GridCell(row=i, col=j, span=(end, end), text="") for j in range(width)])
    return [row for row in rows if row]


def opens_second_row(first: Row, second: Row) -> bool:
    """Whether `second` goes on with a header whose cells are merged sideways: all it says stands under a cell that runs
    over several columns, and none of it is a figure."""
    wide: set[int] = set()
    for j in range(1, len(second)):
        if j >= len(first) or not first[j].text or not first[j].origin:
            wide |= {j} | ({j - 1} if j - 1 < len(first) and first[j - 1].text else set())
    filled = [j for j, cell in enumerate(second) if cell.text and (j >= len(first) or cell.text != first[j].text)]
    return len(filled) >= 2 and set(filled) <= wide and not any(is_value(second[j].text) for j in filled)


def first_header(rows: list[Row]) -> bool:
    """Whether the first row of a table heads it though no template is known: names above figures."""
    if len(rows) < 2:
        return False
    said = [t for t in texts(rows[0]) if t]
    below = [t for row in rows[1:] for t in texts(row) if t]
    return (len(said) >= 2 and not any(is_value(t) for t in said) and max(map(len, said)) <= 20
            and sum(map(is_value, below)) * 3 >= len(below))


def cut_at_headers(rows: list[Row], block: int, explicit: bool) -> list[RawGrid]:
    """The grids of one table block: a row of headers opens one, rows before the first have none."""
    grids: list[RawGrid] = []
    at = 0
    while at < len(rows):
        head = is_header(texts(rows[at])) or (at == 0 and first_header(rows))
        if head:
            header = [rows[at]]
            if at + 1 < len(rows) and opens_second_row(rows[at], rows[at + 1]):
                header.append(rows[at + 1])
            grids.append(RawGrid(header, [], [block], explicit=explicit))
            at += len(header)
            continue
        if not grids:
            grids.append(RawGrid([], [], [block], explicit=explicit))
        grids[-1].body.append(rows[at])
        at += 1
    return grids


def same_header(a: RawGrid, b: RawGrid) -> bool:
    def key(grid: RawGrid) -> list[str]:
        return [fold(t) for row in grid.header for t in texts(row)]
    return bool(a.header) and key(a) == key(b)


def goes_on(last: RawGrid, grid: RawGrid) -> bool:
    """Whether `grid`, the first of its block and without header, continues `last`, the last of the block before it."""
    return (not grid.header and bool(last.header) and bool(grid.body)
            and all(len(row) == len(last.header[0]) for row in grid.body))


def dense(rows: list[Row], width: int) -> list[Row]:
    return [[*row, *(GridCell(row=row[0].row, col=j, span=(row[-1].span[1],) * 2, text="") for j in range(len(row), width))]
            for row in rows]


def unit_of(rows: list[Row]) -> str | None:
    """The money unit of the table's corner: a header or label that names one for all."""
    return next((unit for row in rows for cell in row if not is_value(cell.text) and (unit := money_unit(cell.text))
                 and column_role(cell.text) in {None, "fund"}), None)


def roles_of(header: Sequence[Sequence[str]], width: int) -> list[str | None]:
    """The role of each column, told by the lowest header over it that has one."""
    return [next((r for row in reversed(header) if j < len(row) and (r := column_role(row[j]))), None) for j in range(width)]


def mended(grid: RawGrid) -> RawGrid:
    """`grid` with its rows put right and its labels spread."""
    body = grid.body
    seams = set(grid.seams)
    found = [] if grid.header else found_header(body)
    if grid.header and not grid.explicit:
        grid.header = widen_corner(grid.header, body)
    if grid.header:
        if not grid.explicit:
            body = put_back(body, roles_of([texts(row) for row in grid.header], len(grid.header[0])))
        head = texts(grid.header[0])
        filled = max((j for j, said in enumerate(head) if said), default=-1) + 1
        body, seams = join_fragments(body, filled, roles_of([texts(row) for row in grid.header], len(head)), seams)
    width = max(map(len, [*grid.header, *body]), default=0)
    if grid.header and not grid.explicit:
        width = drop_overflow(body, len(grid.header[0]), width)
        body = [row[:width] for row in body]
    header, body = dense(grid.header, width), dense(body, width)
    if header:
        roles = roles_of([texts(row) for row in header], width)
        if not grid.explicit:
            body = [realign(row, roles, body) for row in body]
        body = join_cut_row(body, roles, seams)
        body = spread_labels(body, roles)
        header = spread_header(header)
    elif found:
        body = spread_labels(body, roles_of([found], width))
    return replace(grid, header=header, body=number_rows(header, body), found=found,
                   unit=grid.unit or unit_of(grid.header or grid.body))


def spread_header(header: list[Row]) -> list[Row]:
    """A header whose sideways merges were left empty, filled from the left where another row stands below."""
    if len(header) < 2:
        return header
    top = list(header[0])
    for j in range(1, len(top)):
        if not top[j].text and header[1][j].text:
            top[j] = replace(top[j - 1], col=j, origin=False)
    return [top, *header[1:]]


def number_rows(header: list[Row], body: list[Row]) -> list[Row]:
    for i, row in enumerate([*header, *body]):
        row[:] = [cell if (cell.row, cell.col) == (i, j) else replace(cell, row=i, col=j) for j, cell in enumerate(row)]
    return body


def page_seams(rows: Sequence[Row], places: Places) -> list[int]:
    """The rows that begin a page."""
    pages = [next((line.box.page for cell in row if cell.text and cell.origin for line in places.lines(cell.span)), 0) for row in rows]
    return [i for i in range(1, len(rows)) if 0 < pages[i - 1] < pages[i]]


def raw_grids(document: Document) -> list[RawGrid]:
    """All grids of a document in order. Blocks that follow one another without a paragraph between are one table cut by
    pages when the second repeats the header of the first or has none and its width."""
    text, places, grids = document.text, Places(document), list[RawGrid]()
    for index, block in enumerate(document.blocks):
        if block.kind != "table" or not block.cells:
            continue
        explicit = any(c.rows > 1 or c.cols > 1 for c in block.cells)
        rows = split_glued(text, lay_out(text, block.cells), places)
        fresh = cut_at_headers(rows, index, explicit)
        for grid in fresh:
            grid.seams += page_seams(grid.body, places)
        for grid in fresh:
            last = grids[-1] if grids else None
            near = last is not None and last.blocks[-1] >= index - 1
            if last and near and (same_header(last, grid) or (grid is fresh[0] and goes_on(last, grid))):
                last.seams += [len(last.body), *(len(last.body) + seam for seam in grid.seams)]
                last.body += grid.body
                last.blocks.append(index)
            else:
                grids.append(grid)
    return [mended(grid) for grid in grids]

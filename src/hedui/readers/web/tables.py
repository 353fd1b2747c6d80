"""A table element of a web page -> a Sheet of its cells; None where it only lays out the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hedui.readers.limits import MAX_AREA
from hedui.readers.safe_xml import Element
from hedui.readers.sheets.sheet import Area, Sheet
from hedui.readers.web.seen import is_unseen

__all__ = ["table_sheet"]

# the most that HTML lets a cell span (HTML Standard, 4.9.11)
MAX_COLUMNS, MAX_ROWS = 1000, 65_534
# a cell with so much of the words of a small table is the page itself
PROSE, PROSE_SHARE, FEW_CELLS = 300, 0.7, 12


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table itself, head and foot in their places, hidden ones left out."""
    heads = [part for part in table if part.tag == "thead"]
    feet = [part for part in table if part.tag == "tfoot"]
    others = [part for part in table if part.tag in {"tbody", "tr"}]
    for part in (*heads, *others, *feet):
        for row in (part,) if part.tag == "tr" else part:
            if row.tag == "tr" and not is_unseen(part) and not is_unseen(row):
                yield row


def cells_of(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in {"td", "th"} and not is_unseen(cell)]


def spanned(cell: Element, name: str, most: int) -> int:
    """How many rows or columns a cell takes; `rowspan="0"` runs to the end of the table."""
    said = (cell.get(name) or "").strip()
    digits = said if said.isascii() and said.isdecimal() and len(said) < 7 else "1"
    return min(int(digits), most) or (most if name == "rowspan" else 1)


def has_tables(rows: list[list[Element]]) -> bool:
    return any(next(cell.iter("table"), None) is not None for row in rows for cell in row)


def is_prose(texts: list[str]) -> bool:
    """Whether one cell of a small table holds nearly all its words."""
    longest = max(map(len, texts))
    return len(texts) <= FEW_CELLS and longest >= PROSE and longest >= PROSE_SHARE * sum(map(len, texts))


def table_sheet(table: Element, text_of: Callable[[Element], str]) -> Sheet | None:
    """The cells of a table where they stand, as HTML places them (HTML Standard, 4.9.12); `text_of` reads a cell. A table
    of one column, with tables in its cells, or with nearly all its words in one cell lays out the page."""
    rows = [own for row in rows_of(table) if (own := cells_of(row))]
    if max(map(len, rows), default=0) < 2 or has_tables(rows):
        return None
    texts = [text_of(cell) for row in rows for cell in row]
    if is_prose(texts):
        return None
    said = iter(texts)
    cells: dict[tuple[int, int], str] = {}
    taken: set[tuple[int, int]] = set()
    merged: list[Area] = []
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            down = min(spanned(cell, "rowspan", MAX_ROWS), len(rows) - at)
            across = spanned(cell, "colspan", MAX_COLUMNS)
            if len(taken) + down * across > MAX_AREA:
                down = across = 1
            taken.update((at + i, column + j) for i in range(down) for j in range(across))
            cells[at, column] = next(said)
            if down > 1 or across > 1:
                merged.append(Area(top=at, left=column, bottom=at + down - 1, right=column + across - 1))
            column += across
    return Sheet(name="", cells={place: text for place, text in cells.items() if text}, merged=tuple(merged),
                 ruled=frozenset(cells))

"""A table of WordprocessingML -> its cells in place: merged cells once with their extent, deleted cells and rows left out.

Merges across (w:gridSpan, w:hMerge) and down (w:vMerge, a tracked w:cellMerge) are both read; a cell said to continue
one above that does not exist, or has other columns, is a cell of its own, as Word shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hedui.readers.assemble import DraftCell
from hedui.readers.docx.runs import Seen
from hedui.readers.docx.xml import Element, W, attribute, inner, number, switched, value

__all__ = ["placed_cells"]

MAX_SPAN = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """One cell of one row, cells merged across made one: first column, columns, whether it continues the cell above."""

    col: int
    cols: int
    continues: bool
    contents: tuple[Element, ...]


def merge_of(properties: Element | None, name: str) -> str | None:
    """`restart` or `continue`; None where the cell is not merged that way."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else attribute(found, "val") or "continue"


def continues_above(properties: Element | None) -> bool:
    tracked = None if properties is None else properties.find(f"{W}cellMerge")
    return merge_of(properties, "vMerge") == "continue" or attribute(tracked, "vMerge") == "cont"


def row_is_left_out(properties: Element | None) -> bool:
    return properties is not None and (properties.find(f"{W}del") is not None or bool(switched(properties, "hidden")))


def drawn_cells(row: Element) -> list[Drawn]:
    """The cells of a row, from left to right."""
    col = min(number(value(row, "trPr", "gridBefore"), 0) or 0, MAX_SPAN)
    drawn: list[Drawn] = []
    for cell in inner(row):
        properties = cell.find(f"{W}tcPr") if cell.tag == f"{W}tc" else None
        if cell.tag != f"{W}tc" or (properties is not None and properties.find(f"{W}cellDel") is not None):
            continue
        cols = min(max(1, number(value(properties, "gridSpan"), 1) or 1), MAX_SPAN)
        if drawn and merge_of(properties, "hMerge") == "continue":
            drawn[-1] = replace(drawn[-1], cols=drawn[-1].cols + cols, contents=(*drawn[-1].contents, cell))
        else:
            drawn.append(Drawn(col=col, cols=cols, continues=continues_above(properties), contents=(cell,)))
        col += cols
    return drawn


def placed_cells(table: Element, seen: Seen, text_of: Callable[[Element], str]) -> tuple[DraftCell, ...]:
    """The cells of a table. `text_of` reads a cell element; it is called once for each, in their order. What stands in a
    cell that a merge covers is not shown by Word and is left out; where it differs, it is counted in `seen`."""
    cells: list[DraftCell] = []
    above: dict[int, int] = {}
    row = 0
    for element in inner(table):
        if element.tag != f"{W}tr" or row_is_left_out(element.find(f"{W}trPr")):
            continue
        here: dict[int, int] = {}
        for drawn in drawn_cells(element):
            first, *covered = [text_of(content) for content in drawn.contents]
            at = above.get(drawn.col) if drawn.continues else None
            if at is not None and cells[at].cols == drawn.cols:
                covered.append(first)
                cells[at] = replace(cells[at], rows=cells[at].rows + 1)
            else:
                at = len(cells)
                cells.append(DraftCell(row=row, col=drawn.col, cols=drawn.cols, text=first))
            here[drawn.col] = at
            if any(text and text != cells[at].text for text in covered):
                seen.add("covered")
        above = here
        row += 1
    return tuple(cells)

"""A Document of any reader -> the same Document as it is printed: what a page shows is its text, every position of a
table has a cell.

A list number that a file shows but does not hold as text is printed before its paragraph; a row of plain text that ends
early has empty cells to its end. The settled document is the truth that a reading of the print is held against.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hedui.document import Cell, Document
from hedui.readers.assemble import Draft, DraftCell, assemble

__all__ = ["settled", "size_of"]

# 一级指标 | 二级指标 | 三级指标 | 指标类型
LEVEL_HEADER = re.compile(r"\s*(?:[一二三]级指标|指标类[型别])\s*")


def size_of(cells: tuple[Cell, ...] | tuple[DraftCell, ...]) -> tuple[int, int]:
    """How many rows and columns the cells cover."""
    return max((cell.row + cell.rows for cell in cells), default=0), max((cell.col + cell.cols for cell in cells), default=0)


def dense(cells: tuple[DraftCell, ...]) -> tuple[DraftCell, ...]:
    """The cells, with an empty one wherever none stood."""
    rows, cols = size_of(cells)
    covered = {(row, col) for cell in cells for row in range(cell.row, cell.row + cell.rows)
               for col in range(cell.col, cell.col + cell.cols)}
    free = (DraftCell(row=row, col=col, text="") for row in range(rows) for col in range(cols) if (row, col) not in covered)
    return tuple(sorted((*cells, *free), key=lambda cell: (cell.row, cell.col)))


def merged_down(cells: tuple[DraftCell, ...]) -> tuple[DraftCell, ...]:
    """The cells, with the label of a level column merged with the empty cells under it."""
    level = {cell.col: cell.row for cell in cells if LEVEL_HEADER.fullmatch(cell.text) and cell.cols == 1}
    merged: dict[tuple[int, int], DraftCell] = {}
    above: dict[int, tuple[int, int]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        place = (cell.row, cell.col)
        last = merged.get(above.get(cell.col, place))
        if cell.col in level and cell.row > level[cell.col] and cell.cols == 1 and not cell.text.strip() and last is not None \
                and last.text.strip() and last.row > level[cell.col] and last.row + last.rows == cell.row:
            merged[above[cell.col]] = replace(last, rows=last.rows + cell.rows)
            continue
        merged[place] = cell
        above[cell.col] = place
    return tuple(merged.values())


def goes_on(one: Draft, other: Draft) -> bool:
    """Whether a table is the one before it again, cut by a page: as many columns and the same first row."""
    def first(draft: Draft) -> list[tuple[int, int, str]]:
        return [(cell.col, cell.cols, cell.text) for cell in draft.cells if cell.row == 0]

    return one.kind == other.kind == "table" and one.role == other.role and size_of(one.cells)[1] == size_of(other.cells)[1] \
        and first(one) == first(other) and all(cell.rows == 1 for cell in other.cells if cell.row == 0)


def joined(every: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts, with tables that follow one another under the same header as one table under one header."""
    last: Draft | None = None
    for draft in every:
        if last is not None and goes_on(last, draft):
            more = size_of(last.cells)[0] - 1
            last = replace(last, cells=(*last.cells, *(replace(cell, row=cell.row + more) for cell in draft.cells if cell.row)))
            continue
        if last is not None:
            yield last
        last = draft
    if last is not None:
        yield last


def drafts(document: Document, merge_labels: bool) -> Iterator[Draft]:
    for block in document.blocks:
        text = document.text[slice(*block.span)]
        if block.kind != "table":
            yield Draft(kind=block.kind, text=(block.number or "") + text, role=block.role, level=block.level)
            continue
        cells = dense(tuple(DraftCell(row=cell.row, col=cell.col, rows=cell.rows, cols=cell.cols,
                                      text=document.text[slice(*cell.span)]) for cell in block.cells))
        yield Draft(kind="table", role=block.role, cells=merged_down(cells) if merge_labels else cells)


def settled(document: Document, *, merge_labels: bool = False, join_tables: bool = False) -> Document:
    """The document as it is printed; with `merge_labels` the labels of level columns (一级指标…) run down over the empty
    cells under them, as offices draw them; with `join_tables` a table that pages of its source cut, its header told
    again on each, is one.

    >>> from hedui.document import Block
    >>> block = Block(kind="heading", span=(0, 2), number="一、")
    >>> settled(Document(name="a", sha256="", media_type="text/plain", text="概况", blocks=(block,))).text
    '一、概况'
    """
    every = drafts(document, merge_labels)
    text, blocks, _ = assemble(joined(every) if join_tables else every)
    return Document(name=document.name, sha256=hashlib.sha256(text.encode()).hexdigest(), media_type="text/plain", text=text,
                    blocks=blocks)

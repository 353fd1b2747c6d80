"""Drafts of blocks, each with its own text -> the text of the document and the blocks with their spans in it.

The text is made one way for every format: blocks are joined by a line end; a table is its rows joined by line ends, a
row the cells that begin in it joined by tabs. A merged cell stands once, where it begins; a row in which no cell begins
(all of it covered from above) has no line. So every cell, empty or not, has a span of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from hedui.document import Block, BlockKind, Cell, Role

__all__ = ["Draft", "DraftCell", "assemble"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftCell:
    """A cell and its text; the rest as in `Cell`."""

    row: int
    col: int
    rows: int = 1
    cols: int = 1
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A block before its place in the text is known; a table has `cells` and no `text`. The rest as in `Block`."""

    kind: BlockKind
    text: str = ""
    role: Role = "body"
    level: int | None = None
    number: str | None = None
    cells: tuple[DraftCell, ...] = ()
    page: int | None = None


def laid_cells(cells: tuple[DraftCell, ...], at: int) -> tuple[str, tuple[Cell, ...]]:
    """The text of a table that begins at `at`, and its cells in place."""
    pieces: list[str] = []
    laid: list[Cell] = []
    here = at
    for _, row in groupby(sorted(cells, key=lambda cell: (cell.row, cell.col)), key=lambda cell: cell.row):
        for position, cell in enumerate(row):
            if laid:
                pieces.append("\t" if position else "\n")
                here += 1
            pieces.append(cell.text)
            span = (here, here + len(cell.text))
            here = span[1]
            laid.append(Cell(row=cell.row, col=cell.col, rows=cell.rows, cols=cell.cols, span=span))
    return "".join(pieces), tuple(laid)


def assemble(drafts: Iterable[Draft]) -> tuple[str, tuple[Block, ...]]:
    r"""The text of the document and its blocks.

    >>> text, blocks = assemble([Draft(kind="heading", text="一、情况", level=1),
    ...     Draft(kind="table", cells=(DraftCell(row=0, col=0, text="指标"), DraftCell(row=0, col=1, text="90%")))])
    >>> text, blocks[1].cells[1].span
    ('一、情况\n指标\t90%', (8, 11))
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for draft in drafts:
        if pieces:
            pieces.append("\n")
            at += 1
        text, cells = laid_cells(draft.cells, at) if draft.kind == "table" else (draft.text, ())
        blocks.append(Block(kind=draft.kind, span=(at, at + len(text)), role=draft.role, level=draft.level,
                            number=draft.number, cells=cells, page=draft.page))
        pieces.append(text)
        at += len(text)
    return "".join(pieces), tuple(blocks)

"""Drafts of blocks, each with its own text -> the text of the document and the blocks with their spans in it.

The text is made one way for every format: blocks are joined by a line end; a table is its rows joined by line ends, a
row the cells that begin in it joined by tabs. A merged cell stands once, where it begins; a row in which no cell begins
(all of it covered from above) has no line. So every cell, empty or not, has a span of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from hedui.document import Block, BlockKind, Box, Cell, Line, Role

__all__ = ["Assembled", "Draft", "DraftCell", "DraftLine", "assemble"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftLine:
    """A line of print in a paragraph or cell: `start` and `end` count in the text of that paragraph or cell; the rest as
    in `Line`."""

    start: int
    end: int
    box: Box
    edges: tuple[float, ...] = ()
    scores: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftCell:
    """A cell, its text and the lines it stands in; the rest as in `Cell`."""

    row: int
    col: int
    rows: int = 1
    cols: int = 1
    text: str
    box: Box | None = None
    lines: tuple[DraftLine, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A block before its place in the text is known; a table has `cells` and no `text`. The rest as in `Block`."""

    kind: BlockKind
    text: str = ""
    role: Role = "body"
    level: int | None = None
    number: str | None = None
    cells: tuple[DraftCell, ...] = ()
    lines: tuple[DraftLine, ...] = ()
    page: int | None = None


class Assembled(NamedTuple):
    """The text of a document, its blocks and its lines of print, all in order."""

    text: str
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]


def laid_lines(lines: tuple[DraftLine, ...], at: int) -> Iterator[Line]:
    for line in lines:
        yield Line(span=(at + line.start, at + line.end), box=line.box, edges=line.edges, scores=line.scores)


def laid_cells(cells: tuple[DraftCell, ...], at: int) -> tuple[str, tuple[Cell, ...], list[Line]]:
    """The text of a table that begins at `at`, its cells in place, and their lines."""
    pieces: list[str] = []
    laid: list[Cell] = []
    lines: list[Line] = []
    here = at
    for _, row in groupby(sorted(cells, key=lambda cell: (cell.row, cell.col)), key=lambda cell: cell.row):
        for position, cell in enumerate(row):
            if laid:
                pieces.append("\t" if position else "\n")
                here += 1
            pieces.append(cell.text)
            span = (here, here + len(cell.text))
            lines += laid_lines(cell.lines, here)
            here = span[1]
            laid.append(Cell(row=cell.row, col=cell.col, rows=cell.rows, cols=cell.cols, span=span, box=cell.box))
    return "".join(pieces), tuple(laid), lines


def assemble(drafts: Iterable[Draft]) -> Assembled:
    r"""The text of the document, its blocks and lines.

    >>> text, blocks, _ = assemble([Draft(kind="heading", text="一、情况", level=1),
    ...     Draft(kind="table", cells=(DraftCell(row=0, col=0, text="指标"), DraftCell(row=0, col=1, text="90%")))])
    >>> text, blocks[1].cells[1].span
    ('一、情况\n指标\t90%', (8, 11))
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    lines: list[Line] = []
    at = 0
    for draft in drafts:
        if pieces:
            pieces.append("\n")
            at += 1
        if draft.kind == "table":
            text, cells, inside = laid_cells(draft.cells, at)
            lines += inside
        else:
            text, cells = draft.text, ()
            lines += laid_lines(draft.lines, at)
        blocks.append(Block(kind=draft.kind, span=(at, at + len(text)), role=draft.role, level=draft.level,
                            number=draft.number, cells=cells, page=draft.page))
        pieces.append(text)
        at += len(text)
    return Assembled("".join(pieces), tuple(blocks), tuple(lines))

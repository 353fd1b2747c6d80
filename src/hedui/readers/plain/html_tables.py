"""Tables written as HTML inside a text (`<table><tr><td rowspan="2">…`) -> their cells, spans pointing between the tags.

OCR programs write the tables of a page this way into Markdown. The text stays as it is; tags stand in no cell of their
own, and those inside a cell (`<br>`, `<b>`) stay in its span.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hedui.document import Cell, Span
from hedui.readers.limits import MAX_AREA

__all__ = ["TableText", "html_tables", "title_rows"]

# <td rowspan="2" colspan=3 style="…">
TAG = re.compile(r"<(?P<end>/?)(?P<name>table|tr|td|th|caption|thead|tbody|tfoot)\b(?P<said>[^<>]{0,500})>", re.I)
MAX_SPAN = 200
SPANS = re.compile(r"(?P<name>rowspan|colspan)\s*=\s*[\"']?\s*(?P<count>\d{1,4})", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class TableText:
    """A table as written: its `span` with tags, its cells, and the spans of its captions."""

    span: Span
    cells: tuple[Cell, ...]
    captions: tuple[Span, ...]


@dataclass(kw_only=True, slots=True)
class Drawing:
    """A table while it is read: places taken by cells so far, and the cell or caption that is open."""

    start: int
    row: int = -1
    column: int = 0
    taken: set[tuple[int, int]] = field(default_factory=set)
    cells: list[Cell] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    open: tuple[str, int, int, int] | None = None
    end: int = 0


def trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    said = len(piece.strip())
    return (start + left, start + left + said) if said else (start, start)


def close(text: str, drawing: Drawing, end: int) -> None:
    """End the open cell or caption at `end`."""
    if drawing.open is None:
        return
    name, start, rows, cols = drawing.open
    drawing.open = None
    span = trimmed(text, start, end)
    if name == "caption":
        drawing.captions.append(span)
        return
    drawing.row = max(drawing.row, 0)
    while (drawing.row, drawing.column) in drawing.taken:
        drawing.column += 1
    if len(drawing.taken) + rows * cols > MAX_AREA:
        rows = cols = 1
    drawing.taken.update((drawing.row + i, drawing.column + j) for i in range(rows) for j in range(cols))
    drawing.cells.append(Cell(row=drawing.row, col=drawing.column, rows=rows, cols=cols, span=span))
    drawing.column += cols


def step(text: str, drawing: Drawing, tag: re.Match[str]) -> None:
    """Take in one tag of a table."""
    name = tag["name"].lower()
    close(text, drawing, tag.start())
    if tag["end"]:
        drawing.end = tag.end()
        return
    if name == "tr":
        drawing.row, drawing.column = drawing.row + 1, 0
    elif name in {"td", "th", "caption"}:
        spans = {found["name"].lower(): min(max(int(found["count"]), 1), MAX_SPAN) for found in SPANS.finditer(tag["said"])}
        drawing.open = (name, tag.end(), spans.get("rowspan", 1), spans.get("colspan", 1))


def placed(drawing: Drawing) -> tuple[Cell, ...]:
    """The cells, with rows that have none left out."""
    rows = sorted({cell.row for cell in drawing.cells})
    return tuple(Cell(row=(at := bisect_left(rows, cell.row)), col=cell.col, cols=cell.cols, span=cell.span,
                      rows=max(bisect_left(rows, cell.row + cell.rows) - at, 1)) for cell in drawing.cells)


def html_tables(text: str) -> Iterator[TableText]:
    """The tables of `text` in their order; one inside another is part of the cell it stands in, one that is never closed
    ends with its last closed row or cell.

    >>> text = "情况\\n<table><tr><td>指标</td><td>90%</td></tr></table>"
    >>> [text[slice(*cell.span)] for table in html_tables(text) for cell in table.cells]
    ['指标', '90%']
    """
    drawing: Drawing | None = None
    depth = 0
    for tag in TAG.finditer(text):
        opens = tag["name"].lower() == "table" and not tag["end"]
        depth += opens
        if drawing is None:
            drawing = Drawing(start=tag.start()) if opens else None
            depth = int(opens)
            continue
        if depth == 1 and not opens:
            step(text, drawing, tag)
        if tag["name"].lower() == "table" and tag["end"]:
            depth -= 1
            if not depth:
                yield TableText(span=(drawing.start, tag.end()), cells=placed(drawing), captions=tuple(drawing.captions))
                drawing = None
    if drawing is not None and drawing.end:
        yield TableText(span=(drawing.start, drawing.end), cells=placed(drawing), captions=tuple(drawing.captions))


def title_rows(cells: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """The first cells of a table that each run over its whole width, and the table without their rows."""
    width = max((cell.col + cell.cols for cell in cells), default=0)
    count = next((i for i, cell in enumerate(cells) if cell.cols < width or width < 2), len(cells))
    behind = cells[count:]
    first = behind[0].row if behind else 0
    return cells[:count], tuple(replace(cell, row=cell.row - first) for cell in behind)

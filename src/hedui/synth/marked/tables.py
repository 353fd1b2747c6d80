"""A table as the author writes it in; its marked lines in one of the dialects of real files out.

One row a line, cells apart by ` | `; `^` continues the cell above, `<` the cell to the left; `↵` breaks a line inside a
cell (dialect `cells`), `¶` cuts the row in two by a page (dialect `tabs`). `@rows level1,level2,name,target,…` says that
the rows below hold indicators, by columns (`-` for none; a name given twice joins its columns); the row above it is the
header that is repeated behind a page break (`@page` alone on a line, or a row with `¶`). `@rows` alone ends them.
`@table t1 spaces` gives one table a dialect of its own.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from hedui.synth.marked.marks import strip_marks

__all__ = ["DIALECTS", "Row", "Table", "read_table", "render_table"]

DIALECTS = ("cells", "tabs", "pipes", "spaces", "word")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its cells as written, the field of each column where it holds an indicator, and whether a page breaks
    before it."""

    cells: tuple[str, ...]
    columns: tuple[str, ...] = ()
    page_before: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table by name; `header` is the row repeated on a new page."""

    name: str
    rows: tuple[Row, ...]
    header: tuple[str, ...] = field(default=())
    dialect: str | None = None

    def origin(self, row: int, col: int) -> tuple[int, int]:
        """The cell that `(row, col)` continues, itself if it begins there."""
        while self.rows[row].cells[col] in {"^", "<"}:
            row, col = (row - 1, col) if self.rows[row].cells[col] == "^" else (row, col - 1)
        return row, col


def read_table(title: str, lines: list[str]) -> Table:
    """The table `title` (its name, perhaps a dialect of its own) from the lines between `@table` and `@end`."""
    name, _, dialect = title.partition(" ")
    rows: list[Row] = []
    columns: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    page = False
    for line in lines:
        if line.startswith("@rows"):
            columns = tuple(line.removeprefix("@rows").strip().split(",")) if line.strip() != "@rows" else ()
            header = rows[-1].cells if columns and rows and not header else header
        elif line == "@page":
            page = True
        else:
            cells = tuple(c.strip() for c in line.split(" | "))
            if columns and len(columns) != len(cells):
                raise ValueError(f"table {name}: {len(cells)} cells for {len(columns)} columns: {line}")
            rows.append(Row(cells=cells, columns=columns, page_before=page))
            page = False
    return Table(name=name, rows=tuple(rows), header=header, dialect=dialect or None)


def wrap(table: Table, row: int, col: int, text: str, piece: str = "") -> str:
    """The cell's text as a named place."""
    return f"{{X #@{table.name}.{row}.{col}{piece}|{text}}}" if text else ""


def pieces(table: Table, row: int) -> list[list[str]]:
    """The cells of a row, in one line or, where a page cuts it, two; None-like `<` and `^` stay as they are."""
    cells = table.rows[row].cells
    if not any("¶" in c for c in cells):
        return [[c if c in {"^", "<"} else wrap(table, row, i, c) for i, c in enumerate(cells)]]
    halves: list[list[str]] = [[], []]
    for i, cell in enumerate(cells):
        first, _, second = cell.partition("¶")
        halves[0].append(first if first in {"^", "<"} else wrap(table, row, i, first))
        halves[1].append(wrap(table, row, i, second, "+"))
    return halves


def header_lines(table: Table) -> list[str]:
    return ["\t".join("" if c in {"^", "<"} else c for c in table.header)]


def render_cells(table: Table) -> list[str]:
    """One cell a line behind a tab, a blank line after each row, cells to the left of a merge left out."""
    out: list[str] = []
    for row in range(len(table.rows)):
        for cell in pieces(table, row)[0]:
            if cell != "<":
                out.extend(("\t" + ("" if cell == "^" else cell)).replace("↵", "\n").split("\n"))
        out.append("")
    return out


def render_tabs(table: Table) -> list[str]:
    """Cells apart by tabs, merged cells empty, the header again behind each page break."""
    out: list[str] = []
    for row, spec in enumerate(table.rows):
        if spec.page_before:
            out += ["", *header_lines(table)]
        for i, half in enumerate(pieces(table, row)):
            if i:
                out += ["", *header_lines(table)]
            out.append("\t".join("" if c in {"^", "<"} else c for c in half))
    return out


def render_pipes(table: Table) -> list[str]:
    """Cells apart by ` | `, merged cells as empty ones between bare pipes."""
    out: list[str] = []
    for row in range(len(table.rows)):
        cells = ["" if c in {"^", "<"} else c for c in pieces(table, row)[0]]
        out.append(" | ".join(cells).replace(" |  |", " ||").replace("|  |", "||").replace(" | |", " ||").strip(" "))
    return out


def width(text: str) -> int:
    """Columns of a screen that marked text takes, two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in strip_marks(text)[0])


def render_spaces(table: Table) -> list[str]:
    """Cells set under one another by spaces alone, merged cells blank."""
    rows = [["" if c in {"^", "<"} else c for c in pieces(table, row)[0]] for row in range(len(table.rows))]
    widths = [max(width(row[col]) if col < len(row) else 0 for row in rows) for col in range(max(map(len, rows)))]
    return ["  ".join(c + " " * (widths[i] - width(c)) for i, c in enumerate(row)).rstrip() for row in rows]


def render_word(table: Table) -> list[str]:
    """Cells apart by tabs as a reader of the Word file gives them: a merged cell stands once, where it begins."""
    rows = ([c for c in pieces(table, row)[0] if c not in {"^", "<"}] for row in range(len(table.rows)))
    return ["\t".join(cells) for cells in rows if cells]


RENDER = {
    "cells": render_cells,
    "tabs": render_tabs,
    "pipes": render_pipes,
    "spaces": render_spaces,
    "word": render_word,
}


def render_table(table: Table, dialect: str) -> list[str]:
    """The marked lines of `table` in its own dialect, else in `dialect`."""
    return RENDER[table.dialect or dialect](table)

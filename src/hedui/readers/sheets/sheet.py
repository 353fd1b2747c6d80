"""A sheet as shown: what its cells hold, which are merged, ruled and hidden; the same for every spreadsheet format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hedui.document import Issue

__all__ = ["Area", "Sheet", "address", "area_of", "column_name", "place_of"]

# AB12 · $A$1
ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Merged cells: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet: `cells` holds what is shown at (row, column), counted from 0, without empty ones; `ruled` are the cells,
    empty or not, with a border; `comments` are the notes pinned to cells."""

    name: str
    cells: Mapping[tuple[int, int], str]
    merged: tuple[Area, ...] = ()
    ruled: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def column_name(column: int) -> str:
    """0 -> A, 27 -> AB.

    >>> column_name(0), column_name(27), column_name(16383)
    ('A', 'AB', 'XFD')
    """
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def place_of(reference: str) -> tuple[int, int] | None:
    """`B7` -> its row and column from 0; None where it is no address.

    >>> place_of("B7"), place_of("$AB$1"), place_of("B")
    ((6, 1), (0, 27), None)
    """
    found = ADDRESS.fullmatch(reference)
    if found is None or int(found[2]) < 1:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def area_of(reference: str) -> Area | None:
    """`A1:C2` -> the area; None where it is none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    return Area(top=min(start[0], end[0]), left=min(start[1], end[1]), bottom=max(start[0], end[0]),
                right=max(start[1], end[1]))


def address(sheet: str, row: int, column: int) -> str:
    """How messages name a cell: 工作表 自评表!B7 / sheet 自评表!B7."""
    cell = f"{sheet}!{column_name(column)}{row + 1}"
    return f"工作表 {cell} / sheet {cell}"

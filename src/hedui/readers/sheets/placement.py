"""A Sheet -> its slots: every cell that is filled, ruled or merged, each once with its extent, and which slot a place is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from hedui.readers.limits import MAX_AREA
from hedui.readers.sheets.sheet import Area, Sheet

__all__ = ["Placed", "Slot", "placed"]

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One cell as drawn, merged cells as one; `text` may be empty."""

    row: int
    col: int
    rows: int = 1
    cols: int = 1
    text: str = ""
    ruled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """`at` gives the slot of every place that one takes, `columns` the taken columns of each row in order. `covered` counts
    texts that stand hidden under a merged cell, `left_out` merges that overlap others or are too many."""

    at: Mapping[Place, Slot]
    columns: Mapping[int, list[int]]
    covered: int = 0
    left_out: int = 0


def clipped(area: Area, bottom: int, right: int) -> Area | None:
    """`area` down to the last row and column that hold anything; None where it is no more than one cell then."""
    area = Area(top=area.top, left=area.left, bottom=min(area.bottom, bottom), right=min(area.right, right))
    size = (area.bottom - area.top + 1, area.right - area.left + 1)
    return area if min(size) > 0 and size != (1, 1) else None


def places_in(area: Area) -> list[Place]:
    return list(product(range(area.top, area.bottom + 1), range(area.left, area.right + 1)))


def merged_slots(sheet: Sheet) -> tuple[dict[Place, Slot], int, int]:
    """The slot of every place in a merged cell, how many texts are covered, how many merges were left out."""
    taken = [*sheet.cells, *sheet.ruled]
    bottom, right = max((row for row, _ in taken), default=-1), max((column for _, column in taken), default=-1)
    at: dict[Place, Slot] = {}
    covered = left_out = 0
    for area in filter(None, (clipped(area, bottom, right) for area in sheet.merged)):
        rows, cols = area.bottom - area.top + 1, area.right - area.left + 1
        places = places_in(area) if len(at) + rows * cols <= MAX_AREA else []
        if not places or any(place in at for place in places):
            left_out += 1
            continue
        text = sheet.cells.get((area.top, area.left), "")
        covered += sum(place in sheet.cells and sheet.cells[place] != text for place in places[1:])
        slot = Slot(row=area.top, col=area.left, rows=rows, cols=cols, text=text,
                    ruled=any(place in sheet.ruled for place in places))
        if slot.text or slot.ruled:
            at.update(dict.fromkeys(places, slot))
    return at, covered, left_out


def placed(sheet: Sheet) -> Placed:
    """The slots of `sheet`."""
    at, covered, left_out = merged_slots(sheet)
    for place in (*sheet.cells, *sheet.ruled):
        if place not in at:
            at[place] = Slot(row=place[0], col=place[1], text=sheet.cells.get(place, ""), ruled=place in sheet.ruled)
    columns: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in sorted(at):
        columns[row].append(column)
    return Placed(at=at, columns=dict(columns), covered=covered, left_out=left_out)

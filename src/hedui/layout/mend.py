"""Rows of a table as exported -> rows as meant: fragments and page cuts joined, shifted cells put back, labels spread.

Only rows that cannot be right as they stand are touched: too short for their header, without a name, or with a label
that no other row has in that column. Text is never changed; a joined cell keeps the span of its first piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hedui.document import GridCell, RepairKind
from hedui.layout.columns import fits_level, is_value

__all__ = ["drop_overflow", "join_cut_row", "join_fragments", "realign", "spread_labels"]

Row = list[GridCell]
Roles = Sequence[str | None]
LABELS = ("level1", "level2")
FIGURES = frozenset({"weight", "score", "score_rate", "completion"})


def join_fragments(rows: list[Row], width: int, roles: Roles, seams: set[int]) -> tuple[list[Row], set[int]]:
    """Rows that a blank line inside a cell cut in two, joined: two that are too short and together as wide as the
    header."""
    joined: list[Row] = []
    moved: set[int] = set()
    at = 0
    while at < len(rows):
        if at in seams:
            moved.add(len(joined))
        row = rows[at]
        if at + 1 < len(rows) and are_halves(row, rows[at + 1], width, roles):
            left, right = said(row, width), said(rows[at + 1], width)
            row = [*left, *(replace(cell, repair="row_joined") for cell in right)]
            at += 1
        joined.append(row)
        at += 1
    return joined, moved


def said(row: Row, width: int) -> Row:
    """A row without the empty cells that fill it up to the width of its table."""
    return row if len(row) < width else row[:max((j for j, cell in enumerate(row) if cell.text), default=-1) + 1]


def are_halves(row: Row, below: Row, width: int, roles: Roles) -> bool:
    """Whether two rows are one, cut: too short for the header, together as wide. Where a table was filled up with empty
    cells, the first must hold labels only and the second none where labels stand."""
    first, second = said(row, width), said(below, width)
    if not first or not second or len(first) + len(second) != width or not second[0].text:
        return False
    if len(row) < width:
        return True
    labels = [j for j, role in enumerate(roles[:width]) if role in LABELS]
    return (bool(labels) and len(first) == labels[-1] + 1 and bool(first[-1].text)
            and not any(fits_level(second[j].text) for j in labels if j < len(second)))


def drop_overflow(rows: list[Row], header: int, width: int) -> int:
    """The width that counts: columns behind the header's last are dropped when they hold nothing."""
    while width > header and all(len(row) < width or not row[width - 1].text for row in rows):
        width -= 1
    return width


def put(row: Row, col: int, cell: GridCell, repair: RepairKind) -> None:
    row[col] = replace(cell, col=col, repair=repair)


def blank(cell: GridCell) -> GridCell:
    return replace(cell, text="", span=(cell.span[1], cell.span[1]))


def join_cut_row(rows: list[Row], roles: Roles, seams: set[int]) -> list[Row]:
    """The first row behind a page cut, joined to the row before it when it has no name (no first cell, where no column is
    known to name rows) and no figures of its own."""
    if not seams:
        return rows
    name, kept = roles.index("name") if "name" in roles else 0, list[Row]()
    for i, row in enumerate(rows):
        said = [j for j, cell in enumerate(row) if cell.text]
        cut = i in seams and kept and said and not any(is_value(row[j].text) or roles[j] in FIGURES for j in said)
        if cut and (not row[name].text or ("name" in roles and (len(said) == 1 or without_points(row, kept[-1], roles)))):
            for j in said:
                put(kept[-1], j, glued(kept[-1][j], row[j]), "row_joined")
            continue
        if i in seams and kept:
            join_cut_label(kept, row, roles)
        kept.append(row)
    return kept


def without_points(row: Row, above: Row, roles: Roles) -> bool:
    """Whether a row has neither label nor any of the weights and scores that the row above has."""
    points = [j for j, role in enumerate(roles) if role in FIGURES and above[j].text]
    return bool(points) and not any(row[j].text for j, role in enumerate(roles) if role in LABELS or role in FIGURES)


def glued(head: GridCell, tail: GridCell) -> GridCell:
    """Two pieces of a cell as one; what the second repeats of the first stands once."""
    overlap = 1 if head.text and tail.text and head.text[-1] == tail.text[0] and len(tail.text) > 1 else 0
    return replace(head if head.text else tail, text=head.text + tail.text[overlap:])


def join_cut_label(kept: list[Row], row: Row, roles: Roles) -> None:
    """A label that a page cut: 服务对象 | 象满意度(9分) reads as one in both rows."""
    for j, role in enumerate(roles):
        if role not in LABELS or not row[j].text:
            continue
        above = next((i for i in range(len(kept) - 1, -1, -1) if kept[i][j].text), None)
        if above is None or fits_level(kept[above][j].text) or not any(fits_level(r[j].text) for r in kept if r[j].text):
            continue
        whole = glued(kept[above][j], row[j])
        if fits_level(whole.text):
            put(kept[above], j, whole, "row_joined")
            put(row, j, replace(row[j], text=whole.text), "row_joined")


def realign(row: Row, roles: Roles, rows: list[Row]) -> Row:
    """A row whose cells slid to the left, put back from the right: its labels do not read like those above, and its
    last cell is empty where others are filled."""
    if "name" not in roles or row[-1].text:
        return row
    levels = [j for j, role in enumerate(roles) if role in LABELS]
    said = [r[j].text for r in rows for j in levels if r[j].text]
    if not levels or sum(map(fits_level, said)) * 2 < len(said):
        return row
    filled = [cell for cell in row if cell.text]
    slid = any(row[j].text and not fits_level(row[j].text) for j in levels)
    if not slid or sum(bool(r[-1].text) for r in rows) * 2 < len(rows):
        return row
    fresh = [blank(cell) for cell in row]
    for cell, col in zip(reversed(filled), range(len(row) - 1, -1, -1), strict=False):
        put(fresh, col, cell, "shifted")
    return fresh


def label_columns(roles: Roles) -> list[int]:
    """The columns whose empty cells repeat the one above: levels, and what stands left of the names of rows."""
    known = [j for j, role in enumerate(roles) if role is not None and role not in LABELS]
    first = known[0] - (roles[known[0]] != "name") if known else 0
    return sorted({*(j for j, role in enumerate(roles) if role in LABELS), *range(first)})


def spread_labels(rows: list[Row], roles: Roles) -> list[Row]:
    """Empty labels filled from above, as merged cells left them; a new outer label ends the inner ones."""
    labels = label_columns(roles)
    held: dict[int, GridCell] = {}
    spread: list[Row] = []
    for row in rows:
        row = list(row)
        for depth, j in enumerate(labels):
            if row[j].text:
                if j not in held or held[j].text != row[j].text:
                    for inner in labels[depth + 1:]:
                        held.pop(inner, None)
                held[j] = row[j]
            elif j in held and any(cell.text for cell in row):
                row[j] = replace(held[j], row=row[j].row, origin=False, repair="labels")
        spread.append(row)
    return spread

"""Rows of a table whose merged cells were left out, not left empty -> rows with every cell in its column.

Web pages and some exports write a cell that spans rows once and skip it in the rows below: there a row begins with its
level or name, further left than its header says, and ends early. Where a row belongs is told by its labels: levels of
indicators stand under the headers of levels, nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hedui.document import GridCell
from hedui.layout.columns import fits_level
from hedui.view import fold

__all__ = ["put_back"]

Row = list[GridCell]
Roles = Sequence[str | None]
# 产出指标 · 满意度指标（10分） · 项目决策
OUTER = re.compile(r"(?:项目)?(?:产出|效益|效果|满意度|投入|过程|决策|完成|管理|成本|履职)")
# 数量指标 · 社会效益 · 服务对象满意度
INNER = re.compile(r".{0,4}(?:数量|质量|时效|成本|经济|社会|生态|环境|可持续|满意)")


def put_back(rows: list[Row], roles: Roles) -> list[Row]:
    """`rows` with those that slid to the left moved to where their labels fit; the same list where none did.

    Only tables of indicators are looked at, and only where no row begins with an empty cell before a name, as rows do
    whose merged cells were left empty.
    """
    if "name" not in roles or not {"level1", "level2"} & set(roles):
        return rows
    name = roles.index("name")
    said = [row for row in rows if any(cell.text for cell in row)]
    if any(not row[0].text and any(cell.text for cell in row[:name + 1]) for row in said if row):
        return rows
    shifts = [shift_of(row, roles, name) for row in rows]
    if not any(shifts):
        return rows
    return [shifted(row, shift, len(roles)) if shift else row for row, shift in zip(rows, shifts, strict=True)]


def shift_of(row: Row, roles: Roles, name: int) -> int:
    """How many columns to the right a row belongs: 0 where it is right as it stands or has no room."""
    filled = max((j for j, cell in enumerate(row) if cell.text), default=-1) + 1
    room = min(name, len(roles) - filled)
    scores = [fit(row, roles, name, shift) for shift in range(room + 1)] if filled else [0]
    return max(range(len(scores)), key=lambda shift: (scores[shift], -shift))


def fit(row: Row, roles: Roles, name: int, shift: int) -> int:
    """How well the labels of a row read when it is moved by `shift`: a level under its header speaks for it, a level
    elsewhere and a name under a header of levels against."""
    total = 0
    for j, cell in enumerate(row):
        at = j + shift
        if not cell.text or at >= len(roles):
            continue
        level = fits_level(cell.text)
        if roles[at] == "level1":
            total += 2 if level and OUTER.match(fold(cell.text)) else -1
        elif roles[at] == "level2":
            total += 2 if level and INNER.match(fold(cell.text)) else -1
        elif at >= name and level:
            total -= 2
    return total


def shifted(row: Row, shift: int, width: int) -> Row:
    start = row[0].span[0]
    empty = [replace(row[0], col=j, span=(start, start), text="", origin=True) for j in range(shift)]
    return [*empty, *(replace(cell, col=cell.col + shift, repair="shifted") for cell in row[:max(0, width - shift)])]

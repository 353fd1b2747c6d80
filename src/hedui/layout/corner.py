"""The header row of a form -> the same row with its corner over both columns that it heads.

A 自评表 heads two columns with one merged corner (项目资金（万元） over an empty label and 年度资金总额). Exports that write
a merged cell once leave the header one cell short: every figure then stands under the header of its neighbour.
"""

from __future__ import annotations

from dataclasses import replace

from hedui.document import GridCell
from hedui.layout.columns import column_role, is_value

__all__ = ["widen_corner"]

Row = list[GridCell]
MONEY = frozenset({"budget", "budget_start", "received", "issued", "executed"})


def widen_corner(header: list[Row], body: list[Row]) -> list[Row]:
    """`header` with its first cell repeated over the second column, where a header of money stands over nothing but names
    there and the first column is empty; else `header` itself."""
    said = [row for row in body if any(cell.text for cell in row)]
    if len(header) != 1 or len(header[0]) < 3 or not said or column_role(header[0][1].text) not in MONEY:
        return header
    names = all(len(row) > len(header[0]) - 1 and not row[0].text and row[1].text and not is_value(row[1].text) for row in said)
    figures = any(is_value(cell.text) for row in said for cell in row[2:])
    if not names or not figures:
        return header
    corner, *others = header[0]
    spare = others[:-1] if not others[-1].text else others
    return [[corner, replace(corner, origin=False, repair="shifted"), *spare]]

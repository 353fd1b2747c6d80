"""Rows of a table of indicators whose header is missing -> the headers its columns must have had.

A page break or a bad copy may swallow the header. The columns tell what they are: levels have names that all templates
use, weights and scores are numbers with no score above its weight, targets and results stand between (财预〔2021〕6号, the
form of the 项目支出绩效自评表, has them in this order).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from hedui.document import GridCell
from hedui.layout.columns import fits_level, is_value
from hedui.layout.unspan import OUTER
from hedui.view import fold

__all__ = ["found_header"]

Row = list[GridCell]
MIN_ROWS, MIN_SHARE = 3, 0.6
# a target and a result are figures or a few words
SHORT = 40


def number(text: str) -> Decimal | None:
    try:
        return Decimal(fold(text))
    except InvalidOperation:
        return None


def column(rows: Sequence[Row], j: int) -> list[str]:
    return [row[j].text if j < len(row) else "" for row in rows]


def share(texts: Sequence[str], fits: Callable[[str], object]) -> float:
    """The share of the texts, empty ones aside, that `fits` says fit."""
    said = [text for text in texts if text]
    return sum(bool(fits(text)) for text in said) / len(said) if said else 0.0


def points(rows: Sequence[Row], start: int, width: int) -> tuple[int, int] | None:
    """The columns of weight and score: the first two side by side that are numbers in nearly all rows, none of the second
    above its neighbour in the first."""
    for j in range(start, width - 1):
        both = [(number(a), number(b)) for a, b in zip(column(rows, j), column(rows, j + 1), strict=True)]
        pairs = [(a, b) for a, b in both if a is not None and b is not None]
        if len(pairs) >= max(MIN_ROWS, MIN_SHARE * len(rows)) and all(0 <= b <= a <= 100 for a, b in pairs):
            return j, j + 1
    return None


def found_header(rows: Sequence[Row]) -> list[str]:
    """The header of each column of `rows` (empty where nothing tells); no headers at all where the rows are not those of
    a table of indicators."""
    rows = [row for row in rows if sum(bool(cell.text) for cell in row) > 1]
    width = max(map(len, rows), default=0)
    if len(rows) < MIN_ROWS:
        return []
    levels = [j for j in range(min(3, width)) if share(column(rows, j), fits_level) >= MIN_SHARE]
    name = levels[-1] + 1 if levels else 0
    found = points(rows, name + 1, width)
    if not levels or name >= width or found is None or share(column(rows, name), is_value) > 1 - MIN_SHARE:
        return []
    headers = [""] * width
    for j in levels:
        headers[j] = "一级指标" if share(column(rows, j), lambda said: OUTER.match(fold(said))) > MIN_SHARE else "二级指标"
    headers[name] = "三级指标"
    between = [j for j in range(name + 1, width) if j not in found and any(column(rows, j))
               and max(map(len, column(rows, j))) <= SHORT]
    for j, header in zip([j for j in between if j < found[0]] or between, ("年度指标值", "实际完成值"), strict=False):
        headers[j] = header
    headers[found[0]], headers[found[1]] = "分值", "得分"
    return headers

"""The cells of a grid in, the meaning of bare numbers out, by the unit that their row, column or caption names.

Precedence: a unit cell of the row (计量单位), the label nearest to the left (参保人数(人), 金额（万元）), the header path of
the column, a counted noun in the label (人次), the money unit of the grid. Never in columns of weights, scores, serial
numbers and codes, and never where a header says that it counts something that is no money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hedui.document import Grid, GridCell
from hedui.values import Found, Op, Value, measured
from hedui.values.units import CURRENCIES, POWERS, units
from hedui.view import view

__all__ = ["bare_numbers"]

# ≥|173218 · 10801 · 6|-|9 · 1,038.00
BARE = re.compile(r"(?P<sign>≥|≤|>=|<=|>|<|=)?(?P<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)")
# 分值 · 得分 · 序号 · 项目代码 · 年度 · 权重（%）
UNCOUNTED = re.compile(r"分值|得分|权重|评分|分数|自评分|满分|标准分|打分|序号|编号|编码|代码|行次|栏次|科目|年份|^年度$|页码|备注"
                       r"|排名|名次|电话|号码|单号|等级")
# 参保人数(人) · 金额（万元） · 单位：万元
UNIT = re.compile(r"[(（](?:单位[:：])?(?P<unit>[^()（）]{1,8})[)）]|单位[:：](?P<said>[^\s,，;；、)）]{1,6})")
# 人次规模 · 参保人数 · 户数: what a label counts without saying a unit in brackets
NOUN = re.compile(r"(?P<unit>人次|人|户|次|家|件|场)(?:数|规模|总量|总数)|(?P<plain>人次)$")
UNIT_COLUMN = re.compile(r"单位$|计量单位|度量单位")
MONEYLESS = re.compile(r"人数|人次|户数|数量|次数|率|比例|占比|面积|个数|家数|件数|期限|时间|指标值|目标值|完成值|标准值|完成情况|比[(（]?$")
SIGNS: dict[str, Op] = {"≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", ">": ">", "<": "<", "不低于": ">=", "不高于": "<=", "不超过": "<=", "大于": ">",
         "小于": "<", "大于等于": ">=", "小于等于": "<="}


class Left(NamedTuple):
    """What the labels to the left of a cell say: the nearest of them, and the nearest unit and counted noun in any."""

    nearest: str = ""
    unit: str | None = None
    noun: str | None = None


def bare_numbers(grid: Grid) -> Iterator[tuple[GridCell, Found]]:
    """Every cell of `grid` that is but a number whose unit is named elsewhere, with the number where it stands in the
    view of the cell's text."""
    headers = [header(grid, col) for col in range(max(map(len, grid.rows), default=0))]
    unit_columns = [col for col, path in enumerate(headers) if UNIT_COLUMN.search("".join(path))]
    for row in grid.rows[grid.header_rows:]:
        for cell, left in zip(row, lefts_of(row), strict=True):
            match = BARE.fullmatch(view(cell.text).text) if cell.origin and cell.text else None
            if match is None or UNCOUNTED.search(" ".join(headers[cell.col])):
                continue
            said = (row[col] for col in unit_columns if col < len(row) and col != cell.col and row[col].text)
            unit = unit_of(grid, row, cell, left, headers[cell.col], next(said, None))
            value = value_in(match["number"], unit) if unit else None
            if value is not None:
                op = SIGNS.get(match["sign"] or "") or SIGNS.get(sign_cell(row, cell))
                start, end = match.span("number")
                yield cell, Found(start=start, end=end, value=Value(
                    kind=value.kind, value=value.value, unit=value.unit, op=op, low=value.low, high=value.high))


def header(grid: Grid, col: int) -> tuple[str, ...]:
    """The header path of a column, folded; the first row stands in where a grid has no headers of its own."""
    path = grid.headers[col] if col < len(grid.headers) else ()
    return tuple(view(text).text for text in path)


def sign_cell(row: tuple[GridCell, ...], cell: GridCell) -> str:
    """The text of the cell to the left, where a table splits `≥ | 90 | %`."""
    return view(row[cell.col - 1].text).text if cell.col else ""


def lefts_of(row: Sequence[GridCell]) -> Iterator[Left]:
    """What stands to the left of each cell of a row."""
    left = Left()
    for cell in row:
        yield left
        label = view(cell.text).text
        if label and not BARE.fullmatch(label):
            left = Left(nearest=label, unit=named_unit(label) or left.unit, noun=noun_of(label) or left.noun)


def noun_of(label: str) -> str | None:
    """The noun that a label counts, None where it counts none."""
    match = NOUN.search(label)
    return (match["unit"] or match["plain"]) if match else None


def unit_of(grid: Grid, row: tuple[GridCell, ...], cell: GridCell, left: Left, path: Sequence[str],
            said: GridCell | None) -> str | None:
    """The unit of a bare number under the header `path`, `said` being the unit cell of its row; None where nothing names
    one."""
    if said is not None:
        return view(said.text).text
    beside = view(row[cell.col + 1].text).text if cell.col + 1 < len(row) else ""
    if beside and value_in("1", beside) is not None:
        return beside
    named = left.unit or next(filter(None, map(named_unit, reversed(path))), None)
    if named:
        return named
    if UNCOUNTED.search(left.nearest):
        return None
    noun = left.noun or next(filter(None, map(noun_of, path)), None)
    if noun:
        return noun
    if grid.unit and cell.col and not MONEYLESS.search(" ".join(path)):
        return grid.unit
    return None


def named_unit(text: str) -> str | None:
    """The unit that a label or header gives in brackets, None if what stands there is no unit: 项目（名称）."""
    for match in UNIT.finditer(text):
        unit = match["unit"] or match["said"]
        if value_in("1", unit) is not None:
            return unit
    return None


def value_in(number: str, unit: str) -> Value | None:
    """`number` in `unit`, be it money (万元, 元/人), percent or a classifier; None for an unknown unit."""
    bare = unit.lstrip("十百千万亿")
    scale = unit[:len(unit) - len(bare)]
    if bare.partition("/")[0] in CURRENCIES:
        return measured("AMOUNT", number + scale, bare)
    if unit in POWERS:
        return measured("RATE", number, unit)
    if bare in {"月", "个月"}:
        return measured("QUANTITY", number + scale, "个月")
    if bare and re.fullmatch(rf"(?:{units().plain})(?:[/(](?:{units().plain})\)?)*", bare):
        return measured("QUANTITY", number + scale, bare)
    return None

"""A grid -> the fiscal amounts in its cells, each with the measure that its header, label, caption or heading names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hedui.claims.funds.patterns import cue_in, heading_measure
from hedui.document import Grid, GridCell, Layout
from hedui.findings import Measure, Mention
from hedui.layout import bare, column_role, is_value
from hedui.view import clean, fold, view

__all__ = ["TableReading", "read_grid"]

ROLES: dict[str, Measure] = {"budget": "budget", "budget_start": "budget", "received": "received", "issued": "issued",
                             "executed": "executed", "target": "budget", "actual": "executed"}
NO_MONEY = frozenset({"number", "weight", "score", "score_rate", "rate", "completion", "deviation", "name"})
ACCOUNTS = frozenset({"income", "carried_in", "carried_out"})
INDICATOR = frozenset({"target", "actual"})
# 各级财政补助标准 · 日常养护单价 · 亩均投资
PER_UNIT = re.compile(r"标准|单价|[人户亩车班校场次年月日台床座块村]均|均价|平均|单位成本|车公里|人次|限额"
                      r"|最高|最低|单[个项台件户人次场批站所点处座村校]|每")
COST = re.compile(r"成本|经费|资金|投资|投入|支出|费用|预算|补助|采购|造价|总额|金额|控制")
GENERIC = re.compile(r"金额|资金情况|项目资金|合计|总计|小计|\d+|序号|万元|元|预算数|执行数|计划数|到位数|使用数|数额")
# 较上年增减额 · 预决算差异数
CHANGES = re.compile(r"差异|增减|变动|[比较同].?(?:上|去|年初|预算).{0,4}|增[加长]|减少|下降")
# 关于下达某资金的通知: the label of a row may be a document
DOCUMENT = re.compile(r"关于|通知|〔|\d号|文件$")
LEVEL = re.compile(r"(?:中央|省级?|自治区级?|市级?|州级?|县级?|区级?|县区|市县|地方|其他|自筹|单位自筹)(?:财政|资金|配套|补助)*")
# 带动社会投资 · 经济效益: results, not costs
RESULT = re.compile(r"带动|拉动|撬动|吸引|效益")
OF = re.compile(r"^(?:[一二三四五六七八九十]+、|\(?\d+[.)、]?)?(?:其中[:：]?)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class TableReading:
    """One amount in a cell that holds nothing else: `scope` is the cell that names it, None for the head of the report."""

    mention: Mention
    cell: GridCell
    measure: Measure
    scope: GridCell | None
    labels: str
    origin_row: int


def of_header(path: Sequence[str]) -> Measure | None:
    """The measure that a column's headers name, the lowest first."""
    for header in reversed(path):
        role = column_role(header)
        if role in ROLES:
            return ROLES[role]
    for header in reversed(path):
        if told := label_measure(header):
            return told
    return None


def path_of(grid: Grid, i: int, j: int) -> Sequence[str]:
    """The headers over a cell; in a table without a header row the word that stands on top of its column."""
    if j < len(grid.headers) and grid.headers[j]:
        return grid.headers[j]
    top = grid.rows[0][j] if i and j < len(grid.rows[0]) else None
    return (top.text,) if top and top.text and not is_value(top.text) else ()


def of_total(grid: Grid, j: int) -> Measure | None:
    """The measure of a column that only names whose money it is: that of the total to its right (中央 | 省级 | 预算合计)."""
    if j >= len(grid.headers) or not any(LEVEL.fullmatch(bare(h)) for h in grid.headers[j][-1:]):
        return None
    for path in grid.headers[j + 1:j + 6]:
        if any("合计" in h or "小计" in h for h in path):
            return of_header(path)
    return None


def of_accounts(header: str, label: str | None) -> Measure | None:
    """In accounts one column of 决算数 holds income, spending and balances: the rows or the header above tell which."""
    told = label_measure(label) if label else None
    if told in ACCOUNTS:
        return told
    return "income" if "收入" in header and "支出" not in header else None


def label_measure(label: str) -> Measure | None:
    """The measure that a label names: `预算数：` -> budget.

    >>> label_measure("执行数："), label_measure("其中：财政拨款"), label_measure("年度资金总额")
    ('executed', None, None)
    """
    role = column_role(label)
    if role in ROLES and role not in INDICATOR:
        return ROLES[role]
    name = bare(label)
    if role or len(name) > 14 or name.endswith("资金总额") or DOCUMENT.search(name):
        return None
    told = cue_in(name)
    return told[0] if told else None


def row_label(grid: Grid, i: int, j: int) -> GridCell | None:
    """The nearest cell to the left that names something and is no figure."""
    for cell in reversed(grid.rows[i][:j]):
        if cell.text and cell.span != grid.rows[i][j].span and not is_value(cell.text):
            return cell
    return None


def label_above(grid: Grid, i: int, j: int) -> Measure | None:
    """In forms the measure stands once, left of the figures of the first row: `预算数： | 12 | 执行数： | 9`."""
    for k in range(i - 1, max(grid.header_rows - 1, i - 6), -1):
        if j < len(grid.rows[k]) and (label := row_label(grid, k, j)) and (told := label_measure(fold(label.text))):
            return told
        if j < len(grid.rows[k]) and not is_value(grid.rows[k][j].text) and grid.rows[k][j].text and \
                (told := label_measure(grid.rows[k][j].text)):
            return told
    return None


def is_indicators(grid: Grid) -> bool:
    roles = {column_role(header) for path in grid.headers for header in path}
    return "name" in roles and bool(roles & INDICATOR)


def cost_row(grid: Grid, i: int, j: int) -> bool:
    """Whether an amount among indicators is money planned or spent in all, and not a price, standard or result."""
    words = [fold(c.text) for c in grid.rows[i][:j] if c.text]
    name = words[-2] if len(words) > 1 and is_value(words[-1]) else words[-1] if words else ""
    return not PER_UNIT.search(name) and not any(RESULT.search(w) for w in words) and (any("成本" in w for w in words) or bool(COST.search(name)))


def measure_of(layout: Layout, grid: Grid, i: int, j: int) -> Measure | None:
    """The measure of the figure at row `i`, column `j`; None where it is no fiscal amount."""
    path = path_of(grid, i, j)
    if any(column_role(h) in NO_MONEY for h in path[-1:]):
        return None
    if any(CHANGES.search(bare(h)) and not column_role(h) for h in path[-1:]):
        return None
    header = of_header(path) or of_total(grid, j)
    if is_indicators(grid) and i >= grid.header_rows:
        return header if header and cost_row(grid, i, j) else None
    label = row_label(grid, i, j)
    if label and not grid.header_rows and column_role(label.text) in NO_MONEY:
        return None
    name = fold("".join(path))
    if name.endswith(("决算数", "决算金额", "金额", "合计")) and (told := of_accounts(name, fold(label.text) if label else None)):
        return told
    if told := header or (label_measure(fold(label.text)) if label else None) or label_above(grid, i, j):
        return told
    caption = clean(layout.document.text, grid.caption) if grid.caption else ""
    title = layout.sections[grid.section].title if layout.sections else ""
    return heading_measure(fold(caption)) or heading_measure(fold(title)) or "budget"


def scope_cell(grid: Grid, i: int, j: int) -> GridCell | None:
    """The cell that says what the amount is for: the label of its row, else of its column."""
    cells = [c for c in grid.rows[i][:j] if c.text and not is_value(c.text)]
    for cell in reversed(cells):
        name = OF.sub("", bare(cell.text))
        if name and not GENERIC.fullmatch(name) and label_measure(cell.text) is None:
            return cell
    return None


def read_grid(layout: Layout, grid: Grid, found: Mapping[int, Sequence[Mention]]) -> Iterator[TableReading]:
    """The fiscal amounts of `grid` whose cell holds the amount and nothing else but a sign; `found` gives the mentions
    that begin in a cell by where the cell begins."""
    for i, row in enumerate(grid.rows):
        for cell in row:
            if not cell.origin or not is_value(cell.text):
                continue
            amounts = [m for m in found.get(cell.span[0], ()) if m.label == "AMOUNT" and m.unit == "CNY"]
            if len(amounts) != 1:
                continue
            if measure := measure_of(layout, grid, i, cell.col):
                header = " ".join(grid.headers[cell.col]) if cell.col < len(grid.headers) else ""
                scope = scope_cell(grid, i, cell.col)
                labels = f"{view(scope.text).text if scope else ''} {fold(header)}"
                yield TableReading(mention=amounts[0], cell=cell, measure=measure, scope=scope, labels=labels, origin_row=i)

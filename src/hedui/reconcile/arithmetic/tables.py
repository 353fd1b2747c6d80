"""Grids -> the checks of arithmetic inside them: columns that end in 合计, rows that end in 小计, 其中 rows under their
total, rates over the columns they are formed of.

Rates and sums over columns of one group are certain by the layout. Rows may be parts of other rows, or be left out: their
sums are conflicts only where they name the rest (其他) or where a slip of the pen explains the gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Grid, GridCell, Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.sums_words import slip
from hedui.reconcile.cells import NOT_ADDED, cell_figure, is_total, roles_of
from hedui.reconcile.formulas.check import Quoted, check_of
from hedui.reconcile.formulas.intervals import Stated, compute, judge, quotient, total
from hedui.view import fold

__all__ = ["added", "slipped", "table_checks"]

SUBTOTAL = re.compile(r"小计|合计|总计")
MONEY_WORDS = (("executed", ("支出", "执行", "使用", "支付")), ("received", ("到位",)), ("budget", ("预算", "计划", "安排", "可用")))
MONEY_ROLES = frozenset({"budget", "budget_start", "received", "issued", "executed"})
# 年度资金总额 · 预算总额 · 小计
WHOLE_ROW = re.compile(r"^(?:(?:年度|项目|全年)?(?:资金|预算)?(?:总额|总数)|年度资金总额|合计|总计|小计)[:：]?$")
WHICH = re.compile(r"其中[:：]?")
LETTER = re.compile(r"\(([A-Z])\)")
# 预算执行率（B/A) · 执行率(B/A×100%)
OVER = re.compile(r"\(?([A-Z])\s*[/÷]\s*([A-Z])")
# 支付率 · 预算支出进度（%）
RATE = re.compile(r"(?:支付|支出|使用|拨付)率|(?:支出|执行|支付|拨付)进度")


def table_checks(layout: Layout) -> Iterator[Check]:
    """The checks of every grid by itself."""
    for grid in layout.grids:
        if grid.rows:
            yield from which_sums(layout, grid)
            yield from whole_sums(layout, grid)
            yield from row_sums(layout, grid)
            yield from rates(layout, grid)


def finest(figures: Sequence[Quoted]) -> list[Stated]:
    """The figures of one column or row, each with the finest step among them: beside 4760.47, 10801 means 10801.00."""
    step = min((f.stated.step for f in figures if f.stated.step), default=None)
    return [Stated(f.stated.value, f.stated.step and (step or f.stated.step)) for f in figures]


def added(layout: Layout, parts: Sequence[Quoted], whole: Quoted, *, certain: bool, remark: str = "") -> Check | None:
    """The check that `parts` come to `whole`; None where they do not and that is no matter."""
    stated, *others = finest([whole, *parts])
    outcome = compute(total, others)
    if outcome is None:
        return None
    verdict = judge(stated, outcome)
    if verdict == "conflict" and not certain:
        return None
    return check_of(layout, "sum", parts, whole, outcome, verdict, " + ".join("{}" for _ in parts), remark=remark)


def which_sums(layout: Layout, grid: Grid) -> Iterator[Check]:
    """`其中：` rows under the row above them, column by column."""
    text = layout.document.text
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            if not r or not cell.origin or not WHICH.match(fold(cell.text).strip()):
                continue
            stop = next((k for k in range(c + 1, len(row)) if row[k].origin and WHICH.match(fold(row[k].text).strip())), len(row))
            for k in range(c + 1, stop):
                whole = cell_figure(text, grid.rows[r - 1][k]) if k < len(grid.rows[r - 1]) else None
                if whole is None or whole.suffix == "%" or not additive(grid, k):
                    continue
                parts = run_below(text, grid, r, c, k)
                rest = any("其他" in line[c].text for line in grid.rows[r:r + len(parts) + 2] if c < len(line))
                if parts and (check := added(layout, parts, whole, certain=len(parts) > 1 and (rest or slipped(whole, parts)))):
                    yield check


def whole_sums(layout: Layout, grid: Grid) -> Iterator[Check]:
    """Columns of money under the row of the whole (资金总额) that opens a table; one that does not come out is a conflict
    where the same rows make up the whole in another column."""
    text, first = layout.document.text, grid.header_rows
    columns = [k for k, role in enumerate(roles_of(grid)) if role in MONEY_ROLES]
    if not columns or first >= len(grid.rows) or not any(WHOLE_ROW.search(fold(c.text).replace(" ", "")) for c in grid.rows[first]):
        return
    sums = []
    for k in columns:
        whole = cell_figure(text, grid.rows[first][k]) if k < len(grid.rows[first]) else None
        rows = [row for row in grid.rows[first + 1:] if k < len(row) and row[k].origin]
        parts = [f for row in rows if not is_total(row) and (f := cell_figure(text, row[k])) is not None and f.suffix != "%"]
        if whole is not None and len(parts) > 1 and not any(is_total(row) for row in rows):
            sums.append((parts, whole))
    checks = [added(layout, parts, whole, certain=True) for parts, whole in sums]
    holding = {len(check.inputs) for check in checks if check is not None and check.verdict == "consistent"}
    yield from (c for c in checks if c is not None and (c.verdict != "conflict" or len(c.inputs) in holding))


def slipped(whole: Quoted, parts: Sequence[Quoted]) -> bool:
    """Whether one wrong digit, or two exchanged, keeps `parts` from coming to `whole`."""
    return slip(whole, parts, sum((p.stated.value for p in parts), Decimal(0)) - whole.stated.value)


def additive(grid: Grid, column: int) -> bool:
    role = roles_of(grid)[column] if column < len(grid.headers) else None
    return role not in NOT_ADDED and role not in {"weight", "score"}


def run_below(text: str, grid: Grid, r: int, c: int, k: int) -> list[Quoted]:
    """The figures of column k from row r on, as long as column c holds labels and column k figures, noughts or nothing."""
    parts = []
    for i, row in enumerate(grid.rows[r:], start=r):
        label = fold(row[c].text).strip() if c < len(row) else ""
        if k >= len(row) or (i > r and (not label or WHICH.match(label) or is_total(row) or cell_figure(text, row[c]))):
            break
        figure = cell_figure(text, row[k])
        if figure is None and row[k].text.strip() not in {"", "-", "—", "/", "0"}:
            break
        if figure is not None:
            parts.append(figure)
    return parts


def row_sums(layout: Layout, grid: Grid) -> Iterator[Check]:
    """小计 and 合计 columns: the columns of their group, or all beside them where there is no group."""
    text = layout.document.text
    roles = roles_of(grid)
    for j, path in enumerate(grid.headers):
        if not path or not SUBTOTAL.fullmatch(fold(path[-1]).strip()):
            continue
        group = [k for k, other in enumerate(grid.headers)
                 if k != j and other and other[:-1] == path[:-1] and roles[k] not in NOT_ADDED]
        for row in grid.rows[grid.header_rows:]:
            whole = cell_figure(text, row[j]) if j < len(row) else None
            parts = [f for k in group if k < len(row) and (f := cell_figure(text, row[k])) is not None]
            if whole is None or not parts or any(p.suffix == "%" for p in parts):
                continue
            check = added(layout, parts, whole, certain=len(path) > 1 and len(parts) > 1)
            if check is not None:
                yield check


def rates(layout: Layout, grid: Grid) -> Iterator[Check]:
    """Rate columns over the two columns that their header names by letter, or that their roles tell."""
    text = layout.document.text
    headers = [fold("".join(path)).replace(" ", "") for path in grid.headers]
    roles = roles_of(grid)
    known = set(roles)
    roles = [role or ("rate" if RATE.search(h) else None if (told := money_role(h)) in known else told)
             for role, h in zip(roles, headers, strict=True)]
    letters = {found[1]: j for j, h in enumerate(headers) if (found := LETTER.search(h)) and not OVER.search(h)}
    for j, header in enumerate(headers):
        choices = operands(header, roles, letters, j)
        for row in grid.rows[grid.header_rows:]:
            checks = [check for pair in choices if max(*pair, j) < len(row)
                      and (check := rate_check(layout, text, [row[k] for k in pair], row[j], roles[j]))]
            if checks and all(check.verdict == "conflict" for check in checks):
                others = [k for k in range(len(row)) if k not in {j, *choices[0]} and row[k].origin]
                tried = [rate_check(layout, text, [row[choices[0][0]], row[k]], row[j], roles[j]) for k in others]
                checks = [check for check in tried if check is not None and check.verdict == "consistent"] or checks
            if checks:
                yield next((check for check in checks if check.verdict != "conflict"), checks[0])


def money_role(header: str) -> str | None:
    """What a money column holds by the words of its header, where its role is not a known one."""
    for role, words in MONEY_WORDS:
        if any(word in header for word in words) and not header.endswith("率"):
            return role
    return None


def operands(header: str, roles: Sequence[str | None], letters: dict[str, int], column: int) -> list[tuple[int, int]]:
    """The columns that may be numerator and denominator of the rate in `column`, the likeliest first."""
    over = OVER.search(header)
    if over and over[1] in letters and over[2] in letters:
        return [(letters[over[1]], letters[over[2]])]
    if roles[column] == "score_rate":
        tops, bottoms = ["score"], ["weight"]
    elif roles[column] == "rate" and "到位" in header:
        tops, bottoms = ["received", "issued"], ["budget", "budget_start"]
    elif roles[column] == "rate":
        tops, bottoms = ["executed"], ["budget", "received", "issued", "budget_start"]
    else:
        return []
    found = [[k for name in names for k, role in enumerate(roles) if role == name and k != column] for names in (tops, bottoms)]
    return [(top, bottom) for top in found[0][:1] for bottom in found[1]]


def rate_check(layout: Layout, text: str, pair: Sequence[GridCell], cell: GridCell, role: str | None) -> Check | None:
    stated = cell_figure(text, cell)
    figures = [cell_figure(text, c, exact=role == "score_rate") for c in pair]
    top, bottom = figures
    if stated is None or top is None or bottom is None or top.suffix == "%" or bottom.suffix == "%":
        return None
    if stated.suffix != "%":
        stated = Quoted(span=stated.span, text=stated.text, number=stated.number, scale=stated.scale / 100, suffix="%",
                        stated=Stated(stated.stated.value / 100, stated.stated.step / 100))
    outcome = compute(quotient, finest([top, bottom]))
    if outcome is None:
        return None
    verdict = judge(stated.stated, outcome)
    if verdict == "conflict" and "%" not in text[slice(*cell.span)]:
        return None
    return check_of(layout, "ratio", [top, bottom], stated, outcome, verdict, "{} ÷ {}")


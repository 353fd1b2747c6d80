"""Grids -> columns that are reckoned from other columns, row by row: what is left (结余 = 预算 − 支出), totals by source
(合计 = 中央 + 省级), amounts by a standard (人次 × 标准), growth and shares.

A header names what a column holds, seldom what it is reckoned from: the formula is the one under which the rows close. One
row closes by chance, so two must, or the one there is and its header says so; a row that then does not close is a conflict
only where a slip of the pen in one of its figures explains it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from hedui.document import Grid, Layout, Span
from hedui.findings import Check, CheckKind
from hedui.reconcile.arithmetic.exact import closes, words_of
from hedui.reconcile.arithmetic.slips import slipped_one
from hedui.reconcile.arithmetic.tables import finest
from hedui.reconcile.arithmetic.tables_columns_patterns import CHANGED, GROWTH, LEFT_OVER, OF_ONE, OF_WHOLE, OVER_LAST
from hedui.reconcile.cells import cell_figure, roles_of
from hedui.reconcile.formulas.check import Quoted, check_of
from hedui.reconcile.formulas.expressions import Expression, expression_of, parse
from hedui.reconcile.formulas.intervals import Stated, compute, judge, total
from hedui.reconcile.formulas.named import CLIMBED, SHARE
from hedui.view import fold

__all__ = ["column_checks"]

COLUMNS, SAMPLE, RUN = 16, 8, 9
LESS = parse("#1 - #2")
# 9640 × 500 元 = 482.00 万元
PRODUCTS = (parse("#1 * #2"), parse("#1 * #2 / 10000"))
# columns of an indicator table hold what its own checks read
OTHER = frozenset({"weight", "score", "target", "actual", "completion", "deviation", "number", "score_rate"})
Row = dict[int, Quoted]


class Relation(NamedTuple):
    """A column and those it is reckoned from, with the kind of check and the formula over them."""

    kind: CheckKind
    target: int
    operands: tuple[int, ...]
    formula: Expression


def column_checks(layout: Layout, taken: Collection[Span]) -> Iterator[Check]:
    """The checks of all grids; figures in `taken` are reckoned by other checks."""
    for grid in layout.grids:
        headers, rows = figures_of(layout.document.text, grid)
        for target in sorted({j for row in rows for j in row})[:COLUMNS]:
            relation = relation_of(headers, rows, target)
            if relation is not None:
                yield from checks_of(layout, relation, rows, taken)
        yield from over_last(layout, headers, rows)


def figures_of(text: str, grid: Grid) -> tuple[list[str], list[Row]]:
    """The headers of a grid, of its first row where it has none, and the figures of every row by column."""
    headers = [fold("".join(path)).replace(" ", "") for path in grid.headers]
    body = grid.rows[grid.header_rows:]
    if not any(headers) and body and not any(cell_figure(text, c) for c in body[0]):
        headers, body = [fold(c.text).replace(" ", "") for c in body[0]], body[1:]
    roles = roles_of(grid)
    kept = [j for j in range(len(headers)) if roles[j] not in OTHER] if "name" not in roles else []
    rows = [{j: f for j in kept if j < len(row) and row[j].origin and (f := cell_figure(text, row[j])) is not None} for row in body]
    return headers, [row for row in rows if row]


def relation_of(headers: Sequence[str], rows: Sequence[Row], target: int) -> Relation | None:
    """The formula that the rows of a column close under, the likeliest by its header."""
    header = headers[target]
    told = [row for row in rows if target in row]
    rate = any(row[target].suffix == "%" for row in told) or header.endswith("率")
    others = [j for j in sorted({j for row in told for j in row}) if j != target][:COLUMNS]
    plain = [j for j in others if not any(row[j].suffix == "%" for row in told if j in row) and not headers[j].endswith("率")]
    pairs = list(permutations(plain, 2))
    if rate and GROWTH.search(header):
        choices = [*(Relation("growth", target, p, SHARE) for p in pairs if CHANGED.search(headers[p[0]])),
                   *(Relation("growth", target, p, CLIMBED) for p in pairs)]
        return fitting(choices, told, cued=True)
    if rate:
        return fitting([Relation("ratio", target, p, SHARE) for p in pairs], told, cued=False) if OF_WHOLE.search(header) else None
    if LEFT_OVER.search(header) or CHANGED.search(header):
        return fitting([Relation("difference", target, p, LESS) for p in pairs], told, cued=True)
    by_one = [p for p in pairs if p[0] < p[1] and any(OF_ONE.search(headers[j]) for j in p) and not OF_ONE.search(header)]
    sums = [Relation("sum", target, run, added) for run in runs(plain, target) if (added := expression_of(total, len(run)))]
    return (fitting(sums, told, cued=False)
            or fitting([Relation("ratio", target, p, formula) for p in by_one for formula in PRODUCTS], told, cued=False))


def runs(columns: Sequence[int], target: int) -> Iterator[tuple[int, ...]]:
    """Columns side by side, just before `target` or just behind it, the longest first."""
    before, behind = [j for j in columns if j < target], [j for j in columns if j > target]
    for size in range(min(RUN, max(len(before), len(behind))), 1, -1):
        if size <= len(before):
            yield tuple(before[-size:])
        if size <= len(behind):
            yield tuple(behind[:size])


def fitting(choices: Sequence[Relation], rows: Sequence[Row], *, cued: bool) -> Relation | None:
    """The first formula that closes most rows: two at least that say something, or the only one where the header is `cued`."""
    for relation in choices:
        held = [row for row in rows if all(j in row for j in relation.operands)]
        if not held or not any(holds(relation, row) for row in held[:SAMPLE]):
            continue
        closed = sum(holds(relation, row) and telling(relation, row) for row in held)
        amiss = sum(not holds(relation, row) for row in held)
        if (closed > 1 and amiss * 3 <= closed + 1) or (cued and closed == len(held) == 1):
            return relation
    return None


def telling(relation: Relation, row: Row) -> bool:
    """Whether a row that closes says something: with noughts among them any figures do."""
    return all(row[j].stated.value for j in relation.operands) and bool(row[relation.target].stated.value)


def holds(relation: Relation, row: Row) -> bool:
    return closes(relation.formula, [row[j] for j in relation.operands], row[relation.target])


def checks_of(layout: Layout, relation: Relation, rows: Sequence[Row], taken: Collection[Span]) -> Iterator[Check]:
    for row in rows:
        if relation.target not in row or row[relation.target].span in taken or any(j not in row for j in relation.operands):
            continue
        inputs, stated = [row[j] for j in relation.operands], row[relation.target]
        check = told_of(layout, relation, inputs, stated)
        if check is not None:
            yield check


def told_of(layout: Layout, relation: Relation, inputs: Sequence[Quoted], stated: Quoted) -> Check | None:
    operands = finest(inputs) if relation.kind != "ratio" else [Stated(i.stated.value) for i in inputs]
    outcome = compute(relation.formula, operands)
    if outcome is None:
        return None
    verdict = judge(stated.stated, outcome)
    if verdict == "conflict" and not slipped_one(relation.formula, inputs, stated):
        return None
    return check_of(layout, relation.kind, inputs, stated, outcome, verdict, words_of(relation.formula))


def over_last(layout: Layout, headers: Sequence[str], rows: Sequence[Row]) -> Iterator[Check]:
    """`预算比上年增长`: each rate over a column in its own row and in the row above."""
    for target, header in enumerate(headers):
        if not (OVER_LAST.search(header) and GROWTH.search(header)):
            continue
        for column in (j for j in range(len(headers)) if j != target):
            pairs = [(row, last) for last, row in pairwise(rows)
                     if target in row and row[target].suffix == "%" and column in row and column in last and row[column].suffix != "%"]
            relation = Relation("growth", target, (0, 1), CLIMBED)
            found = [told_of(layout, relation, [row[column], last[column]], row[target]) for row, last in pairs]
            if len(found) > 1 and all(check is not None and check.verdict != "conflict" for check in found):
                yield from (check for check in found if check is not None)
                break

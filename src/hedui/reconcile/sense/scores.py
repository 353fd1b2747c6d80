"""Indicators with points and results -> full points for no result at all, and results that leave their target far behind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Quote, Remark
from hedui.reconcile.agreement.targets import little
from hedui.reconcile.cells import roles_of
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import kind_of, tolerance
from hedui.reconcile.sense.patterns import BLANK, DEFAULTED
from hedui.reconcile.sense.told import Told, by_name, field, full_score, remark

__all__ = ["excess_remarks", "no_result_remarks", "ratio_of"]


def no_result_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """缺省, 未开展 and empty results that took all points all the same."""
    for tellings in by_name(told).values():
        full = next((t for t in tellings if full_score(t)), None)
        if full is None:
            continue
        defaulted = next((t for t in tellings if t.said.actual and DEFAULTED.fullmatch(squeezed(t.said.actual)) and not wanted_none(t)), None)
        if defaulted:
            yield remark(layout, "scored", [field(layout, defaulted, "actual"), field(layout, full, "score")],
                         f"{full.said.name}：所报“{defaulted.said.actual}”，仍得{points(full)}", [defaulted, full])
        elif not any(t.said.actual for t in tellings):
            for one in tellings:
                cell = empty_cell(layout, one)
                if cell and re.search(r"\d", one.said.target or ""):
                    yield remark(layout, "scored", [field(layout, one, "target"), *cell, field(layout, full, "score")],
                                 f"{one.said.name}：指标要求{one.said.target}，没有报结果，仍得{points(full)}", [one, full])
                    break


def points(told: Told) -> str:
    return "满分" if told.said.score == "满分" else f"满分{(told.said.score or '').removesuffix('分')}分"


def wanted_none(told: Told) -> bool:
    """重大事故 未发生: nothing is what was wanted."""
    return bool((told.target and told.target.value == 0) or little(told.said.name) or re.search(r"[不无未]", told.said.target or ""))


def empty_cell(layout: Layout, told: Told) -> list[Quote] | None:
    """The dash in the column of results, [] where the cell is empty, None where the table has no such column."""
    if told.claim.grid is None or told.claim.row is None:
        return None
    grid = layout.grids[told.claim.grid]
    roles = roles_of(grid)
    if "actual" not in roles or told.claim.row >= len(grid.rows):
        return None
    cell = grid.rows[told.claim.row][roles.index("actual")]
    if not BLANK.fullmatch(squeezed(cell.text)) and cell.text.strip() not in {"-", "—", "/", "无"}:
        return None
    return [quote(layout, cell.span)] if cell.text.strip() else []


def ratio_of(one: Told) -> Decimal:
    """How many times its target a result is, 0 where that has no meaning."""
    if not one.target or not one.actual or one.target.kind != one.actual.kind or one.target.kind not in {"RATE", "QUANTITY"}:
        return Decimal(0)
    a, t = Decimal(one.actual.value), Decimal(one.target.value)
    alike = one.target.unit == one.actual.unit or not (one.target.unit and one.actual.unit)
    return a / t if alike and t > 0 and one.target.op in {">=", ">", None} else Decimal(0)


def excess_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """One question a report for all results that leave their target far behind with no reason given."""
    far: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.tabled and not one.said.reason and not little(one.said.name) and far_beyond(one):
            far[one.claim.part].append(one)
    for rows in far.values():
        first = rows[0]
        more = f"等{len(rows)}项" if len(rows) > 1 else ""
        yield remark(layout, "excess", [q for t in rows for q in (field(layout, t, "target"), field(layout, t, "actual"))],
                     f"{first.said.name}{more}：所报{first.said.actual}远超指标{first.said.target}，没有分析原因，指标值是否偏低", rows)


def far_beyond(one: Told) -> bool:
    kind = kind_of(one.said.name)
    ratio = ratio_of(one)
    if kind and (kind.better == "less" or kind.answer in {"span", "amount", "date"}):
        return False
    many = ratio > 0 and one.target is not None and (one.target.kind == "RATE" or Decimal(one.target.value) >= tolerance("excess_least"))
    return ratio >= tolerance("excess_leap") or (many and ratio >= tolerance("excess_ratio"))

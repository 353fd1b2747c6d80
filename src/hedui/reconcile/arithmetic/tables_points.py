"""Grids -> the points they hold: weights and scores by row, those of total rows apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hedui.document import Grid
from hedui.reconcile.cells import cell_figure, is_total, roles_of
from hedui.reconcile.formulas.check import Quoted

__all__ = ["Points", "fund_points", "points_of"]

MONEY = frozenset({"budget", "received", "executed"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """The points of a grid: for each role (weight, score) its figures by row, those of total rows apart."""

    grid: Grid
    rows: dict[str, dict[int, Quoted]]
    totals: dict[str, dict[int, Quoted]]


def points_of(text: str, grid: Grid) -> Points:
    roles = roles_of(grid)
    rows: dict[str, dict[int, Quoted]] = {}
    totals: dict[str, dict[int, Quoted]] = {}
    for j, role in enumerate(roles):
        if role not in {"weight", "score"} or role in rows:
            continue
        rows[role], totals[role] = {}, {}
        for i, row in enumerate(grid.rows[grid.header_rows:], start=grid.header_rows):
            figure = cell_figure(text, row[j], exact=True) if j < len(row) and row[j].origin else None
            if figure is not None and figure.suffix in {"", "分"}:
                (totals if is_total(row) else rows)[role][i] = figure
    return Points(grid=grid, rows=rows, totals=totals)


def fund_points(points: Points) -> Mapping[str, list[Quoted]]:
    """By role, the points that the first row of a table of money holds, whatever that row is called."""
    if not MONEY.intersection(roles_of(points.grid)):
        return {}
    found = {role: {**rows, **points.totals[role]} for role, rows in points.rows.items()}
    return {role: [rows[min(rows)]] for role, rows in found.items() if rows}

"""Grids and passages -> checks of weights and scores: rows against the bracket of their level, levels against each other,
columns against their total, and tables against the points told in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Passage
from hedui.reconcile.arithmetic.tables import added
from hedui.reconcile.arithmetic.tables_points import Points, points_of
from hedui.reconcile.arithmetic.tables_scores_columns import column_sums
from hedui.reconcile.arithmetic.tables_scores_told import told_in_text
from hedui.reconcile.cells import distinct, roles_of, weight_in

__all__ = ["score_table_checks"]


def score_table_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """All checks of points in tables."""
    text = layout.document.text
    points = [points_of(text, grid) for grid in layout.grids]
    for n, one in enumerate(points):
        yield from level_sums(layout, one)
        yield from column_sums(layout, one, points[:n])
    yield from told_in_text(layout, points, passages)


def level_sums(layout: Layout, points: Points) -> Iterator[Check]:
    """Weights of rows against the bracket of their level, and brackets of level 2 against that of level 1."""
    text, grid = layout.document.text, points.grid
    roles = roles_of(grid)
    levels = [j for j, role in enumerate(roles) if role in {"level1", "level2"}]
    weights = points.rows.get("weight", {})
    column = [[row[j] for row in grid.rows] for j in levels]
    cells = [[(cell, rows, w) for cell, rows in distinct(col) if (w := weight_in(text, cell))] for col in column]
    for n, level in enumerate(cells):
        for _, rows, weight in level:
            below = [w for _, inner, w in cells[n + 1] if inner[0] in rows] if n + 1 < len(cells) else []
            parts = below or [weights[i] for i in rows if i in weights]
            complete = bool(below) or sum(i in weights for i in rows) == len(rows)
            if parts and (check := added(layout, parts, weight, certain=complete, remark="权重合计")) is not None:
                yield check

"""Total scores of prose against the total row of the score table in the same report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Grid, GridCell, Layout
from hedui.findings import Check, Claim, Score
from hedui.layout import column_role, is_value
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.phrases import numeric
from hedui.reconcile.quotes import quote

__all__ = ["total_score_checks"]

HUNDRED = Decimal(100)
TOTAL = re.compile(r"^(?:总分|总得分|合计|总计|得分合计)$")


def total_score_checks(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """The total of every score table against the total that its report states."""
    totals: dict[int, list[tuple[GridCell, Decimal | None]]] = defaultdict(list)
    for grid in layout.grids:
        if cell := total_in(grid):
            totals[grid.part].append((cell, points_in_all(grid, cell)))
    for claim in claims:
        said = claim.fields
        if claim.type != "score" or not isinstance(said, Score) or said.name != "总分" or "score" not in claim.spans:
            continue
        for cell, full in totals[claim.part]:
            comparison = compare(cell.text, f"{said.score}") if full is None or full in {said.full or HUNDRED, HUNDRED} else None
            if comparison:
                a, b = quote(layout, cell.span), quote(layout, claim.spans["score"])
                sign = "=" if comparison.verdict == "consistent" else "≠"
                verdict = "conflict" if comparison.verdict == "rounding" else comparison.verdict
                yield agreement(layout, "table", [a], b, verdict=verdict, tier="numeric", computed=a.text,
                                note=f"总分：表中 {a.value} {sign} 文中 {b.value}", claims=(claim.id,))


def points_in_all(grid: Grid, score: GridCell) -> Decimal | None:
    """The full points that the row of a total score tells before it."""
    row = next(r for r in grid.rows if score in r)
    before = [v for cell in row[:row.index(score)] if is_value(cell.text) and (v := numeric(cell.text))]
    return Decimal(str(before[-1].value)) if before else None


def total_in(grid: Grid) -> GridCell | None:
    """The score in the row 总分 or 合计 of a table of indicators with scores."""
    roles = [column_role(path[-1]) if path else None for path in grid.headers]
    if "score" not in roles or "name" not in roles:
        return None
    column = roles.index("score")
    first = roles.index("weight") if "weight" in roles[:column] else column
    for row in reversed(grid.rows[grid.header_rows:]):
        label = next((j for j, cell in enumerate(row) if TOTAL.match(cell.text)), None)
        if label is not None:
            figures = [cell for cell in row if cell.text and is_value(cell.text) and numeric(cell.text)]
            if label >= first:
                return figures[column - first] if len(figures) > column - first else None
            return row[column] if numeric(row[column].text) else figures[-1] if len(figures) > 1 else None
    return None

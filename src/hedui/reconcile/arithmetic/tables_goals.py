"""Grids -> what their rows set as a target and what came of it, for running text that tells one of the two alone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from hedui.document import GridCell, Layout
from hedui.layout import bare
from hedui.reconcile.cells import roles_of
from hedui.reconcile.formulas.check import Quoted
from hedui.reconcile.formulas.intervals import Stated
from hedui.reconcile.phrases import squeezed
from hedui.view import view

__all__ = ["Goal", "goal_in", "goals_of"]

# ≥3.1万人 · 380 · 45公里
GOAL = re.compile(r"(?:≥|>|=|≤|<|不低于|不少于|不高于|不超过)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<power>[万亿])?(?P<unit>[^\d]{0,6})")
POWERS = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "": Decimal(1)}
MOST = 300


class Goal(NamedTuple):
    """One row: what it is called, its target and its result."""

    name: str
    target: Quoted
    actual: Quoted


def goal_in(text: str, cell: GridCell) -> Quoted | None:
    """The figure that a cell states, without the sign of its bound."""
    seen = view(text, cell.span)
    found = GOAL.fullmatch(seen.text) if seen.text else None
    if found is None:
        return None
    span = seen.span(found.start("number"), len(seen.text))
    number = found["number"].replace(",", "")
    scale = POWERS[found["power"] or ""] * (Decimal("0.01") if found["unit"] == "%" else 1)
    return Quoted(span=span, text=text[slice(*span)], stated=Stated(Decimal(number) * scale), number=number, scale=scale,
                  suffix=(found["power"] or "") + found["unit"])


def goals_of(layout: Layout) -> dict[int, list[Goal]]:
    """The rows with a target and a result in figures, part by part."""
    found: dict[int, list[Goal]] = {}
    for grid in layout.grids:
        roles = roles_of(grid)
        if not {"name", "target", "actual"} <= set(roles):
            continue
        name, target, actual = (roles.index(r) for r in ("name", "target", "actual"))
        own = found.setdefault(grid.part, [])
        for row in grid.rows[grid.header_rows:]:
            if len(row) > max(name, target, actual) and len(own) < MOST:
                goal, done = goal_in(layout.document.text, row[target]), goal_in(layout.document.text, row[actual])
                if goal is not None and done is not None:
                    own.append(Goal(squeezed(bare(row[name].text)), goal, done))
    return found

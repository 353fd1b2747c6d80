"""Grids and passages -> the points that prose tells of a part (产出50分，得48.67分) against the rows of its level in the table.

A level is found by both of its sums and a word of its name, so that it may be called otherwise in prose (产出 for 产出指标), and two
levels be told as one (效益和满意度).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check
from hedui.layout import bare
from hedui.reconcile.arithmetic.figures import Passage
from hedui.reconcile.arithmetic.scores_patterns import GENERIC_NAME
from hedui.reconcile.arithmetic.scores_told import Part, parts_of, summed
from hedui.reconcile.arithmetic.tables_scores import Points, points_of
from hedui.reconcile.cells import distinct, roles_of
from hedui.reconcile.formulas.check import Quoted
from hedui.reconcile.phrases import squeezed

__all__ = ["level_checks"]

HEAD, MOST = 2, 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A level of a table: its name, the weights and the scores of its rows."""

    name: str
    weights: tuple[Quoted, ...]
    scores: tuple[Quoted, ...]


def level_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """Full points and score of every part in prose against the rows of its level."""
    levels: dict[int, list[list[Level]]] = {}
    for grid in layout.grids:
        own = levels_of(points_of(layout.document.text, grid))
        if own:
            levels.setdefault(grid.part, []).append(own)
    for passage in passages:
        title = layout.sections[passage.section].title if passage.section < len(layout.sections) else ""
        for part in parts_of(passage) if passage.part in levels else ():
            for own in levels[passage.part][:MOST]:
                yield from against(layout, part, own, squeezed(bare(title)))


def levels_of(points: Points) -> list[Level]:
    roles = roles_of(points.grid)
    if "level1" not in roles or not points.rows.get("weight") or not points.rows.get("score"):
        return []
    column = [row[roles.index("level1")] for row in points.grid.rows]
    weights, scores = points.rows["weight"], points.rows["score"]
    return [Level(name=name, weights=tuple(weights[i] for i in rows if i in weights), scores=tuple(scores[i] for i in rows if i in scores))
            for cell, rows in distinct(column) if len(name := squeezed(bare(cell.text))) >= HEAD and any(i in weights for i in rows)]


def against(layout: Layout, part: Part, levels: Sequence[Level], title: str) -> Iterator[Check]:
    name = squeezed(part.name)
    named = [level for level in levels if level.name[:HEAD] in name]
    if not named and not GENERIC_NAME.sub("", name):
        named = [level for level in levels if level.name[:HEAD] in title]
    choices = [named] if len(named) > 1 else []
    choices += [[level] for level in named]
    for chosen in choices:
        weights = [w for level in chosen for w in level.weights]
        scores = [s for level in chosen for s in level.scores]
        if added(weights) == part.full.value and len(weights) > 1 and (part.full is not part.score or added(scores) == part.score.value):
            yield summed(layout, weights, part.full, "表中分值合计")
            if added(scores) == part.score.value and len(scores) > 1:
                yield summed(layout, scores, part.score, "表中得分合计")
            return


def added(figures: Sequence[Quoted]) -> Decimal:
    return sum((f.stated.value for f in figures), Decimal(0))

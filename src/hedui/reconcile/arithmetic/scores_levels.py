"""Grids and passages -> the points that prose tells of a part (产出50分，得48.67分) against the rows of its level in the table.

A level is found by both of its sums and a word of its name, so that it may be called otherwise in prose (产出 for 产出指标), and two
levels be told as one (效益和满意度). What is told otherwise is a conflict where the rows of the level are all there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.layout import bare
from hedui.reconcile.arithmetic.figures import Passage
from hedui.reconcile.arithmetic.patterns import FULL
from hedui.reconcile.arithmetic.scores_patterns import GENERIC_NAME
from hedui.reconcile.arithmetic.scores_told import Part, parts_of, summed
from hedui.reconcile.arithmetic.sums_words import DIMENSION
from hedui.reconcile.arithmetic.tables_points import Points, points_of
from hedui.reconcile.cells import distinct, is_total, roles_of
from hedui.reconcile.formulas.check import Quoted
from hedui.reconcile.phrases import squeezed

__all__ = ["level_checks"]

HEAD, MOST = 2, 12
HUNDRED, EXECUTION = Decimal(100), Decimal(10)
# 项目|产出|指标
COMMON = re.compile(r"^项目|指标$|类$")
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A level of a table: its name, the weights and the scores of its rows, and how many rows it has."""

    name: str
    weights: tuple[Quoted, ...]
    scores: tuple[Quoted, ...]
    rows: int

    @property
    def word(self) -> str:
        """What tells it from the other levels: 产出 of 项目产出指标."""
        return (COMMON.sub("", self.name) or self.name)[:HEAD]

    @property
    def complete(self) -> bool:
        """Whether every row tells its score, and its weight where any does."""
        return len(self.scores) == self.rows and len(self.weights) in {0, self.rows}


def level_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """Full points and score of every part in prose against the rows of its level."""
    levels: dict[int, list[list[Level]]] = {}
    for grid in layout.grids:
        own = levels_of(points_of(layout.document.text, grid))
        if own:
            levels.setdefault(grid.part, []).append(own)
    for passage in passages:
        title = layout.sections[passage.section].title if passage.section < len(layout.sections) else ""
        tables = levels.get(passage.part, [])[:MOST]
        parts = parts_of(passage) if tables else []
        checks = [check for part in parts for own in tables for check in against(layout, part, own, squeezed(bare(title)))]
        yield from checks
        if len(tables) == 1:
            yield from otherwise(layout, parts, tables[0], {check.stated.span for check in checks})


def otherwise(layout: Layout, parts: Sequence[Part], levels: Sequence[Level], held: Collection[Span]) -> Iterator[Check]:
    """Scores of parts that are not those of all the rows of their level: above the full points, or told with the full points that the
    rows have, or in a paragraph that has the score of another level right."""
    named = {id(part): [level for level in levels if level.word in squeezed(part.name)] for part in parts if not DIGIT.search(part.name)}
    whole = added([w for level in levels for w in level.weights]) in {HUNDRED, HUNDRED - EXECUTION}
    right = [part for part in parts if part.score.span in held
             or any(level.complete and added(level.scores) == part.score.value for level in named.get(id(part), []))]
    for part in parts:
        own = [level for level in named.get(id(part), []) if level.complete]
        if len(own) != 1 or part.score.value in {HUNDRED, added(own[0].scores)} or part in right:
            continue
        alone = part.full is part.score
        if alone and (FULL.search(part.full.before) or part.full.value == added(own[0].weights)):
            continue
        agreed = not alone and part.full.value == added(own[0].weights)
        if (not alone and part.score.value > part.full.value) or agreed or (whole and right and alone):
            yield summed(layout, own[0].scores, part.score, "表中得分合计")


def levels_of(points: Points) -> list[Level]:
    column = level_column(points)
    if column is None or not points.rows.get("score"):
        return []
    weights, scores = points.rows.get("weight", {}), points.rows["score"]
    return [Level(name=name, weights=tuple(weights[i] for i in rows if i in weights), scores=tuple(scores[i] for i in rows if i in scores),
                  rows=sum(not is_total(points.grid.rows[i]) for i in rows))
            for cell, rows in distinct([row[column] for row in points.grid.rows])
            if len(name := squeezed(bare(cell.text))) >= HEAD and any(i in scores for i in rows)]


def level_column(points: Points) -> int | None:
    """The column of the levels: by its header, or where that was misread the first, if several dimensions stand in it."""
    roles = roles_of(points.grid)
    if "level1" in roles:
        return roles.index("level1")
    words = {found[0] for row in points.grid.rows if row and (found := DIMENSION.search(row[0].text))}
    return 0 if len(words) > 1 and roles and roles[0] is None else None


def against(layout: Layout, part: Part, levels: Sequence[Level], title: str) -> Iterator[Check]:
    name = squeezed(part.name)
    named = [level for level in levels if level.word in name]
    if not named and not GENERIC_NAME.sub("", name):
        named = [level for level in levels if level.word in title]
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

"""Points in the text -> that full points less those taken off (扣1分) are the score, in the text or in the row of a table, that
full points by a rate are the score, and that a score over its full points is the rate told of it. Only what fits is told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hedui.document import Layout
from hedui.findings import Check
from hedui.layout import bare
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import FULL, SCORED
from hedui.reconcile.cells import cell_figure, distinct, roles_of, weight_in
from hedui.reconcile.formulas.check import Operand, Quoted, check_of
from hedui.reconcile.formulas.intervals import compute, difference, judge, quotient, times
from hedui.reconcile.phrases import squeezed

__all__ = ["lost_points", "score_rates"]

REACH, LONG = 90, 4
# 未及时上报，扣|1分 · 两项各扣|0.5分
TAKEN_OFF = re.compile(r"(?P<each>各)?扣(?:减|除|去|掉)?了?(?:共)?$")
BRACKET = re.compile(r"\((?:分值)?$")
# 项目决策|得分 · 决策类指标
LEVEL_WORDS = re.compile(r"(?:类|方面|部分)?(?:指标)?(?:自评|实际|评价)?(?:得分|得)?(?:为|是)?$")


class Row(NamedTuple):
    """The points of one row of a table: what it is called, its weight and its score."""

    name: str
    weight: Quoted
    score: Quoted


def lost_points(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """Points taken off, and points by a rate, of the paragraph's own full points or of the rows that the words name."""
    rows = rows_of(layout)
    for passage in passages:
        points = [f for f in passage.figures if f.unit == "分"]
        off = [f for f in points if TAKEN_OFF.search(f.before)]
        full = [f for f in points if FULL.search(f.before) or BRACKET.search(f.before)]
        scored = [f for f in points if SCORED.search(f.before) and f not in full and f not in off]
        if len(full) == 1 and scored:
            yield from own_points(layout, passage, full[0], off, scored[-1])
        for figure in off:
            yield from by_rows(layout, passage, figure, rows.get(passage.part, []))


def own_points(layout: Layout, passage: Passage, full: Figure, off: Sequence[Figure], score: Figure) -> Iterator[Check]:
    """`（6分）。…扣1分，得5分`, `分值6分…准确率98.67%，得5.9分`."""
    if off and (check := fitting(layout, [full, *off], score)) is not None:
        yield check
    for rate in passage.figures:
        if rate.label == "RATE" and rate.value < 1 and full.start < rate.start < score.start and score.value < full.value:
            outcome = compute(times, [full.stated, rate.stated])
            if outcome is not None and judge(score.stated, outcome) == "consistent":
                yield check_of(layout, "ratio", [full, rate], score, outcome, "consistent", "{} × {}")


def by_rows(layout: Layout, passage: Passage, off: Figure, rows: Sequence[Row]) -> Iterator[Check]:
    """The rows named in the words before `off`, the last of them, or all where each lost as much."""
    words = squeezed(passage.text[max(0, off.start - REACH):off.start])
    named = sorted(((words.rfind(row.name), row) for row in rows if row.name in words), key=lambda found: -found[0])
    told = TAKEN_OFF.search(off.before)
    for _, row in named if told and told["each"] else named[:1]:
        if (check := fitting(layout, [row.weight, off], row.score)) is not None:
            yield check


def fitting(layout: Layout, parts: Sequence[Operand], stated: Operand) -> Check | None:
    outcome = compute(difference, [p.stated for p in parts])
    if outcome is None or outcome.point != stated.stated.value:
        return None
    return check_of(layout, "difference", parts, stated, outcome, "consistent", " − ".join("{}" for _ in parts))


def rows_of(layout: Layout) -> dict[int, list[Row]]:
    """The rows with weight and score, part by part."""
    found: dict[int, list[Row]] = defaultdict(list)
    for grid in layout.grids:
        roles = roles_of(grid)
        if not {"name", "weight", "score"} <= set(roles):
            continue
        name, weight, score = (roles.index(r) for r in ("name", "weight", "score"))
        for row in grid.rows[grid.header_rows:]:
            if len(row) <= max(name, weight, score):
                continue
            figures = [cell_figure(layout.document.text, row[j], exact=True) for j in (weight, score)]
            called = squeezed(bare(row[name].text))
            if figures[0] is not None and figures[1] is not None and len(called) >= LONG:
                found[grid.part].append(Row(called, figures[0], figures[1]))
    return found


def score_rates(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`项目决策得分13分，得分率86.67%`: over the figure before it, the full points told under the level's heading, or its weight."""
    weights = level_weights(layout, passages)
    for passage in passages:
        for n, rate in enumerate(passage.figures):
            if rate.label != "RATE" or "得分率" not in rate.before[-8:] or n == 0 or passage.figures[n - 1].unit != "分":
                continue
            top = passage.figures[n - 1]
            beside = passage.figures[n - 2] if n > 1 and passage.figures[n - 2].unit == "分" else None
            name = LEVEL_WORDS.sub("", squeezed(top.name))
            told: list[Operand] = [*([beside] if beside is not None and beside.sentence == top.sentence else []),
                                   *weights.get((passage.part, name), [])]
            for bottom in told:
                outcome = compute(quotient, [top.stated, bottom.stated])
                if outcome is not None and bottom.stated.value >= top.value and judge(rate.stated, outcome) != "conflict":
                    yield check_of(layout, "ratio", [top, bottom], rate, outcome, judge(rate.stated, outcome), "{} ÷ {}")
                    break


def level_weights(layout: Layout, passages: Sequence[Passage]) -> dict[tuple[int, str], list[Operand]]:
    """The full points of levels: told first in the section of their name, or in the brackets of their cell."""
    found: dict[tuple[int, str], list[Operand]] = defaultdict(list)
    for passage in passages:
        title = LEVEL_WORDS.sub("", squeezed(bare(layout.sections[passage.section].title)))
        figure = next((f for f in passage.figures if f.unit == "分" and FULL.search(f.before)), None)
        if figure is not None and title:
            found[(passage.part, title)].append(figure)
    for grid in layout.grids:
        roles = roles_of(grid)
        for column in (j for j, role in enumerate(roles) if role == "level1"):
            for cell, _ in distinct([row[column] for row in grid.rows if column < len(row)]):
                if (weight := weight_in(layout.document.text, cell)) is not None:
                    found[(grid.part, LEVEL_WORDS.sub("", squeezed(bare(cell.text))))].append(weight)
    return found

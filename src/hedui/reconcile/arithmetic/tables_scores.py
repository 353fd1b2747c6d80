"""Grids and passages -> checks of weights and scores: rows against the bracket of their level, levels against each other,
columns against their total, and tables against the points told in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hedui.document import Grid, GridCell, Layout
from hedui.findings import Check
from hedui.layout import bare
from hedui.reconcile.arithmetic.exact import words_of
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import FULL, SCORED, WHOLE_SCORE
from hedui.reconcile.arithmetic.scores_patterns import LOST
from hedui.reconcile.arithmetic.tables import added, slipped
from hedui.reconcile.cells import NOT_ADDED, cell_figure, distinct, is_total, roles_of, weight_in
from hedui.reconcile.formulas.check import Operand, Quoted, check_of
from hedui.reconcile.formulas.expressions import Constant, Expression, Input, Operation
from hedui.reconcile.formulas.intervals import Stated, compute, judge, total

__all__ = ["Points", "points_of", "score_table_checks"]

NEAR, INNER, TOLD = 5, 30, 60
HUNDRED, EXECUTION = Decimal(100), Decimal(10)
MONEY = frozenset({"budget", "received", "executed"})
# 项目决策|得分
OWN_SCORE = re.compile(r"(?:类|方面|部分)?(?:指标)?(?:自评|实际|评价)?得分(?:为|是)?")
# 满意度10分|,得|9.71分 · (40分|)得|48分
AFTER_FULL = re.compile(r"^[,、)]{1,2}(?:自评|实际)?(?:得分?|实得)(?:为|是)?$")
# ，|自评得|29分: the score of what was named before
BARE_SCORE = re.compile(r"(?:自评|实际|评价|评估)?(?:得分?|实得|得分|自评分?)?(?:为|是)?")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """The points of a grid: for each role (weight, score) its figures by row, those of total rows apart."""

    grid: Grid
    rows: dict[str, dict[int, Quoted]]
    totals: dict[str, dict[int, Quoted]]


def score_table_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """All checks of points in tables."""
    text = layout.document.text
    points = [points_of(text, grid) for grid in layout.grids]
    for n, one in enumerate(points):
        yield from level_sums(layout, one)
        yield from column_sums(layout, one, points[:n])
    yield from told_in_text(layout, points, passages)


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


def column_sums(layout: Layout, points: Points, before: Sequence[Points]) -> Iterator[Check]:
    """Every column that a total row sums up; points of the funds row in a table above count where the weights say so."""
    text, grid = layout.document.text, points.grid
    first, roles = grid.header_rows, roles_of(grid)
    first += first == 0 and bool(grid.rows) and not any(cell_figure(text, cell) for cell in grid.rows[0])
    for i, row in enumerate(grid.rows[first:], start=first):
        if not is_total(row) or i == first:
            continue
        previous = [k for k in range(first, i) if is_total(grid.rows[k])]
        start = previous[-1] + 1 if previous else first
        cells = [(j, roles[j] if j < len(roles) else None, whole) for j, whole in total_cells(text, grid, row)]
        wholes = {role: whole.stated.value for _, role, whole in cells if role in {"weight", "score"}}
        own = {role: sum((f.stated.value for k, f in points.rows.get(role, {}).items() if start <= k < i), Decimal(0)) for role in wholes}
        above = extension(points, before, own, wholes)
        ten_short = wholes.get("weight") == HUNDRED and own["weight"] == HUNDRED - EXECUTION
        for j, role, whole in cells:
            if role in NOT_ADDED:
                continue
            parts = column_parts(text, grid, j, start, i, role)
            more = above.get(role or "", [])
            if not parts:
                continue
            choices = ([*more, *parts], parts, outermost(parts))
            chosen = next((p for p in choices if p and added(layout, p, whole, certain=False)), choices[0])
            sure = slipped(whole, chosen) or (role in {"weight", "score"} and (bool(above.get("weight")) or not ten_short))
            check = added(layout, chosen, whole, certain=sure and len(chosen) > 1 and complete(text, grid, j, start, i))
            if check is not None:
                yield averaged(layout, chosen, whole) or check if check.verdict == "conflict" else check


def averaged(layout: Layout, parts: Sequence[Quoted], whole: Quoted) -> Check | None:
    """The check that a row at the end holds the mean of the rows above it (各市自评得分的平均数), where it does."""
    terms: tuple[Expression, ...] = tuple(Input(n) for n in range(1, len(parts) + 1))
    formula = Operation("/", (Operation("+", terms), Constant(Decimal(len(parts))))) if len(parts) > 1 else None
    outcome = compute(formula, [p.stated for p in parts]) if formula is not None else None
    last = Decimal(1).scaleb(-len(whole.number.partition(".")[2]))
    if formula is None or outcome is None or judge(Stated(whole.stated.value, last), outcome) != "consistent":
        return None
    return check_of(layout, "ratio", parts, whole, outcome, "consistent", words_of(formula), remark="各行平均")


def total_cells(text: str, grid: Grid, row: Sequence[GridCell]) -> list[tuple[int, Quoted]]:
    """The figures of a total row with their columns. Rows that lost their empty cells are read from the left: the first
    figure is that of 分值, the second that of 得分."""
    roles = roles_of(grid)
    points = [j for j, role in enumerate(roles) if role in {"weight", "score"}]
    found = [(j, f) for j, c in enumerate(row) if c.origin and (f := cell_figure(text, c, exact=j in points)) and f.suffix != "%"]
    moved = [(k, f) for k, (_, f) in zip(points, found, strict=False)]
    if points and found and len(found) == len(points) and all(j not in points for j, _ in found[-1:]):
        return moved
    return found


def column_parts(text: str, grid: Grid, j: int, start: int, stop: int, role: str | None) -> list[Quoted]:
    """The figures of a column in rows that are not 其中 of others."""
    found = []
    for row in grid.rows[start:stop]:
        if j < len(row) and row[j].origin and not any(c.text.strip().startswith("其中") for c in row):
            figure = cell_figure(text, row[j], exact=role in {"weight", "score"})
            if figure is not None and figure.suffix != "%":
                found.append(figure)
    return found


def outermost(parts: Sequence[Quoted]) -> list[Quoted]:
    """The figures of a column without those that add up to the one above them."""
    found: list[Quoted] = []
    at = 0
    while at < len(parts):
        found.append(parts[at])
        added_up, stop = Decimal(0), at
        for n in range(at + 1, min(len(parts), at + 1 + INNER)):
            added_up += parts[n].stated.value
            if n > at + 1 and added_up == parts[at].stated.value:
                stop = n
                break
        at = stop + 1
    return found


def complete(text: str, grid: Grid, j: int, start: int, stop: int) -> bool:
    """Whether a column holds nothing but figures, dashes and nothing, and no row of it is 其中 of another."""
    rows = grid.rows[start:stop]
    cells = [row[j] for row in rows if j < len(row) and row[j].text.strip()]
    return all(cell_figure(text, c) is not None or c.text.strip() in {"-", "—", "/"} for c in cells)


def extension(points: Points, before: Sequence[Points], own: Mapping[str, Decimal], wholes: Mapping[str, Decimal]
              ) -> Mapping[str, list[Quoted]]:
    """By role, the points of the tables just above that a total row counts in with its `own` rows: those of the funds row
    (资金执行 10分), or those of a table without a total, where the points of either role then come to their whole; the
    funds row also where it makes the weights a hundred, so that only the total can be wrong."""
    for last in reversed(before[-NEAR:] if wholes else ()):
        if last.grid.part != points.grid.part:
            break
        funds = fund_points(last)
        more = funds or ({} if last.totals.get("weight") else {role: list(rows.values()) for role, rows in last.rows.items()})
        held = {role: sum((f.stated.value for f in figures), Decimal(0)) for role, figures in more.items()}
        closes = any(held.get(role) and own[role] and wholes[role] - own[role] == held[role] for role in wholes)
        if closes or (funds and held.get("weight") and own.get("weight", Decimal(0)) + held["weight"] == HUNDRED):
            return more
    return {}


def fund_points(points: Points) -> Mapping[str, list[Quoted]]:
    """By role, the points that the first row of a table of money holds, whatever that row is called."""
    if not MONEY.intersection(roles_of(points.grid)):
        return {}
    found = {role: {**rows, **points.totals[role]} for role, rows in points.rows.items()}
    return {role: [rows[min(rows)]] for role, rows in found.items() if rows}


def told_in_text(layout: Layout, points: Sequence[Points], passages: Sequence[Passage]) -> Iterator[Check]:
    """Points told in the text against columns: those of the whole table in the passages just above it, those of a level by
    its name anywhere in the report."""
    starts = [p.view.starts[0] if p.view.starts else -1 for p in passages]
    at = 0
    for one in points:
        while at < len(starts) and starts[at] < one.grid.span[0]:
            at += 1
        if one.rows.get("weight") and not any(one.totals.values()) and {"name", "level2"} & set(roles_of(one.grid)):
            near = [p for p in passages[max(0, at - NEAR):at] if p.section == one.grid.section]
            yield from above_table(layout, one, near)
    by_part: dict[int, list[Figure]] = {}
    for passage in passages:
        by_part.setdefault(passage.part, []).extend(f for f in passage.figures if f.unit == "分" and not LOST.search(f.before))
    for one in points:
        if any(one.rows.values()):
            told = by_part.get(one.grid.part, [])
            at = bisect_left(told, one.grid.span[0], key=place)
            yield from by_level(layout, one, told[max(0, at - TOLD):at + TOLD])


def place(figure: Figure) -> int:
    return figure.span[0]


def above_table(layout: Layout, points: Points, near: Sequence[Passage]) -> Iterator[Check]:
    figures = [f for p in near for f in p.figures if f.unit == "分"]
    for role, cue in (("weight", FULL), ("score", SCORED)):
        told = next((f for f in reversed(figures) if cue.search(f.before) and not (role == "score" and FULL.search(f.before))), None)
        parts: list[Operand] = list(points.rows.get(role, {}).values())
        if told is None or not parts:
            continue
        outcome = compute(total, [p.stated for p in parts])
        if outcome is None:
            continue
        verdict = judge(told.stated, outcome)
        if verdict != "conflict" or "表" in near[told.passage - near[0].index].text:
            yield check_of(layout, "sum", parts, told, outcome, verdict, " + ".join("{}" for _ in parts),
                           remark="表中" + ("分值" if role == "weight" else "得分") + "合计")


def follows(first: Figure, second: Figure, name: str) -> bool:
    """Whether `second` is the score beside the full points of a level: `效益指标30分，得29分`."""
    return first.passage == second.passage and first.sentence == second.sentence and name in first.name and bool(
        BARE_SCORE.fullmatch(second.name)) and len(second.before) <= NEAR + 3 and "、" not in second.before


def beside_score(first: Figure, second: Figure) -> bool:
    """Whether the first is the full points of what the second scored: `满意度10分，得9.71分`, `效益指标（40分）得48分`."""
    return first.passage == second.passage and second.start - first.end <= NEAR + 3 and AFTER_FULL.search(
        second.before[first.end - second.start:]) is not None


def of_level(figure: Figure, name: str) -> bool:
    """Whether a figure named with a level is of that level, not of the whole: 项目决策得分 and not 产出指标合计总分."""
    rest = figure.name.replace(name, "")
    return name not in figure.name or bool(OWN_SCORE.fullmatch(rest)) or not WHOLE_SCORE.search(rest)


def by_level(layout: Layout, points: Points, told: Sequence[Figure]) -> Iterator[Check]:
    """`产出指标49.2分` against the rows of 产出指标; what does not fit either column is left to others."""
    roles = roles_of(points.grid)
    if "level1" not in roles:
        return
    names = distinct([row[roles.index("level1")] for row in points.grid.rows])
    pairs = [(one, two) for one, two in pairwise(told) if beside_score(one, two)]
    full, scored = {one.span for one, _ in pairs}, {two.span for _, two in pairs}
    held: set[int] = set()
    amiss: list[tuple[Figure, list[Operand]]] = []
    for cell, rows in names:
        name = SPACES.sub("", bare(cell.text))
        if len(name) < 2 or name in {"其他", "一级指标"}:
            continue
        own = [f for n, f in enumerate(told) if f.name.lstrip("其中为").startswith(name) or (len(name) > 3 and name in f.name)
               or (n and (follows(told[n - 1], f, name) or (f.span in scored and told[n - 1].before.rstrip("(").endswith(name))))]
        for figure in (f for f in own[-NEAR:] if of_level(f, name)):
            for role in ("score", "weight"):
                parts: list[Operand] = [f for i, f in points.rows.get(role, {}).items() if i in rows]
                outcome = compute(total, [p.stated for p in parts]) if parts else None
                if outcome is not None and outcome.point == figure.value:
                    yield check_of(layout, "sum", parts, figure, outcome, "consistent", " + ".join("{}" for _ in parts))
                    held.add(figure.passage)
                    break
            else:
                scores: list[Operand] = [f for i, f in points.rows.get("score", {}).items() if i in rows]
                if scores and figure.span not in full and len(scores) == sum(i >= points.grid.header_rows for i in rows):
                    amiss.append((figure, scores))
    yield from otherwise(layout, amiss, held)


def otherwise(layout: Layout, amiss: Sequence[tuple[Figure, list[Operand]]], held: Collection[int]) -> Iterator[Check]:
    """Points of a level that are not those of its rows, told in a paragraph that tells those of another level rightly."""
    for figure, scores in amiss:
        outcome = compute(total, [s.stated for s in scores])
        full = FULL.search(figure.before) and not SCORED.search(figure.before)
        if outcome is not None and figure.passage in held and not full and "(" not in figure.before[-2:]:
            yield check_of(layout, "sum", scores, figure, outcome, "conflict", " + ".join("{}" for _ in scores), remark="表中得分合计")

"""Grids and passages -> checks of points that follow from a rate (1.9 of 10 points at a rate of execution of 19.24 %, 9.2 of
10 for 41.2 of 45 kilometres) and of completion against targets in tables. Points are also given otherwise, so only what
fits is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from hedui.document import GridCell, Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import COMPLETED, COMPLETION
from hedui.reconcile.arithmetic.sums_words import mistyped
from hedui.reconcile.cells import cell_figure, roles_of
from hedui.reconcile.formulas.check import Operand, Quoted, check_of
from hedui.reconcile.formulas.intervals import Stated, compute, judge, quotient, times
from hedui.reconcile.formulas.named import SHARE_OF_POINTS
from hedui.view import view

__all__ = ["in_proportion", "points_by_rate", "table_completions"]

RATES, TARGETS, ONE = 12, 300, Decimal(1)
# ≥3.1万人 · 380 · 45公里
GOAL = re.compile(r"(?:≥|>|=|不低于|不少于)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<power>[万亿])?(?P<unit>[^\d]{0,6})")
# 预算执行率 · 年度资金总额 · 合计
EXECUTION_ROW = re.compile(r"执行(?:率|情况|进度|数|$)|(?:预算|资金|经费)执行|(?:资金|预算)总额|^\s*(?:合\s*计|小计|总计)\s*$")
# 预算执行|10分,得19分 · 预算执行(|10分)得19分
OF_EXECUTION = re.compile(r"执行[^,;。、:]*$")
POWERS = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "": Decimal(1)}


def points_by_rate(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """Points for execution, in the text and in the rows of tables, over every rate of execution that the part tells."""
    rates: dict[int, list[Operand]] = {}
    fulls: dict[int, list[Operand]] = {}
    scores: list[tuple[int, list[Operand], list[Operand], Operand]] = []
    for passage in passages:
        rates.setdefault(passage.part, []).extend(
            f for f in passage.figures if f.label == "RATE" and "执行率" in f.before[-8:])
    for grid in layout.grids:
        for row in grid.rows[grid.header_rows:]:
            found = row_points(layout.document.text, roles_of(grid), row)
            if found is not None:
                fulls.setdefault(grid.part, []).append(found[0])
                scores.append((grid.part, [found[0]], found[1], found[2]))
    for passage in passages:
        points = [f for f in passage.figures if f.unit == "分"]
        for n, figure in enumerate(points):
            after = points[n + 1] if n + 1 < len(points) else None
            if OF_EXECUTION.search(figure.before):
                scores.append((passage.part, [*(p for p in points[:n] if "执行" in p.name), *fulls.get(passage.part, [])], [], figure))
                if after is not None and after.before.lstrip(",、)").startswith(("得", "实得", "实际得分")):
                    scores.append((passage.part, [figure], rates.get(passage.part, [])[:1], after))
    for part, wholes, own, told in scores:
        check = point_check(layout, wholes[:3], [*own, *rates.get(part, [])[:RATES]], told)
        check = check or beyond_full(layout, wholes, own, told) or slipped_points(layout, wholes, own, told)
        if check is not None:
            yield check


def row_points(text: str, roles: Sequence[str | None], row: Sequence[GridCell]) -> tuple[Quoted, list[Operand], Quoted] | None:
    """The weight of a row, the rates it tells and its score."""
    if not {"weight", "score"} <= set(roles) or len(row) < len(roles):
        return None
    weight, score = (cell_figure(text, row[roles.index(r)], exact=True) for r in ("weight", "score"))
    named = any(EXECUTION_ROW.search(c.text) for c in row)
    if weight is None or score is None or not named or "%" in (weight.suffix, score.suffix):
        return None
    cells = [cell_figure(text, c) for c, role in zip(row, roles, strict=False) if role not in {"score_rate", "target"}]
    return weight, [c for c in cells if c is not None and c.suffix == "%"], score


def point_check(layout: Layout, wholes: Sequence[Operand], rates: Sequence[Operand], score: Operand) -> Check | None:
    for full in wholes:
        for rate in rates:
            outcome = compute(times, [full.stated, rate.stated])
            if outcome is not None and rate.stated.value != ONE and judge(score.stated, outcome) == "consistent":
                return check_of(layout, "ratio", [full, rate], score, outcome, "consistent", "{} × {}")
    return None


def beyond_full(layout: Layout, wholes: Sequence[Operand], rates: Sequence[Operand], score: Operand) -> Check | None:
    """More points for execution than there are, 19 of 10, over the one rate of execution told beside or first."""
    if len(wholes) != 1 or len(rates) != 1 or score.stated.value <= wholes[0].stated.value:
        return None
    outcome = compute(times, [wholes[0].stated, rates[0].stated])
    return None if outcome is None else check_of(layout, "ratio", [wholes[0], rates[0]], score, outcome, "conflict", "{} × {}")


def slipped_points(layout: Layout, wholes: Sequence[Operand], rates: Sequence[Operand], score: Operand) -> Check | None:
    """The points of a row that a slip of the pen keeps from being its weight by its rate: 9.23 for 9.53."""
    if len(wholes) != 1 or len(rates) != 1:
        return None
    outcome = compute(times, [wholes[0].stated, rates[0].stated])
    last = Decimal(1).scaleb(-len(score.number.partition(".")[2]))
    if outcome is None or judge(score.stated, outcome) != "conflict":
        return None
    if not mistyped(score, outcome.point.quantize(last, ROUND_HALF_UP) - score.stated.value):
        return None
    return check_of(layout, "ratio", [wholes[0], rates[0]], score, outcome, "conflict", "{} × {}")


def goal_in(text: str, cell: GridCell) -> Quoted | None:
    """The bound that a target cell states, as a figure."""
    seen = view(text, cell.span)
    found = GOAL.fullmatch(seen.text) if seen.text else None
    if found is None:
        return None
    span = seen.span(found.start("number"), len(seen.text))
    number = found["number"].replace(",", "")
    scale = POWERS[found["power"] or ""] * (Decimal("0.01") if found["unit"] == "%" else 1)
    return Quoted(span=span, text=text[slice(*span)], stated=Stated(Decimal(number) * scale), number=number, scale=scale,
                  suffix=(found["power"] or "") + found["unit"])


def table_completions(layout: Layout, passages: Sequence[Passage], known: Sequence[Check]) -> Iterator[Check]:
    """`全市城镇新增就业3.26万人，…完成率105.16%` over the target that a table of the part gives. `known` rates are left alone."""
    taken = {check.stated.span for check in known}
    goals: dict[int, list[Quoted]] = {}
    for grid in layout.grids:
        roles = roles_of(grid)
        if "target" in roles:
            column = roles.index("target")
            cells = [goal_in(layout.document.text, row[column]) for row in grid.rows[grid.header_rows:] if column < len(row)]
            goals.setdefault(grid.part, []).extend(c for c in cells if c is not None)
    for passage in passages:
        for rate in passage.figures:
            if rate.label != "RATE" or rate.value == ONE or rate.span in taken:
                continue
            if COMPLETION.search(rate.before) or COMPLETED.search(rate.before):
                tops = [f for f in passage.figures if f.end <= rate.start and f.label == "QUANTITY" and f.sentence == rate.sentence]
                check = completion_check(layout, tops, goals.get(passage.part, [])[:TARGETS], rate)
                if check is not None:
                    yield check


def completion_check(layout: Layout, tops: Sequence[Figure], goals: Sequence[Quoted], rate: Figure) -> Check | None:
    for top in tops[:3]:
        for goal in goals:
            if goal.suffix and not goal.suffix.endswith(top.unit):
                continue
            outcome = compute(quotient, [top.stated, goal.stated])
            if outcome is not None and judge(rate.stated, outcome) == "consistent":
                return check_of(layout, "ratio", [top, goal], rate, outcome, "consistent", "{} ÷ {}")
    return None


def in_proportion(layout: Layout) -> Iterator[Check]:
    """Rows that lost points in proportion to what they fell short of: 41.2 of 45 kilometres, 9.2 of 10 points."""
    text = layout.document.text
    for grid in layout.grids:
        roles = roles_of(grid)
        if not {"target", "actual", "weight", "score"} <= set(roles):
            continue
        for row in grid.rows[grid.header_rows:]:
            if len(row) < len(roles):
                continue
            weight, score = (cell_figure(text, row[roles.index(r)], exact=True) for r in ("weight", "score"))
            goal, done = (goal_in(text, row[roles.index(r)]) for r in ("target", "actual"))
            if weight is None or score is None or goal is None or done is None or score.stated.value >= weight.stated.value:
                continue
            outcome = compute(SHARE_OF_POINTS, [done.stated, goal.stated, weight.stated])
            if outcome is not None and judge(score.stated, outcome) == "consistent":
                yield check_of(layout, "ratio", [done, goal, weight], score, outcome, "consistent", "{} ÷ {} × {}")

"""Points of tables and passages -> whether the text tells the points of the table, of the whole and of its levels."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from hedui.document import Layout
from hedui.findings import Check
from hedui.layout import bare
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import FULL, SCORED, WHOLE_SCORE
from hedui.reconcile.arithmetic.scores_patterns import LOST
from hedui.reconcile.arithmetic.tables_points import Points
from hedui.reconcile.cells import distinct, roles_of
from hedui.reconcile.formulas.check import Operand, check_of
from hedui.reconcile.formulas.intervals import compute, judge, total

__all__ = ["told_in_text"]

NEAR, TOLD = 5, 60
# 项目决策|得分
OWN_SCORE = re.compile(r"(?:类|方面|部分)?(?:指标)?(?:自评|实际|评价)?得分(?:为|是)?")
# 满意度10分|,得|9.71分 · (40分|)得|48分
AFTER_FULL = re.compile(r"^[,、)]{1,2}(?:自评|实际)?(?:得分?|实得)(?:为|是)?$")
# ，|自评得|29分: the score of what was named before
BARE_SCORE = re.compile(r"(?:自评|实际|评价|评估)?(?:得分?|实得|得分|自评分?)?(?:为|是)?")
SPACES = re.compile(r"\s+")


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
        unread = re.search(r"\d", figure.name) is not None  # 项目产出50分项目效果|30分: of what stands before it a figure is left out
        if outcome is not None and figure.passage in held and not full and not unread and "(" not in figure.before[-2:]:
            yield check_of(layout, "sum", scores, figure, outcome, "conflict", " + ".join("{}" for _ in scores), remark="表中得分合计")

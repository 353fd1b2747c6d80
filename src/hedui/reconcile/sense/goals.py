"""Goals of the year and what is said of them -> 已完成 beside a target that was missed, 未出现偏离 beside money that was not spent, and
parts of a goal that its own result leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from hedui.document import Grid, GridCell, Layout, Span
from hedui.findings import Check, Claim, Mention, Quote, Remark, Score
from hedui.reconcile.agreement.targets_patterns import ADMITTED, ALL_DONE
from hedui.reconcile.cells import roles_of
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.places import Place, part_of
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import tolerance
from hedui.reconcile.sense.patterns import DONE, NO_DEVIATION
from hedui.reconcile.sense.told import remark
from hedui.view import view

__all__ = ["all_done_remarks", "done_goal_remarks", "left_out_remarks", "no_deviation_remarks"]

RATE_BEFORE = 10
PIECE = re.compile(r"[^、,;。:]+")
OTHERS = re.compile(r"其他|有关|相关")
LEAST, ECHOED, SAID = 3, 0.6, 0.25


def done_goal_remarks(layout: Layout, checks: Sequence[Check]) -> Iterator[Remark]:
    """已完成 in the row of the goals of the year, in a report with a missed target."""
    short = {c.part: c for c in reversed(checks) if c.kind == "target"}
    for grid in layout.grids:
        roles = goal_roles(grid)
        if grid.part not in short or "goal_actual" not in roles:
            continue
        for row in grid.rows[grid.header_rows:]:
            done = [c for c, role in zip(row, roles, strict=False) if role == "goal_actual" and c.origin and DONE.fullmatch(squeezed(c.text))]
            if done:
                missed = short[grid.part]
                yield remark(layout, "goal", [*missed.inputs, quote(layout, done[0].span)],
                             f"总体目标称“{done[0].text.strip()}”，而{of_missed(missed)}")
                break


def goal_roles(grid: Grid) -> list[str | None]:
    """The roles of columns; beside a goal what is done is that of the goal, however its header calls it."""
    roles = roles_of(grid)
    return ["goal_actual" if role == "actual" else role for role in roles] if "goal" in roles and "name" not in roles else roles


def all_done_remarks(layout: Layout, checks: Sequence[Check], places: Sequence[Sequence[Place]]) -> Iterator[Remark]:
    """各项指标均已完成 in the text of a report with a missed target, where no check says so already."""
    short = {c.part: c for c in reversed(checks) if c.kind == "target"}
    said = {c.stated.span for c in checks if c.kind == "target"}
    for part, missed in short.items():
        for place in places[part]:
            found = ALL_DONE.search(place.seen.text) if place.paragraph.role == "body" else None
            if found is None or ADMITTED.match(place.seen.text, found.end()):
                continue
            stated = quote(layout, place.seen.span(*found.span()))
            if stated.span not in said:
                yield remark(layout, "goal", [*missed.inputs, stated], f"称“{stated.value}”，而{of_missed(missed)}")
            break


def of_missed(check: Check) -> str:
    return check.note.split("，却称")[0].split("，报告")[0]


def left_out_remarks(layout: Layout) -> Iterator[Remark]:
    """Parts of a goal that its result, which repeats the other parts nearly word for word, leaves out."""
    for grid in layout.grids:
        roles = goal_roles(grid)
        if "goal" not in roles or "goal_actual" not in roles:
            continue
        for row in grid.rows[grid.header_rows:]:
            goal, result = (next((c for c, r in zip(reversed(row), reversed(roles), strict=False) if r == role and c.origin and c.text.strip()), None)
                            for role in ("goal", "goal_actual"))
            if goal and result and goal.span != result.span:
                yield from left_out(layout, goal, result)


def left_out(layout: Layout, goal: GridCell, result: GridCell) -> Iterator[Remark]:
    seen, said = view(layout.document.text, goal.span), pairs_of(squeezed(result.text))
    pieces = [(m.span(), share(m[0], said)) for m in PIECE.finditer(seen.text) if len(m[0]) >= tolerance("goal_words") and not OTHERS.search(m[0])]
    missing = [seen.span(*span) for span, part in pieces if part <= SAID]
    if missing and sum(part >= ECHOED for _, part in pieces) >= max(LEAST, len(pieces) * ECHOED):
        quotes = [quote(layout, span) for span in missing]
        yield remark(layout, "goal", [*quotes, quote(layout, result.span)], f"目标中的{'、'.join(q.value or q.text for q in quotes)}未见于完成情况")


def share(piece: str, said: Set[str]) -> float:
    """How much of a piece, by pairs of characters, is said."""
    own = pairs_of(squeezed(piece))
    return len(own & said) / len(own) if own else 1.0


def pairs_of(text: str) -> set[str]:
    return {text[i:i + 2] for i in range(len(text) - 1)}


def no_deviation_remarks(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim],
                         places: Sequence[Sequence[Place]]) -> Iterator[Remark]:
    """未出现偏离 in a report that spent little of its money."""
    slow = slow_rates(layout, mentions)
    lost = lost_points(claims) if slow else {}
    for inside in places if slow else ():
        for place in inside:
            part = layout.sections[place.paragraph.section].part
            found = NO_DEVIATION.search(place.seen.text) if part in slow and place.paragraph.role == "body" else None
            if found:
                points = [quote(layout, lost[part])] if part in lost else []
                stated = quote(layout, place.seen.span(*found.span()))
                yield remark(layout, "boast", [slow[part], *points, stated],
                             f"称“{stated.value}”，而执行率只有{slow[part].value}" + (f"、只得{points[0].value}" if points else ""))
                break


def lost_points(claims: Sequence[Claim]) -> dict[int, Span]:
    """By part, where a score for execution below its full points stands."""
    return {c.part: c.spans["score"] for c in reversed(claims) if isinstance(c.fields, Score) and "执行" in c.fields.name
            and c.fields.full and c.fields.score < c.fields.full and "score" in c.spans}


def slow_rates(layout: Layout, mentions: Sequence[Mention]) -> dict[int, Quote]:
    """The first rate of execution of each report, where it is low."""
    first: dict[int, Mention] = {}
    for mention in mentions:
        start = mention.span[0]
        if mention.label == "RATE" and start and "执行率" in view(layout.document.text, (max(0, start - RATE_BEFORE), start)).text:
            first.setdefault(part_of(layout, start), mention)
    return {part: quote(layout, m.span) for part, m in first.items() if isinstance(m.value, Decimal) and m.value < tolerance("low_execution")}

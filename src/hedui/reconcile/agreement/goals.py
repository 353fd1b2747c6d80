"""年度总体目标 as set and as quoted later in the same report -> goals that the quotation changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.places import Place
from hedui.reconcile.quotes import quote
from hedui.view import View, view

__all__ = ["goal_checks"]

# 能够体现“稳定参保率、提高保障水平”等年度总体目标
QUOTED = re.compile(r"[“\"](?P<goals>[^”\"]{6,120})[”\"](?:等)?(?:[\u4e00-\u9fff]{0,4})年度(?:总体|绩效)?目标")
HOME = re.compile(r"年度(?:总体|绩效)?目标")
TAIL = 3


def goal_checks(layout: Layout, places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """A goal quoted in other words than it was set, and quotations that none of the goals set bear out."""
    homes = {i for i, s in enumerate(layout.sections) if HOME.fullmatch(s.title)}
    for inside in places:
        goals = list(goal_views(layout, inside, homes))
        said = "".join(g.text for g in goals)
        for _, seen in inside if goals else ():
            for match in QUOTED.finditer(seen.text):
                yield from held(layout, goals, said, seen, match)


def goal_views(layout: Layout, places: Sequence[Place], homes: set[int]) -> Iterator[View]:
    """The paragraphs under the heading that sets the goals of the year."""
    for paragraph, _ in places:
        if paragraph.section in homes:
            heading = layout.sections[paragraph.section].heading
            start = max(paragraph.span[0], heading[1]) if heading[0] <= paragraph.span[0] < heading[1] else paragraph.span[0]
            if start < paragraph.span[1]:
                yield view(layout.document.text, (start, paragraph.span[1]))


def held(layout: Layout, goals: list[View], said: str, seen: View, match: re.Match[str]) -> Iterator[Check]:
    phrases = [(m.start() + match.start("goals"), m[0]) for m in re.finditer(r"[^、,;]+", match["goals"])]
    strange = [(at, phrase) for at, phrase in phrases if phrase not in said]
    first = next((g for g in goals if g.text), None)
    if first is None or not strange:
        return
    if len(strange) == len(phrases):
        yield conflict(layout, first.span(0, len(first.text.rstrip("。"))), seen.span(*match.span("goals")))
        return
    for at, phrase in strange:
        source = next(((g, i) for g in goals if (i := g.text.find(phrase[-TAIL:])) >= 0), None)
        if source:
            goal, i = source
            start = max(goal.text.rfind(mark, 0, i) for mark in ",、。;") + 1
            yield conflict(layout, goal.span(start, i + TAIL), seen.span(at, at + len(phrase)))


def conflict(layout: Layout, goal: tuple[int, int], quoted: tuple[int, int]) -> Check:
    a, b = quote(layout, goal), quote(layout, quoted)
    return agreement(layout, "restated", [a], b, verdict="conflict", tier="value", computed=a.value or a.text,
                     note=f"所引年度目标 {b.value} 与所设目标 {a.value} 不同")

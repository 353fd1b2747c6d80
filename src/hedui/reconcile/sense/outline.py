"""Headings -> numbers that an outline leaves out, and counts of indicators of figures and of words that their table does not bear out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hedui.document import Layout, Section, Span
from hedui.findings import Remark
from hedui.layout import bare
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.places import Place
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import kind_of
from hedui.reconcile.sense.told import Told, field, remark
from hedui.values import chinese_integer

__all__ = ["count_remarks", "outline_remarks"]

NUMERALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
NUMBER = re.compile(r"(?P<n>[一二三四五六七八九十]+)、")
# 三级指标5个（其中定量指标4个、定性指标1个）
COUNTS = re.compile(r"定量指标(?P<figures>\d+)个[,、和](?:以及)?定性指标(?P<words>\d+)个")
LEVEL = re.compile(r"(?:项目)?(?:决策|过程|管理|产出|效益|效果|满意度)")


def outline_remarks(layout: Layout) -> Iterator[Remark]:
    """二、三、五: a heading of the outer level that leaves out numbers; not where numbering starts anew."""
    chapters: dict[tuple[int, int | None], list[tuple[int, Section]]] = {}
    for section in layout.sections:
        found = NUMBER.fullmatch(section.number.strip())
        number = chinese_integer(found["n"]) if found else None
        if number:
            chapters.setdefault((section.part, section.parent), []).append((int(number), section))
    for run in chapters.values():
        for (before, one), (after, other) in pairwise(run):
            between = layout.document.text[one.heading[1]:other.heading[0]]
            if after > before + 1 and not any(f"{NUMERALS[n]}、" in between for n in range(before + 1, min(after, len(NUMERALS)))):
                yield remark(layout, "outline", [quote(layout, number_span(s)) for s in (one, other)],
                             f"标题序号由{one.number.rstrip('、')}跳至{other.number.rstrip('、')}，中间是否缺章")


def number_span(section: Section) -> Span:
    return section.heading[0], section.heading[0] + len(section.number)


def count_remarks(layout: Layout, told: Sequence[Told], places: Sequence[Sequence[Place]]) -> Iterator[Remark]:
    """定量指标1个 of a level of whose targets two are figures. Targets like 不低于上年 may count as either."""
    rows: dict[tuple[int, str], dict[str, Told]] = defaultdict(dict)
    for one in told:
        if one.tabled and one.said.level1 and one.said.target and one.said.actual:
            rows[(one.claim.part, squeezed(bare(one.said.level1)))].setdefault(squeezed(bare(one.said.name)), one)
    for part, inside in enumerate(places):
        level = ""
        for place in inside:
            text = place.seen.text
            heading = LEVEL.search(text) if len(text) < 24 else None
            level = heading[0] if heading else level
            found = COUNTS.search(text)
            own = list(rows.get((part, level), {}).values()) if found else []
            if found is None or len(own) != int(found["figures"]) + int(found["words"]):
                continue
            certain = [t for t in own if t.target]
            if not len(certain) <= int(found["figures"]) <= sum(may_be_figure(t) for t in own):
                stated = quote(layout, place.seen.span(found.start("figures"), found.end("figures") + 1))
                yield remark(layout, "outline", [*(field(layout, t, "target") for t in certain), stated],
                             f"{level}称定量指标{found['figures']}个，表中指标值是数的有{len(certain)}个")


def may_be_figure(one: Told) -> bool:
    said = f"{one.said.target}{one.said.actual}"
    return bool(one.target or re.search(r"\d|上年|去年|同期", said) or kind_of(one.said.name))

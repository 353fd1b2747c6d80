"""Indicators with target and result -> results for another period than was asked, for a part of the year, or told once for every month."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Mention, Remark
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.boasts import akin
from hedui.reconcile.sense.lexicons import dimension
from hedui.reconcile.sense.patterns import PART_OF_YEAR, PERIOD
from hedui.reconcile.sense.told import Told, field, remark
from hedui.view import fold

__all__ = ["period_remarks"]

PERIODS = {"季": "季度", "日": "天"}
# from the shortest: what is done oftener than was asked is no question
LENGTHS = ("天", "周", "旬", "月", "季度", "半年", "年")
YEAR = "年"
NUMERAL = re.compile(r"\d+(?:\.\d+)?")
# 2022年绩效监控 · 中期评估: reports on a part of the year
MIDWAY = re.compile(r"监控|中期|半年|季度")


def period_remarks(layout: Layout, mentions: Sequence[Mention], told: Sequence[Told]) -> Iterator[Remark]:
    """每季度1次 asked and 1次 told, 元/人·年 for 元/人·月, 按季度 for 按月, 上半年66次 in the column of the year."""
    starts = [m.span[0] for m in mentions]
    for one in told:
        wanted = period(one.said.target or "")
        if wanted and (what := other_period(one, wanted)):
            yield remark(layout, "period", [field(layout, one, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：指标{one.said.target}按{wanted}计，{what}", [one])
        elif wanted and wanted != YEAR and (once := told_once(layout, mentions, starts, one)):
            yield remark(layout, "period", [field(layout, one, "target"), quote(layout, once.span)],
                         f"{one.said.name}：指标{one.said.target}按{wanted}计，文中只有{once.text}，却称完成率{one.said.completion}", [one])
        elif part := part_of_year(layout, one):
            yield remark(layout, "period", [field(layout, one, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：指标{one.said.target}是全年的，所报{one.said.actual}只到{part}", [one])


def other_period(one: Told, wanted: str) -> str | None:
    """What is amiss with the period of a result, in words."""
    said, told_for = one.said.actual or "", period(one.said.actual or "")
    numbers = NUMERAL.findall(one.said.target or "")
    same = numbers[0] in NUMERAL.findall(said) if numbers else not re.search(r"\d", said)
    if not said or not same or wanted == told_for:
        return None
    money = one.actual is not None and one.actual.kind == "AMOUNT"
    if told_for:
        return f"所报{said}按{told_for}计" if money or LENGTHS.index(told_for) > LENGTHS.index(wanted) else None
    happens = one.actual is not None and dimension(one.actual.unit) in {"event", "paper"} and wanted != YEAR
    return f"所报{said}没有说是否每{wanted}" if happens else None


def told_once(layout: Layout, mentions: Sequence[Mention], starts: Sequence[int], one: Told) -> Mention | None:
    """The count told in running text for one of a whole year's periods, where it is said to be all."""
    asked = NUMERAL.search(one.said.target or "")
    if one.tabled or one.said.actual or one.said.completion != "100%" or asked is None:
        return None
    begin, end = one.claim.spans["target"][1], one.claim.spans["completion"][0]
    inside = mentions[bisect_left(starts, begin):bisect_left(starts, end)]
    counts = [m for m in inside if m.label == "QUANTITY" and m.unit and m.unit in (one.said.target or "") and dimension(m.unit) in {"event", "paper"}]
    alone = len(counts) == 1 and str(counts[0].value) == asked[0] and period(layout.document.text[begin:end]) is None
    return counts[0] if alone and akin(layout, one, counts[0]) else None


def part_of_year(layout: Layout, one: Told) -> str | None:
    """上半年 · 前三季度 · 1-9月, where a result of the whole year was to stand."""
    if not one.tabled or one.said.reason or not one.said.target or MIDWAY.search(layout.parts[one.claim.part].title or ""):
        return None
    found = PART_OF_YEAR.search(fold(one.said.actual or ""))
    asked = fold(f"{one.said.name}{one.said.target}")
    return found[0] if found and found.start() <= 1 and not PART_OF_YEAR.search(asked) else None


def period(text: str) -> str | None:
    """The period that a short text counts by, None where it says none.

    >>> period("每季度1次"), period("600元/人·月"), period("按月发放"), period("2次")
    ('季度', '月', '月', None)
    """
    found = PERIOD.search(fold(text))
    said = next((g for g in found.groups() if g), None) if found else None
    return PERIODS.get(said, said) if said else None

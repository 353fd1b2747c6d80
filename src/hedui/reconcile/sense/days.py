"""Days that the text tells -> days that no calendar has, works that end before they begin, spans of time told backwards, and a span of another
year than the report judges."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hedui.document import Layout
from hedui.findings import Mention, Remark
from hedui.reconcile.places import Place
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.told import remark

__all__ = ["day_remarks"]

# 2022-04-31 · --02-30
DAY = re.compile(r"(?P<year>\d{4}|-)-(?P<month>\d\d)-(?P<day>\d\d)")
MONTH, LEAP = 7, 2020
# 2022年6月10日|开工建设,|2022年3月25日|完工并通过验收
BEGUN = re.compile(r"(?:正式|顺利|全面|已|即)*(?:开工|动工|进场|启动)(?:建设|施工|实施)?,(?:并|且)?(?:已|计划|预计)?(?:于|在)?")
ENDED = re.compile(r"(?:前|底|前后)?(?:已|就|顺利|全部|全面|即)*(?:完工|竣工|建成|完成(?!招标|招投标|设计|前期|立项|审批|采购)|通过(?:完工|竣工)验收"
                   r"|投入使用|交付)")
# 2022年12月31日|至|2022年1月1日
UNTIL = re.compile(r"[至到~—–-]+")
# 自评时段为| · 评价范围:|
JUDGED = re.compile(r"(?:自评|评价)的?(?:时间)?(?:范围|时段|期间|区间|基准期)(?:为|是|:|涵盖|覆盖)?(?:自|从)?$")
BEFORE = 16


def day_remarks(layout: Layout, mentions: Sequence[Mention], places: Sequence[Sequence[Place]]) -> Iterator[Remark]:
    """One question for every day or pair of days that cannot be meant."""
    dates = [m for m in mentions if m.label == "DATE" and isinstance(m.value, str)]
    for found in dates:
        if no_such_day(str(found.value)):
            yield remark(layout, "date", [quote(layout, found.span)], f"{found.text}：历法上没有这一天")
    starts = [m.span[0] for m in dates]
    for part, inside in enumerate(places):
        for place in inside:
            span = place.paragraph.span
            here = dates[bisect_left(starts, span[0]):bisect_left(starts, span[1])] if place.paragraph.role == "body" else []
            for first, last in pairwise(here):
                if note := amiss(place, first, last, layout.parts[part].year):
                    yield remark(layout, "date", [quote(layout, first.span), quote(layout, last.span)], note)


def no_such_day(value: str) -> bool:
    """Whether a date names a month or a day that no calendar has.

    >>> no_such_day("2022-04-31"), no_such_day("2023-02-29"), no_such_day("--02-29"), no_such_day("2022-04")
    (True, True, False, False)
    """
    found = DAY.fullmatch(value)
    if found is None:
        return False
    year = LEAP if found["year"] == "-" else int(found["year"])
    return not 1 <= int(found["month"]) <= 12 or not 1 <= int(found["day"]) <= monthrange(year, int(found["month"]))[1]


def amiss(place: Place, first: Mention, last: Mention, year: int | None) -> str | None:
    """What two neighbouring dates cannot be together, in words; None where they can."""
    seen, a, b = place.seen, str(first.value), str(last.value)
    if not (a[:4].isdigit() and b[:4].isdigit() and len(a) >= MONTH):
        return None
    start, end = bisect_left(seen.starts, first.span[0]), bisect_left(seen.starts, first.span[1])
    after, behind = bisect_left(seen.starts, last.span[0]), bisect_left(seen.starts, last.span[1])
    between, near = seen.text[end:after], min(len(a), len(b))
    if UNTIL.fullmatch(between):
        if b[:near] < a[:near]:
            return f"自{first.text}至{last.text}，起止颠倒"
        judged = JUDGED.search(seen.text, max(0, start - BEFORE), start)
        whole = a[5:] in {"01", "01-01"} and b[5:] in {"12", "12-31"}
        other = judged and whole and year and not int(a[:4]) <= year <= int(b[:4])
        return f"评价{year}年度的报告，所写时段为{first.text}至{last.text}" if other else None
    if len(b) >= MONTH and b[:near] < a[:near] and BEGUN.fullmatch(between) and ENDED.match(seen.text, behind):
        return f"{first.text}开工，却在此前的{last.text}完工"
    return None

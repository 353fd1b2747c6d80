"""Dates of results -> those of another year than the report's, and those told of as past after the day the report was signed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Mention, Remark
from hedui.reconcile.places import Place
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.patterns import AS_OF, FUTURE, PAST
from hedui.reconcile.sense.told import Told, field, plainly_told, remark

__all__ = ["late_date_remarks", "missed_day_remarks", "year_remarks"]

# 2023年4月18日 · 白水县水利局 2023年3月20日 · 填报日期:2023年3月20日, at the end of a report
SIGNED = re.compile(r"(?:报告日期|填报日期|填表日期|日期|[\u4e00-\u9fff()]{2,24}[局委厅会办心处部室所院馆站镇乡府道司])?:? *"
                    r"(?P<date>(?:20\d\d|二[〇○零]\w\w)年\w{1,3}月\w{1,3}日)")
LAST, MONTH, DAY = 12, 7, 10
SENTENCE = re.compile(r"[。;!\n]")


def year_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """A result dated in a year that is not the report's nor its target's; where most are, the year of the report is in doubt and
    nothing is asked."""
    within = Counter(t.claim.part for t in told if t.tabled and t.actual and t.actual.kind == "DATE"
                     and str(t.actual.value)[:4] == str(layout.parts[t.claim.part].year))
    strange: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        actual, year = one.actual, layout.parts[one.claim.part].year
        if not plainly_told(one) or actual is None or actual.kind != "DATE" or year is None or one.said.reason:
            continue
        said = str(actual.value)[:4]
        if said.isdigit() and int(said) != year and said not in (one.said.target or "") and (actual.op is None or int(said) > year):
            strange[one.claim.part].append(one)
    for part, rows in strange.items():
        for one in rows if len(rows) <= max(within[part], 1) else ():
            yield remark(layout, "date", [field(layout, one, "actual")],
                         f"{one.said.name}：所报{one.said.actual}不在{layout.parts[part].year}年度", [one])


def missed_day_remarks(layout: Layout, mentions: Sequence[Mention], told: Sequence[Told]) -> Iterator[Remark]:
    """A day told in running text that is later than the one asked for, and said to be all of it."""
    dates = [m for m in mentions if m.label == "DATE" and str(m.value)[:4].isdigit() and len(str(m.value)) >= MONTH]
    starts = [m.span[0] for m in dates]
    for one in told:
        target, spans = one.target, one.claim.spans
        if one.tabled or one.said.actual or one.said.reason or one.said.completion != "100%" or target is None or target.kind != "DATE":
            continue
        inside = dates[bisect_left(starts, spans["target"][1]):bisect_left(starts, spans["completion"][0])]
        if len(inside) == 1 and str(target.value)[:4].isdigit() and later(str(inside[0].value), str(target.value)):
            yield remark(layout, "date", [field(layout, one, "target"), quote(layout, inside[0].span), field(layout, one, "completion")],
                         f"{one.said.name}：指标要求{one.said.target}，文中称{inside[0].text}，却称完成率{one.said.completion}", [one])


def late_date_remarks(layout: Layout, mentions: Sequence[Mention], places: Sequence[Sequence[Place]]) -> Iterator[Remark]:
    """Things told of as done on a day after the report was signed."""
    dates = [m for m in mentions if m.label == "DATE" and str(m.value)[:4].isdigit() and len(str(m.value)) >= MONTH]
    starts = [m.span[0] for m in dates]
    for inside in places:
        bodies = [p for p in inside if p.paragraph.role == "body" and p.seen.text]
        signing = next((p for p in reversed(bodies[-LAST:]) if SIGNED.fullmatch(p.seen.text)), None)
        signed = day_of(dates, starts, signing.paragraph.span) if signing else None
        if signing is None or signed is None or len(str(signed.value)) < DAY:
            continue
        for place in bodies:
            at = bisect_left(starts, place.paragraph.span[0])
            while at < len(dates) and starts[at] < place.paragraph.span[1]:
                found = dates[at]
                if later(str(found.value), str(signed.value)) and (how := told_as(place, found)):
                    yield remark(layout, "date", [quote(layout, found.span), quote(layout, signed.span)],
                                 f"{how}，而报告落款{signed.text}")
                at += 1


def day_of(dates: Sequence[Mention], starts: Sequence[int], span: tuple[int, int]) -> Mention | None:
    at = bisect_left(starts, span[0])
    return dates[at] if at < len(dates) and starts[at] < span[1] else None


def later(date: str, signed: str) -> bool:
    """Whether a date as far as it is told lies behind a day.

    >>> later("2023-05", "2023-04-18"), later("2023-04", "2023-04-18"), later("2023-04-20", "2023-04-18")
    (True, False, True)
    """
    return date > signed[:len(date)]


def told_as(place: Place, found: Mention) -> str | None:
    """What the sentence says of the date in words, None where it only plans for it."""
    seen = place.seen
    at = bisect_left(seen.starts, found.span[0])
    begin = max((m.end() for m in SENTENCE.finditer(seen.text, 0, at)), default=0)
    end = next((m.start() for m in SENTENCE.finditer(seen.text, at)), len(seen.text))
    sentence = seen.text[begin:end]
    if FUTURE.search(sentence):
        return None
    if AS_OF.search(seen.text, begin, at):
        return f"所报数截至{found.text}"
    return f"{found.text}的事已称完成" if PAST.search(sentence) else None

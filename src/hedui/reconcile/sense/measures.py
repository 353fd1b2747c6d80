"""Indicators with target and result -> results in another unit, of another object, or for another period than was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from hedui.document import Layout
from hedui.findings import Remark
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import confused, dimension
from hedui.reconcile.sense.patterns import PERIOD
from hedui.reconcile.sense.told import Told, by_name, field, remark
from hedui.view import fold, view

__all__ = ["measure_remarks", "object_remarks", "period_remarks"]

# persons, households, bodies: each counted once, or as often as it came
COUNTED = ({"person", "person times"}, {"household", "household times"}, {"body", "body times"}, {"person", "household"},
           {"household", "person times"}, {"person", "household times"})
MEASURED = frozenset({"length", "area", "volume", "mass", "time"})
# 培训人次 · 救助户数 · 救助对象人次规模: the object that the name itself counts
NAMED = re.compile(r"(?P<unit>人次|户次|家次|人(?=数)|户(?=数))(?:数量?|规模)?$")
PERIODS = {"季": "季度", "日": "天"}
YEAR = "年"
NUMERAL = re.compile(r"\d+(?:\.\d+)?")
CLAUSE = re.compile(r"[,。;:]")


def measure_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """Counts of one thing for counts of another: 人 for 人次 (object), 公里 for 平方米 (unit)."""
    for one in told:
        if one.actual is None or not one.actual.unit:
            continue
        named = NAMED.search(squeezed(one.said.name))
        if one.target and one.target.kind == one.actual.kind and (kind := apart(one.target.unit, one.actual.unit)):
            yield remark(layout, kind, [field(layout, one, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：指标以{one.target.unit}计，所报{one.said.actual}，"
                         + ("不是一个口径" if kind == "object" else "单位不同"), [one])
        elif named and apart(named["unit"], one.actual.unit) == "object" and (one.target is None or not one.target.unit):
            yield remark(layout, "object", [field(layout, one, "name"), field(layout, one, "actual")],
                         f"{one.said.name}：指标数的是{named['unit']}，所报{one.said.actual}，不是一个口径", [one])
    for tellings in by_name(told).values():
        yield from told_otherwise(layout, tellings)


def apart(wanted: str, told: str) -> Literal["object", "unit"] | None:
    """Whether two units count objects that are not one, or measure what cannot be held against one another.

    >>> apart("人次", "人"), apart("公里", "平方米"), apart("公里", "米"), apart("个", "家")
    ('object', 'unit', None, None)
    """
    a, b = dimension(wanted), dimension(told)
    if a is None or b is None or a == b:
        return None
    if {a, b} in COUNTED:
        return "object"
    return "unit" if MEASURED & {a, b} else None


def told_otherwise(layout: Layout, tellings: Sequence[Told]) -> Iterator[Remark]:
    """The table counts 人次, the text tells 人 of the same indicator and the same number."""
    tabled = next((t for t in tellings if t.tabled and t.actual and t.actual.unit), None)
    for one in tellings if tabled else ():
        if tabled and tabled.actual and one.actual and not one.tabled and one.actual.value == tabled.actual.value \
                and one.target is None and apart(tabled.actual.unit, one.actual.unit) == "object":
            yield remark(layout, "object", [field(layout, tabled, "actual"), field(layout, one, "actual")],
                         f"{one.said.name}：表中{tabled.said.actual}，文中{one.said.actual}，不是一个口径", [tabled, one])


def object_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """医药机构 told of where the indicator names 医疗机构."""
    for one in told:
        where = one.claim.spans.get("actual")
        name = squeezed(one.said.name)
        pairs = [(a, b) for a, b in confused() if a in name and b not in name] if where else []
        if not pairs or where is None:
            continue
        begin = max(one.claim.spans["name"][1], one.claim.spans.get("target", (0, 0))[1]) if not one.tabled else where[0]
        sentence = layout.document.text.rfind("。", begin, where[0]) + 1
        seen = view(layout.document.text, (max(begin, sentence), max(where[1], begin + 1)))
        for wanted, instead in pairs:
            at = seen.text.rfind(instead)
            if at >= 0 and wanted not in seen.text:
                clause = CLAUSE.split(seen.text[at:])[0]
                yield remark(layout, "object", [quote(layout, one.claim.spans["name"]), quote(layout, seen.span(at, at + len(clause)))],
                             f"{one.said.name}：指标说的是{wanted}，所报是{instead}", [one])
                break


def period_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """每季度1次 asked and 1次 told, 元/人·年 for 元/人·月."""
    for one in told:
        wanted, told_for = period(one.said.target or ""), period(one.said.actual or "")
        if wanted is None or not one.said.actual or wanted == told_for:
            continue
        number = NUMERAL.search(one.said.target or "")
        same = number and number[0] in NUMERAL.findall(one.said.actual)
        happens = one.actual is not None and dimension(one.actual.unit) in {"event", "paper"} and wanted != YEAR
        if same and (told_for or happens):
            what = f"所报{one.said.actual}按{told_for}计" if told_for else f"所报{one.said.actual}没有说是否每{wanted}"
            yield remark(layout, "period", [field(layout, one, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：指标{one.said.target}按{wanted}计，{what}", [one])


def period(text: str) -> str | None:
    """The period that a short text counts by, None where it says none.

    >>> period("每季度1次"), period("600元/人·月"), period("2次")
    ('季度', '月', None)
    """
    found = PERIOD.search(fold(text))
    said = next((g for g in found.groups() if g), None) if found else None
    return PERIODS.get(said, said) if said else None

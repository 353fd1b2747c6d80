"""Indicators with target and result -> results in another unit or of another object than was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from hedui.document import Layout
from hedui.findings import Remark
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import confused, dimension, measured_by
from hedui.reconcile.sense.told import Told, by_name, field, remark
from hedui.view import view

__all__ = ["measure_remarks", "object_remarks"]

# persons, households, bodies: each counted once, or as often as it came
COUNTED = ({"person", "person times"}, {"household", "household times"}, {"body", "body times"}, {"person", "household"},
           {"household", "person times"}, {"person", "household times"})
MEASURED = frozenset({"length", "area", "volume", "mass", "time"})
# 培训人次 · 救助户数 · 救助对象人次规模: the object that the name itself counts
NAMED = re.compile(r"(?P<unit>人次|户次|家次|人(?=数)|户(?=数))(?:数量?|规模)?$")
APART = {"object": "不是一个口径", "unit": "单位不同"}
CLAUSE = re.compile(r"[,。;:]")


def measure_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """Counts of one thing for counts of another: 人 for 人次 (object), 公里 for 平方米 (unit)."""
    for one in told:
        if one.actual is None or not one.actual.unit:
            continue
        named = NAMED.search(squeezed(one.said.name))
        if one.target and one.target.kind == one.actual.kind and (kind := apart(one.target.unit, one.actual.unit)):
            yield remark(layout, kind, [field(layout, one, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：指标以{one.target.unit}计，所报{one.said.actual}，{APART[kind]}", [one])
        elif named and apart(named["unit"], one.actual.unit) == "object" and (one.target is None or not one.target.unit):
            yield remark(layout, "object", [field(layout, one, "name"), field(layout, one, "actual")],
                         f"{one.said.name}：指标数的是{named['unit']}，所报{one.said.actual}，不是一个口径", [one])
        elif (measured := measured_by(one.said.name)) and dimension(one.actual.unit) not in {measured, None} and not asked_in(one, one.actual.unit):
            yield remark(layout, "unit", [field(layout, one, "name"), field(layout, one, "actual")],
                         f"{one.said.name}：所报{one.said.actual}，单位与所问不合", [one])
    for tellings in by_name(told).values():
        yield from told_otherwise(layout, tellings)


def asked_in(one: Told, unit: str) -> bool:
    """Whether the target itself is told in what `unit` measures."""
    return one.target is not None and dimension(one.target.unit) == dimension(unit)


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
    """The table counts 人次 or 公里, the text tells 人 or 平方米 of the same indicator and the same number."""
    tabled = next((t for t in tellings if t.tabled and t.actual and t.actual.unit), None)
    for one in tellings if tabled else ():
        if tabled and tabled.actual and one.actual and not one.tabled and one.actual.value == tabled.actual.value \
                and one.target is None and (kind := apart(tabled.actual.unit, one.actual.unit)):
            yield remark(layout, kind, [field(layout, tabled, "actual"), field(layout, one, "actual")],
                         f"{one.said.name}：表中{tabled.said.actual}，文中{one.said.actual}，{APART[kind]}", [tabled, one])


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

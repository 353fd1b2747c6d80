"""Indicators with target and result -> results that do not answer what was asked: a rate for a count, 已完成 for a number, a day or a
degree, 符合规定 for a growth, and a bound for a figure that was to be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Remark
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.sense.lexicons import kind_of
from hedui.reconcile.sense.patterns import BOUND, DONE, IN_TIME, NEEDS_DEGREE, NONE_OF, TASK, WHOLLY
from hedui.reconcile.sense.told import Told, by_name, field, plainly_told, remark
from hedui.values import Value
from hedui.view import clean

__all__ = ["answer_remarks", "bound_remarks"]

NAMES = {"RATE": "比率", "QUANTITY": "数量", "AMOUNT": "金额", "DATE": "日期"}
ASKED = {"rate": "比率", "count": "数量", "amount": "金额", "date": "日期", "span": "时长"}
# 符合国家规定 · 执行有关政策: rules were kept, which is no growth
COMPLIES = re.compile(r"(?:符合|按照?|执行|遵守)[^,;]{0,16}(?:规定|要求|政策|标准|办法)$|^合规$")
GROWTH = re.compile(r"拓展|扩大|提高|提升|增加|增长|增强|上升|降低|下降|减少")
DAY = 7


def answer_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """One question for every telling whose result is of another kind than its target or its name asks for."""
    for one in told:
        if one.said.actual and (said := unanswered(one)):
            asked = "target" if one.said.target else "name"
            yield remark(layout, "answers", [field(layout, one, asked), field(layout, one, "actual")], f"{one.said.name}：{said}", [one])
    for tellings in by_name(told).values():
        yield from only_complies(layout, tellings)


def unanswered(one: Told) -> str | None:
    """What is amiss, in words, None where the result answers."""
    target, actual, said = one.target, one.actual, squeezed(one.said.actual or "")
    if target and actual:
        return of_two_kinds(one, target, actual)
    if actual is None and DONE.fullmatch(said):
        return only_done(one, said)
    if target is None and actual is not None and one.tabled:
        return off_name(one, actual)
    return None


def of_two_kinds(one: Told, target: Value, actual: Value) -> str | None:
    if not plainly_told(one) or target.kind == actual.kind or not (target.unit and actual.unit) or not {target.kind, actual.kind} <= NAMES.keys():
        return None
    return f"指标要求{one.said.target}，所报{one.said.actual}不是{NAMES[target.kind]}"


def only_done(one: Told, said: str) -> str | None:
    """已完成 for a number, a deadline or a degree; not for all of something (100 %), one thing, or a task."""
    target, wanted = one.target, one.said.target or ""
    if target is None:
        degree = NEEDS_DEGREE.search(wanted) and not TASK.search(wanted) and not re.search(r"\d", wanted)
        return f"指标要求“{wanted}”，所报“{one.said.actual}”没有说到何种程度" if degree else None
    if target.kind == "DATE":
        due = target.op == "<=" or len(str(target.value).lstrip("-")) >= DAY
        return f"指标要求{wanted}，所报“{one.said.actual}”没有说何时完成" if due and not IN_TIME.search(one.said.actual or "") else None
    whole = target.value in (0, 1) or WHOLLY.search(wanted) or WHOLLY.search(said) or (target.op in {"<=", "<"} and NONE_OF.search(said))
    return None if whole else f"指标要求{wanted}，所报“{one.said.actual}”没有{NAMES.get(target.kind, '数')}"


def off_name(one: Told, actual: Value) -> str | None:
    """A count for a name that asks for a rate, a rate for one that asks for a count, where no target says otherwise."""
    kind = kind_of(one.said.name)
    if kind is None or not actual.unit or (one.said.target and not NEEDS_DEGREE.search(one.said.target)):
        return None
    wrong = (kind.answer == "rate" and actual.kind in {"QUANTITY", "AMOUNT"}) or (kind.answer in {"count", "span"} and actual.kind == "RATE"
                                                                                  and not one.said.target)
    return f"指标名称要求{ASKED[kind.answer]}，所报{one.said.actual}不是" if wrong else None


def only_complies(layout: Layout, tellings: Sequence[Told]) -> Iterator[Remark]:
    """稳步拓展 was set, and 符合规定 is all that is told of it."""
    wanted = next((t for t in tellings if t.said.target and GROWTH.search(t.said.target) and not TASK.search(t.said.target)), None)
    for one in tellings if wanted else ():
        said = squeezed(one.said.actual or "")
        if COMPLIES.search(said) and not GROWTH.search(said) and wanted:
            yield remark(layout, "answers", [field(layout, wanted, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：指标要求“{wanted.said.target}”，所报只说“{one.said.actual}”，没有变化的事实", [wanted, one])


def bound_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """One question for every result that is only its target's bound: ≥80% for ≥80%, 不低于上年 for 不低于上年."""
    for one in told:
        wanted, said = squeezed(one.said.target or ""), squeezed(one.said.actual or "")
        if not plainly_told(one) or not wanted or not BOUND.search(clean(one.said.actual or "")):
            continue
        a, t = one.actual, one.target
        if (a.kind == t.kind and a.value == t.value and a.op) if a and t else wanted == said:
            yield remark(layout, "comparator", [field(layout, one, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：所报{one.said.actual}只是指标的界限，没有实际数", [one])

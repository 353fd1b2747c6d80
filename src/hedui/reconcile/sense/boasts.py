"""Indicators with rates of completion and deviation -> phrases that say nothing: 完成率100%，偏差率0% for all of them, a deviation of 0 %
where target and result differ, a completion where no result is told, results copied from their targets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Mention, Quote, Remark
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import tolerance
from hedui.reconcile.sense.patterns import WHOLLY
from hedui.reconcile.sense.told import Told, field, remark
from hedui.view import view

__all__ = ["copied_remarks", "deviation_remarks", "no_figure_remarks", "phrase_remarks"]

SPARE, DAY = 6, 10
ASKED = frozenset({"QUANTITY", "RATE"})


def phrase_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """One question a report whose indicators all end in 完成率100%，偏差率0%."""
    rated: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if not one.tabled and one.said.completion:
            rated[one.claim.part].append(one)
    for rows in rated.values():
        same = [t for t in rows if t.said.completion == "100%" and t.said.deviation in {"0%", "0", "0.00%", "无"}]
        beyond = [t for t in same if not t.said.actual or not t.actual or (t.target and t.target.value != t.actual.value)]
        if len(rows) == len(same) >= tolerance("boast_rows") and beyond:
            quotes = [field(layout, t, name) for t in (same[0], same[-1]) for name in ("completion", "deviation")]
            yield remark(layout, "boast", quotes,
                         f"{len(same)}项指标一律称完成率100%、偏差率0%，其中{len(beyond)}项没有数或所报与指标值不等", same)


def deviation_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """偏差率0% of a result that is not the figure its target names."""
    for one in told:
        target, actual, off = numeric(one.said.target or ""), numeric(one.said.actual or ""), numeric(one.said.deviation or "")
        if not target or not actual or not off or off.value != 0 or target.op or actual.op or target.kind != actual.kind:
            continue
        t, a = Decimal(target.value), Decimal(actual.value)
        if t and target.unit == actual.unit and abs(a - t) >= abs(t) * tolerance("deviation_least"):
            yield remark(layout, "boast", [field(layout, one, x) for x in ("target", "actual", "deviation")],
                         f"{one.said.name}：指标{one.said.target}，所报{one.said.actual}，偏差率却记{one.said.deviation}", [one])


def no_figure_remarks(layout: Layout, mentions: Sequence[Mention], told: Sequence[Told]) -> Iterator[Remark]:
    """完成率100% of a number or rate asked, where the text tells none such and does not name as many days."""
    for one in told:
        target, claim = one.target, one.claim
        if one.tabled or one.said.actual or one.said.completion != "100%" or not target or target.kind not in ASKED or not target.unit:
            continue
        begin, end = claim.spans["target"][1], claim.spans["completion"][0]
        inside = [m for m in mentions if begin <= m.span[0] < end]
        days = {m.value for m in inside if m.label == "DATE" and len(str(m.value)) >= DAY}
        counts = [m for m in inside if m.label == "QUANTITY"]
        if target.kind == "RATE" and (any(m.label == "RATE" for m in inside) or WHOLLY.search(layout.document.text, begin, end)):
            continue
        if target.kind == "QUANTITY" and (len(days) >= Decimal(target.value) or any(m.unit == target.unit and akin(layout, one, m) for m in counts)):
            continue
        told_of = [quote(layout, m.span) for m in counts[:3]]
        yield remark(layout, "answers", [field(layout, one, "target"), *told_of, field(layout, one, "completion")],
                     f"{one.said.name}：指标要求{one.said.target}，文中没有这个数，却称完成率{one.said.completion}", [one])


def akin(layout: Layout, one: Told, mention: Mention) -> bool:
    """Whether the clause of a figure shares a word with what the indicator counts."""
    text = layout.document.text
    start = max(one.claim.span[0], mention.span[0] - 40)
    seen = view(text, (start, min(len(text), mention.span[1] + 20)))
    at = bisect_left(seen.starts, mention.span[0])
    clause = re.split(r"[,。;]", seen.text[:at])[-1] + re.split(r"[,。;]", seen.text[at:])[0]
    name = squeezed(one.said.name)[-SPARE:]
    return any(name[i:i + 2] in clause for i in range(len(name) - 1))


def copied_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """One question a table in which every figure told is its target's, to the digit."""
    grids: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.claim.grid is not None and one.target and one.actual:
            grids[one.claim.grid].append(one)
    for rows in grids.values():
        plain = [t for t in rows if t.target and t.target.kind != "DATE" and t.target.value not in {Decimal(0), Decimal(1)}]
        if len(plain) >= tolerance("copied_rows") and all(t.target and t.actual and t.target.value == t.actual.value for t in plain):
            quotes: list[Quote] = [q for t in plain[:3] for q in (field(layout, t, "target"), field(layout, t, "actual"))]
            yield remark(layout, "boast", quotes, f"{len(plain)}项指标的完成值与指标值全部相同，是否照抄", plain)

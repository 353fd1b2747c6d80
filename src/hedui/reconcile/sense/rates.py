"""Rates that no count can push over 100 % (合格率, 覆盖率, 满意度, 及时率, a share of all, a fall) -> those that are told over it.

完成率, 执行率, 到位率 and rates of growth may pass it and are left alone (kinds.tsv).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Mention, Remark
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import kind_of
from hedui.reconcile.sense.told import Told, field, remark
from hedui.view import view

__all__ = ["rate_remarks"]

BEFORE = 24
# 验收合格率|达到 · 覆盖率|为 · 满意度|均在
VERB = re.compile(r"(?:情况|水平|指标|实际值?)?(?:均|也|已|分别|约|高)?(?:达到?了?|为|是|在|约|:|实现)*$")
# 较上年提高 · 完成率 · 是目标的: the rate is of something else
OTHERWISE = re.compile(r"完成|增长|提高|提升|上升|下降|同比|环比|较|超|目标的?$|计划的?$")
# 险情起数同比下降|120% · 群众投诉件次较上年减少了|105.3%; 利润 and other balances may fall by more than all
FALLEN = re.compile(r"[^,。;、(]*?(?:下降|减少|降低|压减|缩减|缩短|削减)(?:了|约|近|超过?)?$")
BALANCE = re.compile(r"利润|收益|盈|亏|净|余|差额?|增[速幅长]|涨幅|顺差")
# 受益农户占全县农户总数的|112%
SHARED = re.compile(r"占[^,。;]{0,20}?(?:总数|总量|总额|总人数|总户数|总人口|总面积|总支出|总收入)的?$")


def rate_remarks(layout: Layout, mentions: Sequence[Mention], told: Sequence[Told]) -> Iterator[Remark]:
    """One question for every rate over its ceiling, in results of indicators and in the text."""
    taken = set()
    for one in told:
        kind = kind_of(one.said.name)
        if one.actual and one.actual.kind == "RATE" and one.actual.unit == "1" and kind and over(one.actual.value, kind.ceiling):
            found = field(layout, one, "actual")
            taken.add(found.span[0])
            yield remark(layout, "rate", [found], f"{one.said.name}：{one.said.actual}，不可能超过100%", [one])
    for mention in mentions:
        if mention.label == "RATE" and mention.unit == "1" and over(mention.value, Decimal(1)) and mention.span[0] not in taken:
            name = named(layout, mention)
            if name:
                yield remark(layout, "rate", [quote(layout, mention.span)], f"{name}：{mention.text}，不可能超过100%")


def over(value: object, ceiling: Decimal | None) -> bool:
    return isinstance(value, Decimal) and ceiling is not None and value > ceiling


def named(layout: Layout, mention: Mention) -> str | None:
    """The capped rate named just before a figure in the text, or the fall or share that it is told as."""
    start = mention.span[0]
    if start == 0 or not layout.paragraphs:
        return None
    paragraph = layout.paragraphs[max(0, bisect_right(layout.paragraphs, start, key=lambda one: one.span[0]) - 1)].span[0]
    before = view(layout.document.text, (max(paragraph, start - BEFORE), start)).text
    fallen, shared = FALLEN.search(before), SHARED.search(before)
    if shared or (fallen and not BALANCE.search(fallen[0])):
        return re.split(r"[,。;、(]", (shared or fallen or "")[0])[-1]
    clause = re.split(r"[,。;、(]", VERB.sub("", before))[-1]
    kind = kind_of(clause)
    return clause if kind and kind.ceiling is not None and not OTHERWISE.search(clause) else None

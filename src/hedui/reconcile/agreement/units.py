"""One number with the unit that counts it -> the unit that others count the same by, and the same digits ten thousand times off:
6.35亿元 told again as 6.35万元, 9.82万亩 as 9.82亩."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from hedui.document import Layout
from hedui.findings import Check, Mention
from hedui.lexicons import rows
from hedui.reconcile.agreement.facts import Fact, facts_of, pairs
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.numerals import digits, significant
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote

__all__ = ["POWERS", "counted", "unit_checks"]

POWERS = frozenset({Decimal(10) ** 4, Decimal(10) ** 8})
SIGNIFICANT, SHARED, FEW = 3, 2, 6
# 人均|265元 · 每亩|250元: money of one, not of all
EACH = re.compile(r"(?:每[\u4e00-\u9fff]{0,3}|[人户亩次台]均[\u4e00-\u9fff]{0,6}|平均[\u4e00-\u9fff]{0,6}|标准|单价|均价|按|折合)(?:为|是)?$")


@cache
def alike() -> dict[str, str]:
    return {unit: counted_as for unit, counted_as, *_ in rows("units_alike", "hedui.reconcile.agreement")}


def counted(unit: str) -> str:
    """The one unit for those that count the same: 名 and 位 are 人 (`units_alike.tsv`)."""
    return alike().get(unit, unit)


def unit_checks(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Check]:
    """One check for every number told once whose digits are told again elsewhere, of the same thing, ten thousand or a hundred
    million times as large; the words around both must have two pairs of letters in common."""
    told: dict[tuple[int, str, str], list[Fact]] = defaultdict(list)
    for fact in facts_of(layout, mentions, wide=True):
        mention = fact.mention
        numeral = digits(mention.text) if mention.label in {"AMOUNT", "QUANTITY"} else ""
        if significant(numeral) >= SIGNIFICANT and not EACH.search(fact.before):
            told[(part_of(layout, mention.span[0]), counted(mention.unit), numeral)].append(fact)
    for facts in told.values():
        values: dict[Decimal, list[Fact]] = defaultdict(list)
        for fact in facts[:FEW]:
            if isinstance(fact.mention.value, Decimal):
                values[fact.mention.value].append(fact)
        if len(values) != 2:
            continue
        small, large = sorted(values)
        odd, usual = (small, large) if len(values[small]) <= len(values[large]) else (large, small)
        if small and large / small in POWERS and len(values[odd]) == 1 and one_thing(values[usual][0], values[odd][0]):
            a, b = quote(layout, values[usual][0].mention.span), quote(layout, values[odd][0].mention.span)
            yield agreement(layout, "unit", [a], b, verdict="conflict", tier="numeric", computed=a.text,
                            note=f"{values[odd][0].before[-8:]}：{b.value} 应为 {a.value}，单位有误")


def one_thing(a: Fact, b: Fact) -> bool:
    """Whether two numbers of other paragraphs stand among words that are partly the same."""
    return a.paragraph != b.paragraph and len(pairs(a) & pairs(b)) >= SHARED

"""One number with the unit that counts it -> the unit that others count the same by, and the same digits ten thousand times off:
6.35亿元 told again as 6.35万元, 9.82万亩 as 9.82亩."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Fund, Indicator
from hedui.lexicons import rows
from hedui.reconcile.agreement.facts import Fact, in_paragraphs, pairs
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.numerals import digits, significant
from hedui.reconcile.phrases import numeric
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote
from hedui.view import clean

__all__ = ["POWERS", "counted", "unit_checks"]

POWERS = frozenset({Decimal(10) ** 4, Decimal(10) ** 8})
SIGNIFICANT, SHARED, FEW = 3, 2, 6
# so many digits of money in a table are its number whatever it is called
LONG = 5
# 人均|265元 · 每亩|250元: money of one, not of all
EACH = re.compile(r"(?:每[\u4e00-\u9fff]{0,3}|[人户亩次台]均[\u4e00-\u9fff]{0,6}|平均[\u4e00-\u9fff]{0,6}|标准|单价|均价|按|折合)(?:为|是)?$")


@cache
def alike() -> dict[str, str]:
    return {unit: counted_as for unit, counted_as, *_ in rows("units_alike", "hedui.reconcile.agreement")}


def counted(unit: str) -> str:
    """The one unit for those that count the same: 名 and 位 are 人 (`units_alike.tsv`)."""
    return alike().get(unit, unit)


class Told(NamedTuple):
    """A number with its unit and the pairs of letters around it; `place` is its paragraph, or less than nought for a table."""

    span: Span
    value: Decimal
    unit: str
    numeral: str
    words: frozenset[str]
    place: int
    part: int
    name: str


def unit_checks(layout: Layout, facts: Sequence[Fact], claims: Sequence[Claim] = ()) -> Iterator[Check]:
    """One check for every number that running text tells once and whose digits are told again elsewhere, in text or tables, of the
    same thing, ten thousand or a hundred million times as large; the words around both must have two pairs of letters in common, or be
    money of five digits in a table."""
    told: dict[tuple[int, str, str], list[Told]] = defaultdict(list)
    for one in (*of_text(layout, facts), *of_tables(layout, claims)):
        if significant(one.numeral) >= SIGNIFICANT:
            told[(one.part, one.unit, one.numeral)].append(one)
    for tellings in told.values():
        values: dict[Decimal, list[Told]] = defaultdict(list)
        for one in tellings[:FEW]:
            values[one.value].append(one)
        if len(values) != 2:
            continue
        small, large = sorted(values)
        odd, usual = (small, large) if len(values[small]) <= len(values[large]) else (large, small)
        a, b = values[usual][0], values[odd][0]
        if small and large / small in POWERS and len(values[odd]) == 1 and b.place >= 0 and one_thing(a, b):
            right, wrong = quote(layout, a.span), quote(layout, b.span)
            yield agreement(layout, "unit", [right], wrong, verdict="conflict", tier="numeric", computed=right.text,
                            note=f"{b.name[-8:]}：{wrong.value} 应为 {right.value}，单位有误")


def of_text(layout: Layout, facts: Sequence[Fact]) -> Iterator[Told]:
    for fact in in_paragraphs(layout, facts):
        mention = fact.mention
        if mention.label in {"AMOUNT", "QUANTITY"} and isinstance(mention.value, Decimal) and not EACH.search(fact.before):
            yield Told(mention.span, mention.value, counted(mention.unit), digits(mention.text), pairs(fact), fact.paragraph,
                       part_of(layout, mention.span[0]), fact.before)


def of_tables(layout: Layout, claims: Sequence[Claim]) -> Iterator[Told]:
    """The money of tables, and what their indicators came to."""
    for claim in claims:
        said = claim.fields
        place = -1 - (claim.grid or 0)
        if claim.origin == "table" and isinstance(said, Fund) and "yuan" in claim.spans:
            text = clean(layout.document.text, claim.spans["yuan"])
            yield Told(claim.spans["yuan"], said.yuan, "CNY", digits(text), bigrams(said.scope), place, claim.part, said.scope)
        elif claim.origin == "table" and isinstance(said, Indicator) and "actual" in claim.spans:
            told = numeric(said.actual or "")
            if told and told.kind in {"AMOUNT", "QUANTITY"} and isinstance(told.value, Decimal):
                yield Told(claim.spans["actual"], told.value, counted(told.unit), digits(said.actual or ""), bigrams(said.name), place,
                           claim.part, said.name)


def bigrams(name: str) -> frozenset[str]:
    return frozenset(name[i:i + 2] for i in range(len(name) - 1))


def one_thing(a: Told, b: Told) -> bool:
    """Whether two numbers of other places stand among words that are partly the same, or one is long money of a table."""
    known = a.place < 0 and a.unit == "CNY" and significant(a.numeral) >= LONG
    return a.place != b.place and (known or len(a.words & b.words) >= SHARED)

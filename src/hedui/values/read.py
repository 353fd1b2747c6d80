"""One short text in, one value out: what a cell of a table or a claim says, with its comparison, unit and bounds."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from hedui.values.dates import iso_date
from hedui.values.docnos import parse_docno
from hedui.values.figures import find_figures, measured
from hedui.values.patterns import BEFORE
from hedui.values.types import Found, Op, Value
from hedui.values.units import CURRENCIES, POWERS
from hedui.view import view

__all__ = ["parse_amount", "parse_date", "parse_quantity", "parse_rate", "read_value", "stated_interval"]

# 较上年提高了|67.86% · 降幅为|75.96% · 共|3次: what may stand before the one figure of a cell
LEAD = re.compile(
    r"(?:(?:较|比|同比|环比)?(?:上年度?|去年|上一年度?|往年|同期)?(?:提高|提升|增长|增加|上升|下降|减少|降低|降幅|增幅|涨幅)?"
    r"|完成率?|达到|达|实现|共计|共|累计|合计|总计|全年|已|人民币)*(?:了|为|是|:)?")
# 98%|以上 · 30日|内 · 2020年12月|前 · 50万元|(含): what may stand behind it
TAIL = re.compile(r"(?:\(含\)|及?以[上下内]|之内|内|左右|上下|之?前|以前|起|以来|整|[。;,.])*")
# ≥|173218 · 0.5 · 1,038.00 · 3.28万
BARE = re.compile(r"(?P<sign>≥|≤|>=|<=|>|<)?(?P<number>[-−负]?\d[\d,.]*[余多]?[万亿]?[余多]?)")
SIGNS: dict[str, Op] = {"≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}


@lru_cache(maxsize=8192)
def read_value(text: str) -> Value | None:
    """What the whole of a short text means; None if it is not one figure (words, two figures, nothing).

    >>> v = read_value("不低于 90 %")
    >>> v.kind, v.value, v.unit, v.op
    ('RATE', Decimal('0.9'), '1', '>=')
    >>> read_value("有所提高") is None
    True
    """
    seen = view(text).text
    number = parse_docno(seen)
    if number is not None:
        return Value(kind="DOCNO", value=number, unit="docno")
    longest = max(find_figures(seen), key=length, default=None)
    if longest is None:
        return bare(seen)
    head, tail = seen[:longest.start], seen[longest.end:]
    mark = BEFORE.search(head)
    if LEAD.fullmatch(head[:mark.start()] if mark else head) and TAIL.fullmatch(tail):
        return longest.value
    return None


def length(found: Found) -> int:
    return found.end - found.start


def bare(text: str) -> Value | None:
    """A number with nothing but a comparison beside it: a QUANTITY without a unit, bounded by its digits."""
    match = BARE.fullmatch(text)
    value = measured("QUANTITY", match["number"], "") if match else None
    if match is None or value is None or not match["sign"]:
        return value
    return replace(value, op=SIGNS[match["sign"]])


def parse_quantity(text: str) -> Value | None:
    """The number that the whole of `text` states with its unit, be it money, percent or a count, None for dates and words.

    >>> v = parse_quantity("≥90%")
    >>> v.value, v.unit, v.op
    (Decimal('0.9'), '1', '>=')
    """
    value = read_value(text)
    return None if value is None or value.kind in {"DATE", "DOCNO"} else value


def parse_amount(text: str, unit: str | None = None) -> Value | None:
    """The money that the whole of `text` states, in yuan; `unit` (万元) is that of the column where the text has none.

    >>> parse_amount("10887万元").value, parse_amount("1,038.00", "万元").value
    (Decimal('108870000'), Decimal('10380000'))
    """
    return of_kind("AMOUNT", text, unit)


def parse_rate(text: str, unit: str | None = None) -> Value | None:
    """The rate that the whole of `text` states, as a fraction; `unit` (%) is that of the column where the text has none.

    >>> parse_rate("百分之九十").value, parse_rate("97.5", "%").value
    (Decimal('0.9'), Decimal('0.975'))
    """
    return of_kind("RATE", text, unit)


def of_kind(kind: str, text: str, unit: str | None) -> Value | None:
    value = read_value(text)
    if unit and value is not None and value.unit == "":
        value = read_value(view(text).text + unit)
    return value if value is not None and value.kind == kind else None


def parse_date(text: str) -> str | None:
    """The ISO form of the date that the whole of `text` is, None if it is none.

    >>> parse_date("2021 年 6 月底")
    '2021-06'
    """
    return iso_date(view(text).text)


def stated_interval(text: str, unit: str) -> tuple[Decimal, Decimal] | None:
    """The bounds of the number `text` stated in `unit` (%, 万元, 元, 人, …): half a step of its last digit either way.

    >>> stated_interval("19.24", "%")
    (Decimal('0.19235'), Decimal('0.19245'))
    >>> stated_interval("24", "人")
    (Decimal('24'), Decimal('24'))
    """
    numeral = view(text).text
    if unit in POWERS:
        value = measured("RATE", numeral, unit)
    elif unit.lstrip("十百千万亿").partition("/")[0] in CURRENCIES:
        bare_unit = unit.lstrip("十百千万亿")
        value = measured("AMOUNT", numeral + unit[:len(unit) - len(bare_unit)], bare_unit)
    else:
        value = measured("QUANTITY", numeral, unit)
    if value is None or value.low is None or value.high is None:
        return None
    return value.low, value.high

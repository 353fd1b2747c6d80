"""A view's text in, every figure in it out: dates, amounts, rates, quantities, document numbers, with their comparators.

Finds may overlap across kinds (a year inside a document number); which of them stands is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hedui.values.dates import iso_date
from hedui.values.docnos import find_docnos
from hedui.values.numerals import MULTIPLIERS, parse_number
from hedui.values.patterns import AFTER, BEFORE, HUNDREDS, figure_pattern, told_after_pattern
from hedui.values.types import Found, Kind, Number, Op, Value
from hedui.values.units import CURRENCIES, POWERS, units

__all__ = ["find_figures", "measured"]

# 0.6|千瓦, not 0.6千|瓦
SPLIT = re.compile(rf"(?P<number>[-−负]?(?:[\d,.零〇一二三四五六七八九十万亿两壹贰叁肆伍陆柒捌玖拾佰仟余多来]|{HUNDREDS})+)(?P<unit>.*)", re.DOTALL)
HAN_RATE = re.compile(r"(?P<base>[百千]分之)(?P<number>.+)")
OPS: dict[str, Op] = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~"}
# 一个, 二次, 千人: no counts but articles, ordinals and figures of speech
VAGUE = frozenset({"一", "二", "零", "百", "千", "万", "亿", "千万", "百万"})
# 提前了|一个月: an article before most things, a count before spans of time
SPANS = frozenset({"个月", "个季度", "个学期", "个学年", "个年度", "个星期", "个小时", "个工作日"})
# 党的|二十大, not 十大|工程: numbers of congresses
CONGRESS = 16
REACH = 8


def find_figures(text: str) -> Iterator[Found]:
    """Every figure in `text`, which should be that of a `hedui.view`.

    >>> [(f.value.kind, text[f.start:f.end], str(f.value.value), f.value.op) for text in ["不低于70%，约1.8亿元，25余次"]
    ...  for f in find_figures(text)]
    [('RATE', '70%', '0.7', '>='), ('AMOUNT', '1.8亿元', '180000000', '~'), ('QUANTITY', '25余次', '25', '>')]
    """
    for match in figure_pattern().finditer(text):
        for kind, start, end, unit in pieces(match):
            value = read(kind, text[start:end], unit)
            if value is not None:
                yield Found(start=start, end=end, value=compared(text, start, end, value))
    for match in told_after_pattern().finditer(text):
        value = measured("QUANTITY", match["told"], {"人数": "人", "户数": "户", "次数": "次"}.get(match["unit"], match["unit"]))
        if value is not None:
            yield Found(start=match.start("told"), end=match.end("told"), value=value)
    yield from find_docnos(text)


def pieces(match: re.Match[str]) -> Iterator[tuple[Kind, int, int, str]]:
    """The one or two figures of a match; the first end of a range has the unit of the second."""
    name = match.lastgroup or ""
    if name == "mark":
        name = "dotted"
    kind = kind_of(name)
    if name.endswith("_high"):
        low, high = match.span(name.replace("_high", "_low")), match.span(name)
        unit = "" if kind == "DATE" else lent(*split(match[name]))
        yield kind, *low, unit
        yield kind, *high, ""
    else:
        yield kind, *match.span(name), ""


def lent(number: str, unit: str) -> str:
    """What the far end of a range lends to the near one: 2500万 and 元 give 万元."""
    return number[len(number.rstrip("十百千万亿")):] + unit


def kind_of(name: str) -> Kind:
    if "amount" in name:
        return "AMOUNT"
    if "rate" in name or "points" in name:
        return "RATE"
    return "QUANTITY" if "quantity" in name else "DATE"


def split(text: str) -> tuple[str, str]:
    match = SPLIT.fullmatch(text)
    return (match["number"], match["unit"]) if match else ("", "")


def read(kind: Kind, text: str, unit: str) -> Value | None:
    """The value of one matched piece; `unit` is what the other end of its range lends it."""
    if kind == "DATE":
        iso = iso_date(text)
        return None if iso is None else Value(kind="DATE", value=iso, unit="date")
    ratio = HAN_RATE.fullmatch(text)
    if ratio:
        if ratio["number"] in {"百", "千"}:
            return measured("RATE", str(MULTIPLIERS[ratio["number"]]), ratio["base"])
        return measured("RATE", ratio["number"], ratio["base"])
    number, own = split(text)
    if number in VAGUE and not (number == "一" and own in SPANS):
        return None
    if unit and not own:
        scale = unit_scale(number, unit)
        return measured(kind, number + scale[0], scale[1])
    if own == "大" and (parsed := parse_number(number)) is not None and parsed.value >= CONGRESS:
        return None
    return measured(kind, number, own)


def unit_scale(number: str, unit: str) -> tuple[str, str]:
    """The multiplier and the bare unit that the far end of a range lends: 万元 gives 万 and 元."""
    match = re.match(r"[十百千万亿]*", unit)
    lent = match[0] if match else ""
    return ("" if number and number[-1] in "十百千万亿" else lent), unit[len(lent):]


def measured(kind: Kind, number: str, unit: str) -> Value | None:
    """The value of a numeral in a unit: `measured("AMOUNT", "3.28万", "元")`; None where the numeral is none."""
    parsed = parse_number(number)
    if parsed is None:
        return None
    if kind == "AMOUNT":
        head, _, per = unit.partition("/")
        currency = CURRENCIES.get(head, head)
        return valued(kind, parsed, f"{currency}/{per}" if per else currency)
    if kind == "RATE":
        return valued(kind, parsed.times(Decimal(1).scaleb(POWERS[unit])), "pp" if "百分点" in unit else "1")
    return valued(kind, parsed, unit.replace("(", "（").replace(")", "）"))


def valued(kind: Kind, number: Number, unit: str) -> Value:
    """`number` with the bounds of its stated digits: half a step either way, a whole step up for 余, none for counts."""
    half = number.step / 2
    low, high = number.value - half, number.value + half
    if number.op == ">":
        low, high = number.value, number.value + number.step
    elif kind == "QUANTITY" and number.step == 1 and re.split("[（/]", unit)[0] in units().counts:
        low = high = number.value
    return Value(kind=kind, value=tidy(number.value), unit=unit, op=number.op, low=tidy(low), high=tidy(high))


def tidy(value: Decimal) -> Decimal:
    """`value` without an exponent and without zeros behind the point that a multiplier has left."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def compared(text: str, start: int, end: int, value: Value) -> Value:
    """`value` with the comparison that stands before or behind it in `text`."""
    if value.op is not None:
        return value
    before = BEFORE.search(text, max(0, start - REACH), start)
    after = AFTER.match(text, end)
    hit = before or after
    if hit is None or (hit is after and value.kind != "DATE" and after is not None and after[0][0] in "前起"):
        return value
    return replace(value, op=OPS[hit.lastgroup or ""])

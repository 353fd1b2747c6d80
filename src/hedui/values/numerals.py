"""Numerals in, `Number` out: Arabic, Chinese, formal and mixed ones, exact, with the worth of their last stated digit."""

from __future__ import annotations

import re
from decimal import Decimal

from hedui.values.types import Number, Op

__all__ = ["MULTIPLIERS", "chinese_integer", "multiplier", "parse_number"]

DIGITS = {char: number for number, chars in enumerate(
    ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for char in chars}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
MULTIPLIERS = {**SMALL, **LARGE}
# longer runs of digits are account and serial numbers, and would not stay exact
LONGEST = 18

# 负1.25亿 · 1,038.00 · 25余 · 50余万 · 1.8万余 · 2亿3500万
ARABIC = re.compile(
    r"(?P<sign>负|[-−])?(?:(?P<yi>\d+)亿(?=\d))?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<inner>余|多|来)?(?P<unit>[十百千万亿]{0,2})(?P<approx>余|多|来)?")
# 三 · 一百二十 · 壹佰壹拾万 · 二十余 · 三点五
CHINESE = re.compile(
    r"(?P<sign>负)?(?P<whole>[零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億]+)"
    r"(?:点(?P<part>[零〇○一二三四五六七八九]+))?(?P<inner>余|多|来)?(?P<unit>[万亿]?)(?P<approx>余|多|来)?")


def chinese_integer(text: str) -> int | None:
    """The integer that a Chinese numeral names, positional or digit by digit; None where it names none.

    >>> chinese_integer("壹佰壹拾万"), chinese_integer("二〇二二"), chinese_integer("一万二千亿")
    (1100000, 2022, 1200000000000)
    >>> chinese_integer("百百") is None
    True
    """
    if len(text) > 1 and all(char in DIGITS for char in text):
        return None if "两" in text else int("".join(str(DIGITS[char]) for char in text))
    total = section = 0
    digit: int | None = None
    last_small, last_large = 10**4, 10**16
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        elif char in SMALL:
            size = SMALL[char]
            if size >= last_small or (digit is None and size != 10) or digit == 0:
                return None
            section, digit, last_small = section + (1 if digit is None else digit) * size, None, size
        elif char in LARGE:
            size, section = LARGE[char], section + (digit or 0)
            if not (section or size > last_large) or size == last_large:
                return None
            total = (total + section) * size if size > last_large else total + section * size  # 一万二千亿: both parts count 亿
            section, digit, last_small, last_large = 0, None, 10**4, size
        else:
            return None
    return total + section + (digit or 0)


def multiplier(text: str) -> int:
    """The product of the multipliers in `text`: 万 10⁴, 千万 10⁷, 万亿 10¹², nothing 1."""
    product = 1
    for char in text:
        product *= MULTIPLIERS[char]
    return product


def parse_number(text: str) -> Number | None:
    """The number that the whole of `text` states, None if it states none.

    >>> n = parse_number("1.8万余")
    >>> n.value, n.step, n.op
    (Decimal('18000.0'), Decimal('1000.0'), '>')
    """
    match = ARABIC.fullmatch(text)
    if match and len(match["digits"]) > LONGEST:
        return None
    if match:
        value = Decimal(match["digits"].replace(",", ""))
        step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
        factor = Decimal(multiplier(match["unit"]))
        value, step = value * factor, step * factor
        if match["yi"]:
            value += int(match["yi"]) * 10**8
        return signed(match["sign"], value, step, match["inner"] or match["approx"])
    match = CHINESE.fullmatch(text)
    if match is None:
        return None
    return chinese_number(match)


def chinese_number(match: re.Match[str]) -> Number | None:
    whole = chinese_integer(match["whole"])
    if whole is None:
        return None
    part = "".join(str(DIGITS[char]) for char in match["part"] or "")
    factor = multiplier(match["unit"])
    tail = match["whole"][-1]
    step = Decimal(LARGE.get(tail, 1)).scaleb(-len(part)) * factor
    value = Decimal(f"{whole}.{part}" if part else whole) * factor
    return signed(match["sign"], value, step, match["inner"] or match["approx"])


def signed(sign: str | None, value: Decimal, step: Decimal, approx: str | None) -> Number:
    op: Op | None = ">" if approx in {"余", "多"} else "~" if approx else None
    return Number(value=-value if sign else value, step=step, op=op)

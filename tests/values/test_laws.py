"""Laws of values: what is written is read back, spans hold their figure, and bounds hold the value."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.values import (
    chinese_integer,
    find_figures,
    iso_date,
    parse_amount,
    parse_docno,
    parse_number,
    parse_rate,
    read_value,
    stated_interval,
)

HAN, FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
amounts = st.decimals(min_value=Decimal("-99999.99"), max_value=Decimal("999999.99"), places=2)


def written(number: int, digits: str, small: str) -> str:
    """`number` below 10**12 in Chinese, in full: 1005 is 一千零五."""
    if number == 0:
        return digits[0]
    groups = []
    for large in ("", "万", "亿"):
        number, group = divmod(number, 10**4)
        groups.append((group, large))
    text = ""
    for group, large in reversed(groups):
        if group:
            pad = digits[0] if text and group < 1000 else ""
            text += pad + four(group, digits, small) + large
    return text


def four(group: int, digits: str, small: str) -> str:
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + ("", *small)[place]
        zero = digit == 0
    return text


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert chinese_integer(written(number, HAN, "十百千")) == number
    assert chinese_integer(written(number, FORMAL, "拾佰仟")) == number


@given(amounts)
def test_thousands_commas_change_nothing(number: Decimal) -> None:
    plain, commas = parse_number(f"{number:f}"), parse_number(f"{number:,f}")
    assert plain is not None and commas is not None
    assert plain.value == commas.value == number


@given(amounts, st.sampled_from([("元", 1), ("万元", 10**4), ("亿元", 10**8), ("千元", 1000)]))
def test_amounts_are_exact(number: Decimal, unit: tuple[str, int]) -> None:
    value = parse_amount(f"{number:f}{unit[0]}")
    assert value is not None and value.value == number * unit[1]
    assert stated_interval(f"{number:f}", unit[0]) == (value.low, value.high)


@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_bounds_hold_the_value(number: Decimal) -> None:
    value = parse_rate(f"{number:f} %")
    assert value is not None and value.low is not None and value.high is not None
    assert value.low < number / 100 < value.high
    assert value.high - value.low == Decimal("0.0001")


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_round_trip(day: date) -> None:
    assert iso_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert iso_date(f"{day.year}.{day.month}.{day.day}") == day.isoformat()


@given(st.sampled_from(["〔〕", "()", "[]", "（）", "【】"]), st.integers(1950, 2099), st.integers(1, 9999))
def test_every_bracket_gives_one_normal_form(brackets: str, year: int, serial: int) -> None:
    assert parse_docno(f"某财教{brackets[0]}{year}{brackets[1]}{serial}号") == f"某财教〔{year}〕{serial}号"


@given(st.text(alphabet="0123456789.,%万亿元个次年月日〔〕号第一二三十百-至约余", max_size=40))
def test_finds_hold_their_value_and_never_fail(text: str) -> None:
    for found in find_figures(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value.value is not None
        assert found.value.low is None or found.value.high is None or found.value.low <= found.value.high
    read_value(text)


@pytest.mark.parametrize("unit", ["1", "1,", "1.1", "(", "一", "负", "〔2019", "2020年", "第1号", "5个/", "12-", "二十", "元/人、"])
def test_no_text_makes_the_patterns_slow(unit: str, no_hang: Callable[[], AbstractContextManager[None]]) -> None:
    """No pattern goes back over what it has read."""
    text = unit * (100_000 // len(unit))
    with no_hang():
        found = list(find_figures(text))
    assert all(0 <= f.start < f.end <= len(text) for f in found)

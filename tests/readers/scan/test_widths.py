"""Marks as wide as they are printed."""

from __future__ import annotations

import pytest

from hedui.readers.scan.widths import BRACKETS, STOPS, Placed, usual_width, with_true_widths

ADVANCE = {"wide": 10.0, "narrow": 3.6, "digit": 5.6}


def line(text: str, wide: bool) -> Placed:
    """A line of size 10 whose marks are printed wide or narrow, whatever `text` has for them."""
    middles, x = [], 0.0
    for char in text:
        takes = ADVANCE["digit"] if char.isascii() and char.isalnum() else ADVANCE["wide"]
        if char in "()（）,:，：":
            takes = ADVANCE["wide" if wide else "narrow"]
        ink = {"（": 0.75, "(": 0.75, "）": 0.25, ")": 0.25, "，": 0.22, ",": 0.22}.get(char, 0.5) if takes == 10.0 else 0.5
        middles.append(x + takes * ink)
        x += takes
    return Placed(text, middles, 10.0)


@pytest.mark.parametrize("read, wide, printed", [
    # 资金（万元）到位
    ("资金(万元)到位", True, "资金（万元）到位"),
    ("资金（万元)到位", False, "资金(万元)到位"),
    # 财教（2021）65号
    ("财教(2021)65号", True, "财教（2021）65号"),
    ("财教(2021)65号", False, "财教(2021)65号"),
    # 总体目标是：提高
    ("目标是:提高", True, "目标是：提高"),
    ("目标是：提高", False, "目标是:提高"),
    # 完成率100%，偏差率0%
    ("完成率100,偏差", True, "完成率100，偏差"),
    # 1,234.5 stays a number
    ("共1,234.5元", False, "共1,234.5元"),
    ("共1，234.5元", False, "共1,234.5元"),
])
def test_by_place(read, wide, printed):
    assert with_true_widths(line(read, wide)) == printed


@pytest.mark.parametrize("read, usual, printed", [
    ("(一", True, "（一"), ("（一", False, "(一"), ("(一", None, "(一"), ("：一", False, "：一"),
    ("表:", True, "表："), ("表：", False, "表:"), ("1:", True, "1:"), ("表:", None, "表:"),
])
def test_where_the_place_does_not_tell(read, usual, printed):
    assert with_true_widths(Placed(read, [2.0, 9.0], 10.0), brackets=usual, stops=usual) == printed


def test_a_bracket_is_like_its_partner():
    # the first bracket opens the line, the second stands between letters
    assert with_true_widths(line("(一)产出指标", True)) == "（一）产出指标"


def test_usual_width():
    assert usual_width([line("金(万元)到", True), line("(一", True)], BRACKETS) is True
    assert usual_width([line("金(万元)到", False)], BRACKETS) is False
    assert usual_width([line("金(万元)到", True)], STOPS) is None
    assert usual_width([line("金:万元", True)], STOPS) is True

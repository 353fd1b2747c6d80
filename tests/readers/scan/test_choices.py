"""The second likely character where the first cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from hedui.readers.scan.choices import chosen
from hedui.readers.scan.engine import united


@pytest.mark.parametrize("text, seconds, wanted", [
    ("财教〔2021]65号", {7: "〕"}, "财教〔2021〕65号"),
    ("财教〔2021)65号", {7: "〕"}, "财教〔2021〕65号"),
    ("财教[2021〕65号", {2: "〔"}, "财教〔2021〕65号"),
    ("财教〔2021]65号", {7: "】"}, "财教〔2021]65号"),
    ("财教[2021]65号", {2: "〔", 7: "〕"}, "财教[2021]65号"),
    ("共〔1234]号", {6: "〕"}, "共〔1234]号"),
    ("执行率100%°", {7: "。"}, "执行率100%。"),
    ("水温25°", {4: "。"}, "水温25°"),
    ("水温°", {}, "水温°"),
    ("$\\geq 85|%$", {8: "\\"}, "$\\geq 85\\%$"),
    ("$|geq 85", {1: "\\"}, "$\\geq 85"),
    ("甲|乙", {1: "\\"}, "甲|乙"),
])
def test_chosen(text, seconds, wanted):
    assert chosen(text, "".join(seconds.get(at, " ") for at in range(len(text)))) == wanted


def test_marks_of_two_widths_are_one_shape():
    answer = np.array([[0.4, 0.32, 0.28, 0.0], [0.1, 0.2, 0.6, 0.1]], np.float32)
    both = united(answer, np.array([(1, 2)]))
    assert both.argmax(axis=1).tolist() == [1, 2]
    assert both[0].tolist() == pytest.approx([0.4, 0.6, 0, 0]) and both[1].tolist() == pytest.approx([0.1, 0, 0.8, 0.1])
    assert answer[0, 1] == pytest.approx(0.32)

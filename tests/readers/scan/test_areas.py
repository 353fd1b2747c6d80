"""Boxes cut at rules, and the ink that no box covers."""

from __future__ import annotations

import numpy as np
import pytest

from hedui.readers.scan.areas import areas_of, completed, cut_at_rules, trimmed
from hedui.readers.scan.rules import Ruling

DPI = 150.0
LINE = (50, 100, 300, 130)
NO_RULES = Ruling(level=(), upright=())


def sheet(*marks: tuple[int, int, int, int]) -> np.ndarray:
    ink = np.zeros((400, 600), np.uint8)
    for x0, y0, x1, y1 in marks:
        ink[y0:y1, x0:x1] = 1
    return ink


def test_boxes_stay_on_the_page():
    boxes = np.array([[[-3, 5], [40, 5], [40, 20], [-3, 20]], [[610, 5], [650, 5], [650, 9], [610, 9]]], np.float32)
    assert areas_of(boxes, (400, 600)) == [(0, 5, 40, 20)]


def test_trimmed_to_the_ink():
    assert trimmed(sheet((60, 105, 70, 120)), LINE) == (60, 105, 70, 120)
    assert trimmed(sheet(), LINE) == LINE


@pytest.mark.parametrize("upright, level, parts", [
    ((), (), [LINE]),
    (((150.0, 0.0, 400.0),), (), [(50, 100, 150, 130), (150, 100, 300, 130)]),
    (((53.0, 0.0, 400.0),), (), [(53, 100, 300, 130)]),
    (((150.0, 200.0, 400.0),), (), [LINE]),
    ((), ((126.0, 0.0, 600.0),), [(50, 100, 300, 126)]),
])
def test_cut_at_rules(upright, level, parts):
    assert cut_at_rules([LINE], Ruling(level=level, upright=upright), sheet(LINE)) == parts


@pytest.mark.parametrize("mark, widened, alone", [
    ((308, 118, 316, 127), True, 0),    # a stop behind the line
    ((302, 110, 304, 112), False, 0),   # dust
    ((450, 112, 462, 115), False, 1),   # a dash far off
    ((450, 105, 462, 128), False, 1),   # a digit far off
    ((450, 105, 452, 107), False, 0),   # dust far off
    ((400, 40, 520, 160), False, 0),    # a picture
    ((580, 105, 592, 128), False, 0),   # at the rim of the sheet
])
def test_missed_ink(mark, widened, alone):
    areas, words = completed([LINE], sheet(LINE, mark), NO_RULES, DPI)
    assert (areas[0][2] > LINE[2]) == widened and len(words) == alone
    assert all(x0 <= mark[0] and y0 <= mark[1] and x1 >= mark[2] and y1 >= mark[3] for x0, y0, x1, y1 in words)


def test_a_rule_parts_ink_from_the_line_beside():
    ruling = Ruling(level=(), upright=((304.0, 0.0, 400.0),))
    areas, words = completed([LINE], sheet(LINE, (308, 105, 318, 128)), ruling, DPI)
    assert areas == [LINE] and words[0][0] >= 304

"""Pieces of lines to ruled lines."""

import pytest

from hedui.readers.pdf.drawn import Stroke
from hedui.readers.pdf.rules import rules_of


def ends(*strokes):
    return [(rule.x0, rule.y0, rule.x1, rule.y1) for rule in rules_of(strokes, 595, 842)]


@pytest.mark.parametrize("strokes, rules", [
    pytest.param([(10, 50, 60, 50), (60, 50, 110, 50)], [(10, 50, 110, 50)], id="one cell after the other"),
    pytest.param([(60, 50, 110, 50), (10, 50, 60, 50)], [(10, 50, 110, 50)], id="in any order"),
    pytest.param([(10, 50, 60, 50), (60.9, 50.5, 110, 50.5)], [(10, 50, 110, 50)], id="nearly touching, a little aside"),
    pytest.param([(10, 50, 60, 50), (75, 50, 110, 50)], [(10, 50, 60, 50), (75, 50, 110, 50)], id="apart"),
    pytest.param([(10, 50, 60, 50), (10, 52, 60, 52)], [(10, 50, 60, 50), (10, 52, 60, 52)], id="a double line"),
    pytest.param([(10, 50, 60, 50), (20, 50, 40, 50)], [(10, 50, 60, 50)], id="one on the other"),
    pytest.param([(30, 10, 30, 60), (30, 60, 30, 90)], [(30, 10, 30, 90)], id="upright"),
    pytest.param([(x, 50, x + 3, 50) for x in range(10, 100, 5)], [(10, 50, 98, 50)], id="dashes"),
    pytest.param([(x, 50, x, 50) for x in range(10, 60, 2)], [(10, 50, 58, 50)], id="dots"),
    pytest.param([(10, 50, 12, 50)], [], id="a mark"),
    pytest.param([(-20, 50, 60, 50), (10, 900, 60, 900)], [(0, 50, 60, 50)], id="off the page"),
    pytest.param([(10, y, 60, y) for y in (50, 50.7, 51.4, 52.1)], [(10, 50, 60, 50), (10, 51.4, 60, 51.4)], id="no drifting"),
])
def test_rules(strokes, rules):
    assert ends(*(Stroke(*stroke) for stroke in strokes)) == rules

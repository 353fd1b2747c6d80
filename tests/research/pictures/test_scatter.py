"""Rate against score: a point a report, squares where there are many, means with their intervals."""

import random
from decimal import Decimal

import pytest
from lxml import etree

from hedui.research.pictures.scatter import MOST_POINTS, scatter


def told(fact, n, rate, score):
    return fact(n, rate=Decimal(str(rate)), rate_finding=f"r-{n}", score=score)


def test_every_report_that_tells_both_is_a_mark_and_leads_to_its_rate(fact, links):
    facts = [told(fact, 1, 0.9, 95), told(fact, 2, 5, 99), fact(3, score=90), fact(4, rate=Decimal(1))]
    picture = scatter(facts, links)
    assert len(picture.marks) == 2 and "n = 2 份" in picture.notes[0].zh
    assert {mark.items[0].finding for mark in picture.marks.values()} == {"r-1", "r-2"}
    xs = [float(dot.get("cx")) for dot in etree.fromstring(str(picture.svg)).iter("circle")]
    assert max(xs) <= 720, "a rate of 500 % stands at the rim"


def test_many_become_squares_and_none_is_lost(fact, links):
    draw = random.Random(1)
    facts = [told(fact, n, round(draw.uniform(0.3, 1.3), 4), round(draw.uniform(20, 100), 2)) for n in range(MOST_POINTS + 50)]
    picture = scatter(facts, links)
    assert sum(len(mark.items) for mark in picture.marks.values()) == len(facts) and len(picture.marks) < len(facts)
    drawn = etree.fromstring(str(picture.svg))
    assert not list(drawn.iter("circle")) and len(drawn.findall(".//a")) == len(picture.marks), "what lies beyond the rim is drawn there"


@pytest.mark.parametrize("step, sign", [(1, "1.00"), (-1, "-1.00")])
def test_the_correlation_is_that_of_the_points(fact, links, step, sign):
    facts = [told(fact, n, 0.8 + n / 100, 90 + step * n) for n in range(8)]
    assert f"Pearson r = {sign}" in scatter(facts, links).notes[1].zh


def test_too_few_give_no_correlation(fact, links):
    picture = scatter([told(fact, n, 0.9, 90) for n in range(3)], links)
    assert "不算相关系数" in picture.notes[1].zh
    assert scatter([], links).svg is None


def test_means_are_those_of_their_band(fact, links):
    facts = [told(fact, 1, 0.90, 92), told(fact, 2, 0.99, 96), told(fact, 3, 1.0, 70)]
    assert [(row.cells[0], row.cells[1], row.cells[3]) for row in scatter(facts, links).rows] == [("90%–100%", "94", "2"), ("100%–110%", "70", "1")]

"""Self-scores: a bar a point, a full 100 alone, boxes by group; what the notes say is what was counted."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hedui.research.pictures.scores import bins_of, boxes_of, quantile, score_bars, score_boxes


def test_a_full_hundred_stands_alone(fact):
    facts = [fact(n, score=score) for n, score in enumerate(("99.99", "100", "100", "90", "89.5"))] + [fact(9)]
    assert {at: len(items) for at, items in bins_of(facts).items()} == {89: 1, 90: 1, 99: 1, 100: 2}


def test_a_few_far_below_stand_in_one_bar(fact, links):
    facts = [fact(n, score=95) for n in range(300)] + [fact(900, score=12), fact(901, score="59.9")]
    picture = score_bars(facts, links)
    assert [row.cells[:2] for row in picture.rows] == [("<80", "2"), ("95–96", "300")] and len(picture.marks["79"].items) == 2
    assert [row.cells[0] for row in score_bars(facts[-2:], links).rows] == ["12–13", "59–60"]


def test_the_heap_at_a_border_is_told(fact, links):
    facts = [fact(n, score=90) for n in range(18)] + [fact(50 + n, score=89) for n in range(2)]
    told = " ".join(note.zh for note in score_bars(facts, links).notes)
    assert "90–91 分 18 份，89–90 分 2 份，线上占 90%" in told and "n = 20 份" in told


def test_too_few_at_a_border_say_nothing_of_it(fact, links):
    assert not any("边上" in note.zh for note in score_bars([fact(1, score=90), fact(2, score=89)], links).notes)


@pytest.mark.parametrize("scores", [["100"], ["12.5", "100"], [], ["100"] * 3, ["60", "90"]])
def test_any_scores_are_drawn_within_the_picture(fact, links, scores):
    facts = [fact(n, score=score, year=2020) for n, score in enumerate(scores)]
    for picture in (score_bars(facts, links), score_boxes(facts, "year", links), score_boxes(facts, "province", links)):
        assert (picture.svg is None) == (not scores)
        if picture.svg:
            drawn = etree.fromstring(str(picture.svg))
            wide = float(drawn.get("viewBox").split()[2])
            assert all(0 <= float(rect.get("x")) <= float(rect.get("x")) + float(rect.get("width")) <= wide for rect in drawn.iter("rect"))
            assert len(drawn.findall(".//a")) == len(picture.marks) == len(picture.rows)


def test_groups_keep_their_order_and_the_unknown_comes_last(fact):
    facts = [fact(1, score=90, year=2022), fact(2, score=95, year=2020), fact(3, score=99)]
    assert [box.name for box in boxes_of(facts, "year")] == ["2020", "2022", ""]


@settings(deadline=None)
@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=30))
def test_quantiles_are_in_order_and_within(scores):
    ordered = sorted(scores)
    found = [quantile(ordered, Decimal(share)) for share in ("0", "0.25", "0.5", "0.75", "1")]
    assert found == sorted(found) and (found[0], found[-1]) == (ordered[0], ordered[-1])

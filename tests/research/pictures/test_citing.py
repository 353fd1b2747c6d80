"""Documents: one number is one document however its brackets are written; who is named with whom; the layout is the same each time."""

import pytest
from lxml import etree

from hedui.research.pictures.citing import citing, documents_of, shown_of, together_of
from hedui.research.pictures.types import Cited


def cites(fact, n, *numbers, **told):
    return fact(n, documents=tuple(Cited(f"r-{n}-{i}", number, None) for i, number in enumerate(numbers)), **told)


def test_brackets_do_not_make_two_documents(fact):
    found = documents_of([cites(fact, 1, "财教〔2021〕65号"), cites(fact, 2, "财教（2021）65号"), cites(fact, 3, "财教[2021]66号")])
    assert [(one.key, len(one.items), one.year) for one in found] == [("财教〔2021〕65号", 2, 2021), ("财教〔2021〕66号", 1, 2021)]


def test_a_report_counts_once_for_a_document(fact):
    assert len(documents_of([cites(fact, 1, "财教〔2021〕65号", "财教（2021）65号")])[0].items) == 1


def test_documents_of_one_report_are_tied_once_for_each_report(fact):
    shown = shown_of(documents_of([cites(fact, n, "甲〔2020〕1号", "乙〔2021〕2号", "丙〔2021〕3号") for n in range(4)] + [cites(fact, 9, "甲〔2020〕1号")]))
    ties = together_of(shown)
    assert {(tie.first, tie.second): len(tie.items) for tie in ties} == {("丙〔2021〕3号", "乙〔2021〕2号"): 4, ("丙〔2021〕3号", "甲〔2020〕1号"): 4, ("乙〔2021〕2号", "甲〔2020〕1号"): 4}


def test_the_picture_does_not_hang_on_the_order_of_ties(fact, links):
    facts = [cites(fact, n, *(f"财〔{2015 + k}〕{k % 5}号" for k in range(n % 9 + 1))) for n in range(40)]
    first, again = citing(facts, links), citing(list(reversed(facts)), lambda key: "#")
    places = [[(plate.get("x"), plate.get("y")) for plate in etree.fromstring(str(one.svg)).xpath("//rect[@class='plate']")] for one in (first, again)]
    assert sorted(places[0]) == sorted(places[1]) and len(set(places[0])) == len(places[0])


def test_plates_do_not_lie_on_one_another(fact, links):
    facts = [cites(fact, n, *(f"财〔2021〕{k}号" for k in range(n, n + 6))) for n in range(30)]
    drawn = etree.fromstring(str(citing(facts, links).svg))
    spots = sorted((float(one.get("x")), float(one.get("y"))) for one in drawn.xpath("//rect[@class='plate']"))
    assert all(a[0] != b[0] or b[1] - a[1] >= 38 for a, b in zip(spots, spots[1:], strict=False))


@pytest.mark.parametrize("numbers", [(), ("甲〔2020〕1号",)])
def test_none_and_one(fact, links, numbers):
    picture = citing([cites(fact, 1, *numbers)], links)
    assert (picture.svg is None) == (not numbers) and picture.notes


def test_titles_stay_text(fact, links, hostile):
    picture = citing([fact(n, documents=(Cited("r", None, hostile),)) for n in range(3)], links)
    assert "<script" not in str(picture.svg) and "&lt;script" in str(picture.svg)

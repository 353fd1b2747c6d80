"""Funds: sums to the cent over the same reports, and what is not told is neither guessed nor dropped."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hedui.research.pictures.types import Money, ReportFacts
from hedui.research.pictures.waterfall import stages_of, waterfall


def named(stages):
    return {one.name: one for one in stages}


def test_stages_are_exact_and_silence_is_kept_apart(fact):
    facts = [fact(1, funds={"budget": "1000000000000.01", "executed": "0.02", "received": "0.01", "carried_out": "0.03"}),
             fact(2, funds={"budget": "0.10", "executed": "0.10"}), fact(3, funds={"budget": 7})]
    found = named(stages_of(facts))
    assert found["budget"].yuan == Decimal("1000000000000.11") and found["executed"].yuan == Decimal("0.12")
    assert (found["received"].yuan, found["received"].untold) == (Decimal("0.01"), Decimal("0.10")) and len(found["received"].items) == 1
    assert found["issued"].untold == found["budget"].yuan and found["issued"].items == ()
    assert found["left"].yuan == Decimal("999999999999.96") and [item.report.report for item in found["left"].items] == ["p-1"]


AMOUNT = st.decimals(1, 10**12, places=2)
OTHERS = dict.fromkeys(("issued", "received", "carried_out", "saved"), AMOUNT)
FUNDS = st.lists(st.fixed_dictionaries({"budget": AMOUNT, "executed": AMOUNT}, optional=OTHERS), min_size=1, max_size=8)


@settings(deadline=None)
@given(FUNDS)
def test_what_stands_above_execution_ends_at_the_budget(told):
    facts = [ReportFacts(sha256=str(n), report="p", version="v", file="f", funds={name: Money(yuan, "r") for name, yuan in one.items()})
             for n, one in enumerate(told)]
    found = named(stages_of(facts))
    budget = sum((one["budget"] for one in told), Decimal(0))
    assert found["left"].ends == found["budget"].yuan == budget
    assert found["executed"].yuan + found["carried_out"].yuan + found["saved"].yuan + found["left"].yuan == budget
    assert all(found[name].untold == sum((one["budget"] for one in told if name not in one), Decimal(0)) for name in ("issued", "received"))


def test_more_left_than_there_was_is_drawn_downwards_and_said(fact, links):
    picture = waterfall([fact(1, funds={"budget": 100, "executed": 120})], links)
    drawn = etree.fromstring(str(picture.svg))
    assert all(float(rect.get("height")) >= 0 for rect in drawn.iter("rect"))
    assert picture.rows[-1].cells[:2] == ("去向未写明 · not accounted for", "-20")
    assert any("超过" in note.zh for note in picture.notes)


def test_nothing_told_is_no_picture(fact, links):
    picture = waterfall([fact(1, funds={"budget": 5}), fact(2)], links)
    assert picture.svg is None and "2 份" in picture.notes[0].zh and picture.marks == {}

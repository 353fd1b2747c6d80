"""Families of made reports: what their truth says can be seen in their texts, and what is alike without a slip is there too."""

import re

from hedui.synth.across import make_families, texts, truth_of
from hedui.synth.across_facts import World, plain_number
from hedui.synth.facts import Paper


def paper(number, title):
    return Paper(key="d1", role="issue", number=number, title=title, issuers=("财政部",), issuer_shorts=("财政部",))


def test_no_two_numbers_of_one_title_differ_in_the_year_alone():
    """Such a pair would read as a slip."""
    world = World()
    first = world.settled(paper("财社〔2019〕222号", "财政部关于印发〈优抚对象补助经费管理办法〉的通知"))
    second = world.settled(paper("财社〔2017〕222号", "优抚对象补助经费管理办法"))
    other = world.settled(paper("财社〔2017〕222号", "关于下达2017年优抚对象补助经费的通知"))
    assert (first.number, second.number, other.number) == ("财社〔2019〕222号", "财社〔2017〕223号", "财社〔2017〕222号")


def test_a_slip_over_a_document_can_be_told_from_the_texts():
    families = make_families(11, 12)
    said = {name: plain_number(text) for name, text, _ in texts(families)}
    slips = [slip for family in families for slip in family.slips if slip.kind == "cited" and slip.numbers]
    assert slips
    for slip in slips:
        witness, last = (re.sub(r"[（(\[](\d{4})[）)\]]", r"〔\1〕", said[name]) for name in slip.files)
        assert slip.numbers[0] in witness and any(number in last for number in slip.numbers)
        assert truth_of(slip)["files"] == [f"{name}.txt" for name in slip.files]


def test_text_that_may_be_alike_is_alike():
    families = make_families(12, 6, slips=0)
    members = [member for family in families for member in family.members if member.role == "report"]
    told = {}
    for member in members:
        told.setdefault((member.name.partition("/")[0], member.facts.region.name), set()).add(member.said["background"])
    assert all(len(texts) == 1 for texts in told.values()) and any(text for texts in told.values() for text in texts)
    wide = [member.said["wider"] for member in members if "wider" in member.said]
    assert len(set(wide)) < len(wide) and any("visit" in member.said for member in members)

"""Names that the tagger adds, mends and drops, each only where the policy lets it; figures stay the rules'."""

import pytest
from fused_toys import toy

from hedui.mentions import Candidate, find_mentions
from hedui.neural.fusion.learned import Learned, Told
from hedui.neural.fusion.mentions import fused_mentions
from hedui.neural.fusion.policy import NOTHING, Policy

TEXT = "江西省财政厅会同星火供水小组拨付赣州市资金120万元，依据某县农村供水工程管理办法执行。\n"


def fused(tags, thresholds=None, asked=None):
    """(label, text, found_by, model) of the names of both readings; `tags` are (words, label, probability)."""
    made = toy(TEXT)
    told = tuple(sorted(Told(made.at(words), label, p) for words, label, p in tags))
    read = Learned(tags=told, asked={(made.at(words), label): p for (words, label), p in (asked or {}).items()})
    policy = NOTHING if thresholds is None else Policy(thresholds=thresholds)
    found = find_mentions(made.layout, tagger=lambda layout, candidates: fused_mentions(layout, candidates, read, policy))
    return [(m.label, m.text, m.found_by, m.model) for m in found if m.label in ("ORG", "REGION", "TITLE")], found


RULES = [("ORG", "江西省财政厅"), ("REGION", "赣州市")]


def test_rules_keep_what_they_found_with_the_model_beside_it():
    names, found = fused([("江西省财政厅", "ORG", 0.97), ("星火供水小组", "ORG", 0.9)],
                         asked={("江西省财政厅", "ORG"): 0.95, ("赣州市", "REGION"): 0.2})
    assert names == [("ORG", "江西省财政厅", "both", 0.95), ("REGION", "赣州市", "rules", 0.2)]
    assert [(m.label, m.model, m.found_by) for m in found if m.label == "AMOUNT"] == [("AMOUNT", None, "rules")]


@pytest.mark.parametrize("least, added", [(0.8, True), (0.95, False)])
def test_added_where_sure_enough(least, added):
    names, found = fused([("星火供水小组", "ORG", 0.9)], {("ORG", "add"): least})
    assert (("ORG", "星火供水小组", "model", 0.9) in names) is added
    mention = next((m for m in found if m.text == "星火供水小组"), None)
    assert not added or (mention.value, mention.unit, mention.confidence) == ("星火供水小组", "org", 0.9)


def test_a_longer_name_takes_in_what_stands_inside_it():
    names, _ = fused([("拨付赣州市资金", "ORG", 0.9)], {("ORG", "add"): 0.5})
    assert [name[:2] for name in names] == [RULES[0], ("ORG", "拨付赣州市资金")]


def test_figures_never_give_way():
    names, found = fused([("资金120万元", "ORG", 0.99), ("120万元", "REGION", 0.99)], {("ORG", "add"): 0.1, ("REGION", "add"): 0.1})
    assert [name[:2] for name in names] == RULES and any(m.label == "AMOUNT" for m in found)


@pytest.mark.parametrize("asked, mended", [(0.5, True), (0.95, False)])
def test_mended_where_surer_than_of_the_rules_bounds(asked, mended):
    names, _ = fused([("江西省财政厅会同星火供水小组", "ORG", 0.9)], {("ORG", "mend"): 0.8}, {("江西省财政厅", "ORG"): asked})
    assert [name[:2] for name in names] == [("ORG", "江西省财政厅会同星火供水小组") if mended else RULES[0], RULES[1]]


def test_dropped_where_the_tagger_sees_nothing():
    sees_nothing = {("赣州市", "REGION"): 0.01, ("江西省财政厅", "ORG"): 0.4}
    names, _ = fused([], {("REGION", "drop"): 0.9, ("ORG", "drop"): 0.9}, sees_nothing)
    assert names == [("ORG", "江西省财政厅", "rules", 0.4)]
    assert [name[:2] for name in fused([], {("REGION", "add"): 0.0}, sees_nothing)[0]] == RULES


def test_a_title_has_its_marks_in_the_text_and_not_in_its_value():
    text = "依据《供水\n管理办法"
    made = toy(text)
    end = made.layout.document.text.index("法") + 1
    read = Learned(tags=(Told((2, end), "TITLE", 0.9),))
    policy = Policy(thresholds={("TITLE", "add"): 0.5})
    found = find_mentions(made.layout, tagger=lambda layout, candidates: fused_mentions(layout, candidates, read, policy))
    assert [(m.text, m.value) for m in found] == [("《供水\n管理办法", "供水管理办法")]


def test_nothing_too_short_is_a_name():
    assert [name[:2] for name in fused([("星火", "ORG", 0.99), ("会", "REGION", 0.99)], {("ORG", "add"): 0.1, ("REGION", "add"): 0.1})[0]] == RULES


def test_candidates_come_through_unchanged_without_a_policy():
    made = toy(TEXT)
    seen: list[Candidate] = []

    def tagger(layout, candidates):
        seen.extend(candidates)
        return fused_mentions(layout, candidates, Learned(), NOTHING)

    assert find_mentions(made.layout, tagger=tagger) == made.mentions and len(seen) == len(made.mentions)

"""Prose of made reports: it compiles to text and gold, its checks hold, nothing is left unfilled or unmarked."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from hedui.synth.draw import draw_facts
from hedui.synth.marked.checks import check
from hedui.synth.marked.page import Page, lay_out
from hedui.synth.marked.source import Part, Source
from hedui.synth.prose import Draft, TableSlot, changed, report_elements
from hedui.synth.prose.grammar import filled
from hedui.synth.wording import phrases

SEEDS = range(40)
# list numbers, clock times, 7×24, telephones, 第3阶段, “3+N”, 附件1, a place in a ranking: digits that are no mention
FREE = re.compile(r"附件\d"
                  r"|^\s*(?:第[一二三四五]部分 )?[（(]?\d+(?:\.\d+)*[）)]?[.、．）)]?|(?<=[。；：，\s])[（(]?\d+[.、）)]|[（(]\d+[）)]|\d{1,2}:\d{2}"
                  r"|\d{3}-\d{7}|第\d|7×24|“\d\+[N\d]”", re.M)


@cache
def drafted(seed: int) -> Draft:
    return report_elements(draw_facts(seed), random.Random(seed))


@cache
def page_of(seed: int) -> Page:
    facts, draft = draw_facts(seed), drafted(seed)
    source = Source(file="made.txt", words=dict.fromkeys(draft.regions, "G") | dict.fromkeys(draft.orgs, "O"))
    part = Part(number=0, title=facts.title, kind=facts.kind, unit=facts.bodies.unit.name, region=facts.region.name, year=facts.year,
                programme=facts.programme)
    source.elements = [part, *(e for e in draft.elements if isinstance(e, str)), "表"]
    return lay_out(source)


@pytest.mark.parametrize("seed", SEEDS)
def test_checks_hold(seed: int) -> None:
    page = page_of(seed)
    for relation in drafted(seed).checks:
        assert check(page, relation.line.partition(" | ")[0], "", page.quote)["verdict"] == "consistent"


@pytest.mark.parametrize("seed", SEEDS)
def test_places_stand(seed: int) -> None:
    page, draft = page_of(seed), drafted(seed)
    lines = [*draft.indicators, *draft.funds, *draft.documents, *draft.scores]
    assert {line.split(" | ")[0] for line in lines} <= set(page.marked.places)
    assert set(draft.stated) <= set(page.marked.places)
    assert {p for c in draft.checks for p in c.places} <= set(page.marked.places)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_slot_filled(seed: int) -> None:
    assert not re.search(r"<[\w:.-]+>|\[[^\]]*/|[{}]", page_of(seed).marked.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_marked(seed: int) -> None:
    page = page_of(seed)
    text = list(page.marked.text)
    for mention in page.marked.mentions:
        text[mention.start : mention.end] = "█" * (mention.end - mention.start)
    left = FREE.sub("", "".join(text))
    assert not re.search(r"\d", left), re.findall(r".{0,12}\d.{0,12}", left)


def test_same_seed_same_prose() -> None:
    assert report_elements(draw_facts(3), random.Random(5)) == report_elements(draw_facts(3), random.Random(5))


def test_prefix_stands_before_every_place() -> None:
    draft = report_elements(draw_facts(6), random.Random(6), prefix="v2_")
    assert all(name.startswith("v2_") for name in draft.stated)
    assert all(line.startswith("v2_") for line in (*draft.indicators, *draft.funds, *draft.documents, *draft.scores))


def test_changed_figure() -> None:
    draft = next(d for d in map(drafted, SEEDS) if "e" in d.stated)
    after = changed(draft, "e", "1.5万元")
    text = "\n".join(e for e in after.elements if isinstance(e, str))
    assert "#e|1.5万元}" in text and draft.stated["e"].surface not in re.findall(r"#e\|([^}]*)\}", text)
    with pytest.raises(KeyError):
        changed(draft, "nothing", "1元")


def test_changed_score_changes_its_claim() -> None:
    draft = next(d for d in map(drafted, SEEDS) if "z" in d.stated)
    after = changed(draft, "z", "12.5分")
    assert any(re.match(r"z \| 总分 \| \d* ?\| 12\.5 \|", line) for line in after.scores)


def test_kinds_of_reports() -> None:
    drafts = [drafted(s) for s in SEEDS]
    assert sum(TableSlot(name="indicators") in d.elements for d in drafts) > len(drafts) / 2
    texts = {page_of(s).marked.text for s in SEEDS}
    assert len(texts) == len(SEEDS)


def test_grammar_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="no slot"):
        filled("甲<nothing>", {}, random.Random(1))


def test_templates_are_balanced() -> None:
    for texts in phrases().values():
        for text in texts:
            assert text.count("[") == text.count("]") and text.count("{") == text.count("}"), text

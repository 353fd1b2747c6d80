"""Tables of made reports: in every dialect they hold their arithmetic, tell their funds, and agree with what the text says."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest

from hedui.synth.draw import draw_facts
from hedui.synth.generate import make_report, source_text
from hedui.synth.marked.build import gold_of
from hedui.synth.marked.page import lay_out
from hedui.synth.marked.source import read_source
from hedui.synth.prose.draft import Draft, Stated, TableSlot
from hedui.synth.tables import with_tables

SLOTS = ("indicators", "funds", "scores", "places", "uses", "accounts")


def bare(*slots: str, **told: Stated) -> Draft:
    """A draft of nothing but slots and the places `told`."""
    lines = tuple(f"文中{{#{name}|{s.surface}}}。" for name, s in told.items())
    return Draft(elements=("标题", *lines, *(TableSlot(name=s) for s in slots)), orgs=(), regions=(), stated=told, indicators=(),
                 funds=tuple(f"{name} | {s.of} | 资金总额" for name, s in told.items()), documents=(), scores=())


def gold(draft: Draft, seed: int, dialect: str) -> dict:
    facts = draw_facts(seed)
    filled = with_tables(draft, facts, random.Random(seed), dialect=dialect)
    return gold_of(lay_out(read_source(source_text(filled, facts, "a.docx" if dialect == "word" else "a.txt", dialect))))


@pytest.mark.parametrize("dialect", ["cells", "tabs", "pipes", "spaces", "word"])
def test_all_tables_hold_in_every_dialect(dialect):
    for seed in range(12):
        found = gold(bare(*SLOTS), seed, dialect)
        facts = draw_facts(seed)
        names = [x["name"] for x in found["indicators"]]
        assert set(names) >= {x.name for x in facts.indicators}
        assert {c["verdict"] for c in found["checks"]} == {"consistent"}
        assert {f["yuan"] for f in found["funds"]} >= {f"{(s.executed * 10000).normalize():f}" for s in facts.fund.uses}


def test_levels_are_spread_over_the_rows_they_cover():
    found = gold(bare("indicators"), 3, "tabs")
    levels = {x["name"]: (x["level1"], x["level2"]) for x in found["indicators"]}
    assert all(levels[x.name] == (x.level1, x.level2) for x in draw_facts(3).indicators)


def test_what_the_text_tells_is_held_against_the_table():
    facts = draw_facts(3)
    told = Stated(name="b", value=facts.fund.budget * 10000, surface=f"{facts.fund.budget:f}万元", kind="amount", of="budget")
    other = Stated(name="b", value=facts.fund.budget * 10000 + 1, surface="7万元", kind="amount", of="budget")
    kinds = [Counter(c["kind"] for c in gold(bare("indicators", b=one), 3, "tabs")["checks"]) for one in (told, other)]
    assert kinds[0]["table"] == 1 and kinds[1]["table"] == 0


def test_forms_and_kinds_of_checks_vary():
    found = [json.loads(make_report(5, n, slips=0, noise=0).gold) for n in range(1, 30)]
    assert {c["kind"] for g in found for c in g["checks"]} >= {"sum", "ratio", "table", "target", "difference"}
    assert len({tuple(sorted(k for k, v in g["indicators"][-1].items() if v)) for g in found}) > 3


def test_a_place_left_out_of_the_text_is_claimed_nowhere():
    draft = bare("funds", b=Stated(name="b", value=None, surface="7万元", kind="amount", of="budget"))
    gone = Draft(**{name: getattr(draft, name) for name in draft.__dataclass_fields__} | {"elements": ("标题",)})
    filled = with_tables(gone, draw_facts(3), random.Random(1), dialect="tabs")
    assert filled.stated == {} and filled.funds == ()

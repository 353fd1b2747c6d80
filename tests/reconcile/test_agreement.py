"""One thing told in two places of a report -> whether the places agree, and nothing where they cannot be held together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hedui.claims import link_claims
from hedui.document import Layout
from hedui.findings import Check, Claim, Mention
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.checks import agreement_checks
from hedui.reconcile.agreement.compare import compare, opposed, same_words
from hedui.reconcile.agreement.names import likely_name, set_apart

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks

CASES = Path(__file__).parents[1] / "cases"
Read = tuple[Layout, Sequence[Mention], Sequence[Claim]]


def read(text: str) -> Read:
    layout = arrange(read_bytes(text.encode(), "case.txt"))
    mentions = find_mentions(layout)
    return layout, mentions, link_claims(layout, mentions)


def told_again(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> list[Check]:
    """The checks of agreement but for missed targets and names, which have cases of their own."""
    return [c for c in agreement_checks(layout, mentions, claims) if c.kind not in ("target", "label")]


NAMES = ("agreement_indicators", "agreement_funds", "agreement_facts")
FILES = dict.fromkeys(NAMES, told_again)


def shown(checks: Sequence[Check]) -> list[str]:
    """Each check in one line, once, in the order of what is stated."""
    told = sorted(checks, key=lambda check: (check.stated.span, check.kind, [q.span for q in check.inputs]))
    return list(dict.fromkeys(
        f"{c.kind} {c.tier} {c.verdict}: {', '.join(plain(q.text) for q in c.inputs)} => {plain(c.stated.text)}" for c in told))


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("case", [case for name in NAMES for case in case_blocks(name)], ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert (shown(told_again(*read(case.text))) or ["-"]) == case.expected


def comparisons() -> list[tuple[str, ...]]:
    lines = (CASES / "agreement_compare.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("a", "b", "verdict", "tier"), comparisons(), ids=lambda text: text)
def test_two_tellings(a: str, b: str, verdict: str, tier: str) -> None:
    for one, other in ((a, b), (b, a)):
        told = compare(one, other)
        assert (told.verdict, told.tier) == (verdict, tier) if told else verdict == tier == "-"


def test_a_target_in_words_against_one_in_figures_is_judged_where_asked() -> None:
    assert compare("≥90%", "有所提高") is None
    told = compare("≥90%", "有所提高", mixed=True)
    assert told and (told.verdict, told.tier) == ("conflict", "value")


def test_words_that_contradict() -> None:
    pairs = [("有所改善", "明显改善"), ("有效缓解", "有效减轻"), ("基本健全", "建立健全")]
    assert all(opposed(a, b) and opposed(b, a) for a, b in pairs)
    assert not any(opposed(a, b) for a, b in [("不断提高", "持续提升"), ("有所改善", "有所好转"), ("已完成", "按期完成"), ("健全", "健全")])
    assert same_words("不断提高", "持续提升。") and not same_words("不断提高", "有所提高")


def test_which_of_the_known_names_is_meant() -> None:
    known = ["新建水窖口数", "农村供水管网改造里程", "水质检测达标率"]
    assert [likely_name(name, known) for name in ("新建水窖口数", "水质检测的达标率", "供水管网改造里程", "达标率", "群众满意度")] == [
        "新建水窖口数", "水质检测达标率", "农村供水管网改造里程", None, None]


def test_names_that_only_look_alike_are_two_things() -> None:
    for name, other in (("义务教育小学生资助人数", "义务教育中学生资助人数"), ("新建高标准农田面积", "改建高标准农田面积"),
                        ("省级财政资金到位率", "县级财政资金到位率")):
        assert likely_name(name, [other]) is None and set_apart(name, other)


def test_a_name_that_several_known_ones_hold_is_none_of_them() -> None:
    assert likely_name("管网改造里程", ["农村供水管网改造里程", "城镇排水管网改造里程"]) is None


def test_checks_name_the_claims_they_hold_together() -> None:
    layout, mentions, claims = read(
        "一、产出指标完成情况\n新建水窖：指标值60口，实际完成62口。\n三级指标\t指标值\t完成值\n新建水窖\t60口\t58口\n维修泵站\t3座\t3座\n")
    by_id = {claim.id: claim for claim in claims}
    (conflict,) = [c for c in agreement_checks(layout, mentions, claims) if c.kind == "table" and c.verdict == "conflict"]
    assert {by_id[one].origin for one in conflict.claims} == {"table", "narrative"}
    assert (conflict.note, conflict.computed) == ("新建水窖：完成值 58口 ≠ 62口", "58口")
    for quote in (*conflict.inputs, conflict.stated):
        assert layout.document.text[slice(*quote.span)] == quote.text

"""Sentences that call every goal reached: a check for each missed target that a table shows, none where they own up."""

from __future__ import annotations

import pytest

from hedui.synth.boasts import BOAST, PLACE, with_boasts
from hedui.synth.draw import draw_facts
from hedui.synth.facts import Facts
from hedui.synth.prose.draft import Draft, Stated


def facts_with_a_miss() -> tuple[Facts, int]:
    for seed in range(200):
        facts = draw_facts(seed)
        for i, x in enumerate(facts.indicators, 1):
            if x.missed and x.target is not None and x.actual is not None:
                return facts, i
    raise AssertionError("no missed indicator in 200 draws")


def drawn(line: str, number: int) -> Draft:
    places = [Stated(name=f"t1z{c}{number}", value=None, surface="1", kind="quantity", of=o) for c, o in (("t", "target"), ("a", "actual"))]
    return Draft(elements=("标题", line), orgs=(), regions=(), stated={p.name: p for p in places}, indicators=(), funds=(),
                 documents=(), scores=())


@pytest.mark.parametrize(("text", "wanted"), [
    ("总体目标全面完成。", True), ("总体目标按期完成。", True), ("总体绩效目标已完成。", True), ("各项绩效指标均已完成。", True),
    ("各项任务如期完成。", True), ("各项任务全面完成，个别指标存在偏差。", False), ("任务全面完成。", False),
    ("各项绩效指标均已完成，个别指标存在偏差。", False), ("总体目标基本实现。", False),
])
def test_what_counts_as_a_boast(text: str, wanted: bool) -> None:
    assert bool(BOAST.search(text)) is wanted


def test_each_missed_row_is_held_against_it() -> None:
    facts, number = facts_with_a_miss()
    found = with_boasts(drawn("总的来看，总体目标全面完成。", number), facts)
    (check,) = found.checks
    assert found.elements[1] == f"总的来看，{{X #{PLACE}|总体目标全面完成}}。"
    assert (check.kind, check.tier, check.flag, check.left, check.stated) == ("target", "j", "!", f"t1zt{number} , t1za{number}", PLACE)


def test_rows_that_no_table_shows_are_left_alone() -> None:
    facts, number = facts_with_a_miss()
    plain = drawn("总的来看，总体目标全面完成。", number)
    assert with_boasts(Draft(**{**{f: getattr(plain, f) for f in plain.__dataclass_fields__}, "stated": {}}), facts).checks == ()


def test_a_rate_of_execution_that_a_table_gives_a_target_is_one_of_them() -> None:
    facts, _ = facts_with_a_miss()
    assert facts.fund.rate < 1
    (check,) = with_boasts(drawn("总的来看，总体目标全面完成。", 0), facts).checks
    assert (check.left, check.note) == ("t1zt0 , t1za0", "预算执行率未达标，却称总体目标全面完成")


def test_what_only_the_text_tells_is_held_against_it_too() -> None:
    facts, number = facts_with_a_miss()
    places = [Stated(name=f"q{number}{c}", value=None, surface="1", kind="quantity", of="target") for c in ("t", "")]
    found = with_boasts(Draft(elements=("总的来看，总体目标全面完成。",), orgs=(), regions=(), stated={p.name: p for p in places}, indicators=(),
                              funds=(), documents=(), scores=()), facts)
    assert [check.left for check in found.checks] == [f"q{number}t , q{number}"]

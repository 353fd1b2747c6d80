"""Cases of an annotated report, and a ranker that learns from them what rules missed."""

from __future__ import annotations

import pytest

from hedui.claims import link_claims
from hedui.findings import Indicator
from hedui.gold import Gold, GoldClaim
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.training.rankers import cases_in, numbered
from hedui.training.ranking import Case, cases_of, fit_ranker
from hedui.training.steps import Done, write_json

REPORT = """青岚县农村供水工程补助资金绩效自评报告
二、绩效目标完成情况分析
（一）产出指标
1.数量指标
新建供水管网118公里，惠及群众3200人。
2.质量指标
工程验收合格率为98%。
"""


@pytest.fixture
def read():
    layout = arrange(read_bytes(REPORT.encode(), "a.txt"))
    mentions = find_mentions(layout)
    return layout, mentions, link_claims(layout, mentions)


def gold(*told, source="a.txt", lines=(1, 7)):
    claims = tuple(GoldClaim(type="indicator", origin="narrative", line=line, fields=Indicator(name=name, actual=actual), text=None, span=None)
                   for line, name, actual in told)
    return Gold(source=source, lines=lines, reports=(), mentions=(), claims=claims, checks=())


def test_right_is_what_annotations_say(read):
    cases = cases_of(*read, [gold((5, "供水管网", "118公里"), (7, "验收合格率", "98%"))])
    assert {case.source for case in cases} == {"a.txt"}
    none = [case for case in cases if case.right == (len(case.choices) - 1,)]
    named = [case for case in cases if case not in none]
    # 惠及群众3200人 is annotated nowhere; every slot comes as rules read it, and once with and once without what they hold
    assert len(none) == 3 and len(named) == 6
    assert all("rules" not in case.choices[-1] for case in cases)
    assert {sum("rules" in choice for choice in case.choices) for case in cases} == {0, 1}
    assert all(0 <= at < len(case.choices) for case in cases for at in case.right)


def test_what_annotations_do_not_cover_is_no_case(read):
    cases = cases_of(*read, [gold((5, "供水管网", "118公里"), lines=(1, 5))])
    assert len(cases) == 6
    assert cases_of(*read, [gold(lines=(1, 2))]) == []


def test_what_is_right_becomes_probable():
    cases = [Case(source=source, choices=(("good",), ("bad",), ("none: ",)), right=(0,)) for source in "abcdefg"]
    cases += [Case(source=source, choices=(("bad",), ("none: ",)), right=(1,)) for source in "abcdefg"]
    ranker = fit_ranker(cases)
    assert ranker is not None and ranker.chances([[("good",)], [("bad",)], [("none: ",)]])[0] > 0.6
    assert ranker.chances([[("bad",)], [("none: ",)]])[1] > 0.6
    assert fit_ranker(cases) == ranker and fit_ranker([]) is None


def test_kept_and_read_again(read, tmp_path):
    cases = cases_of(*read, [gold((5, "供水管网", "118公里"))])
    write_json(tmp_path / "cases.json", numbered(cases))
    assert cases_in([Done(name="cases-1", folder=tmp_path, digest="")]) == cases

"""Claims and text -> what a careful reader would ask, and what is no question."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.claims import link_claims
from hedui.findings import Remark
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile import reconcile, remarks_on
from hedui.reconcile.sense import remarks
from hedui.reconcile.sense.lexicons import confused, kinds, table

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks


def remarks_in(text: str) -> tuple[Remark, ...]:
    layout = arrange(read_bytes(text.encode(), "case.txt"))
    mentions = find_mentions(layout)
    claims = link_claims(layout, mentions)
    checks, _ = reconcile(layout, mentions, claims)
    return remarks_on(layout, mentions, claims, checks)


@pytest.mark.parametrize("case", case_blocks("remarks"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    shown = [f"{r.kind}: {' | '.join(q.text for q in r.quotes)}" for r in remarks_in(case.text)]
    assert (shown or ["-"]) == case.expected


def test_what_a_check_tells_is_not_asked_again() -> None:
    text = "三级指标\t年度指标值\t全年完成值\n铺设管网\t{}公里\t{}公里\n维修泵站\t3座\t3座\n"
    assert [r.kind for r in remarks_in(text.format("≥6", "40"))] == ["excess"]
    assert remarks_in(text.format("6", "6万")) == ()


def test_the_note_names_the_indicator_and_both_figures() -> None:
    (found,) = remarks_in("三级指标\t年度指标值\t全年完成值\n管网巡查覆盖率\t≥95%\t3次\n维修泵站\t3座\t3座\n")
    assert found.note == "管网巡查覆盖率：指标要求≥95%，所报3次不是比率"
    assert len(found.claims) == 1


NAMES = ("培训人次", "验收合格率", "完工时间", "服务水平", "补助标准", "定点医疗机构检查", "安全事故", "预算执行率")
SAID = ("≥95%", "3次", "已完成", "2022年6月底前", "2023年5月", "有所提高", "显著提高", "不低于上年", "-", "", "320人", "320人次", "600元/人·月",
        "未开展", "112%", "基本健全", "0", "≤30分钟", "医药机构212家", "每季度1次")
POINTS = ("10", "8", "满分", "")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(SAID), st.sampled_from(SAID), st.sampled_from(POINTS)), min_size=2, max_size=8))
def test_whatever_a_table_says_quotes_are_its_own(rows: list[tuple[str, str, str, str]]) -> None:
    text = "三级指标\t年度指标值\t全年完成值\t分值\t得分\n" + "".join(f"{a}\t{b}\t{c}\t10\t{d}\n" for a, b, c, d in rows)
    found = remarks_in(text)
    assert len({r.id for r in found}) == len(found)
    for one in found:
        assert one.quotes
        assert "\n" not in one.note
        assert all(text[slice(*q.span)] == q.text != "" for q in one.quotes)


def test_word_lists_say_what_rules_can_read() -> None:
    assert {kind.answer for kind in kinds().values()} == {"rate", "count", "amount", "span", "date"}
    assert {kind.better for kind in kinds().values()} == {"more", "less", "-"}
    assert not any(a == b for a, b in confused())
    rules = "".join(p.read_text(encoding="utf-8") for p in Path(remarks.__file__).parent.glob("*.py"))
    assert all(f'tolerance("{name}")' in rules for name, *_ in table("tolerances"))

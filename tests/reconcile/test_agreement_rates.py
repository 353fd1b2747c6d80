"""The execution rate of prose against the form's, and slips of unit that are told once."""

from __future__ import annotations

import pytest

from hedui.claims import link_claims
from hedui.findings import Check
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile import reconcile

TITLE = "青石县2022年河道治理项目支出绩效自评报告\n\n一、资金情况\n\n"
FORM = ("\n\n项目资金（万元）\t\t全年预算数（A）\t全年执行数（B）\t分值\t执行率\t得分\n\t年度资金总额\t1860.5\t1773.6\t10\t95.33%\t9.53\n"
        "\t其中：中央补助\t1860.5\t1773.6\t-\t95.33%\t-\n")


def checks_of(text: str) -> tuple[Check, ...]:
    layout = arrange(read_bytes(text.encode(), "report.txt"))
    mentions = find_mentions(layout)
    return reconcile(layout, mentions, link_claims(layout, mentions))[0]


@pytest.mark.parametrize(("told", "verdict"), [("95.33%", "consistent"), ("93.55%", None), ("95.38%", "conflict"), ("71.2%", None)])
def test_rate_of_prose_against_the_form(told: str, verdict: str | None) -> None:
    found = [c for c in checks_of(f"{TITLE}全年预算执行率{told}。{FORM}") if c.kind == "table" and c.stated.text == told]
    assert [c.verdict for c in found] == ([verdict] if verdict else [])


def test_a_slip_of_unit_is_told_once() -> None:
    text = TITLE + "项目支出合计721.21万元，其中：工程费438.64万元，占60.82%；设备费198.4万元，占27.51%；管理费84.17元，占11.67%。"
    conflicts = [c for c in checks_of(text) if c.verdict == "conflict"]
    assert [(c.kind, c.stated.text) for c in conflicts] == [("unit", "84.17元")]

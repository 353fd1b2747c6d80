"""Figures of tables and of text that nothing bears out, and units that are ten thousand times off."""

from __future__ import annotations

import pytest

from hedui.claims import link_claims
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.checks import agreement_checks

TABLE = ("\n\n附表 资金使用情况（单位：万元）\n项目\t预算数\t支出数\t执行率\n渠道衬砌\t640.00\t618.35\t96.62%\n农机购置\t1360.00\t1247.36\t91.72%\n")
# text before the table, then each conflict: kind, what the one place says, what the other does
CASES = [
    ("渠道衬砌执行率96.62%，农机购置支付1247.36万元，执行率91.27%。", [("table", "91.72%", "91.27%")]),
    ("渠道衬砌支出618.35元。", [("unit", "618.35", "618.35元")]),
    ("渠道衬砌执行率96.62%，农机购置执行率91.72%，苗木管护执行率91.27%。", []),
    ("苗木管护执行率91.27%。", []),
    ("农机购置上年执行率91.27%。", []),
    ("农机购置到位1306.00万元。", []),
]
STANDARDS = ("\n\n附表 绩效自评表\n三级指标\t年度指标值\t全年完成值\n亩均投资标准\t≤1729元/亩\t1729元/亩\n抢修响应时间\t≤3.4小时\t2.73小时\n")


def conflicts(text: str) -> list[tuple[str, str, str]]:
    layout = arrange(read_bytes(f"一、资金使用情况\n\n{text}".encode(), "report.txt"))
    mentions = find_mentions(layout)
    found = agreement_checks(layout, mentions, link_claims(layout, mentions))
    return [(c.kind, c.inputs[0].text, c.stated.text) for c in found if c.verdict == "conflict"]


@pytest.mark.parametrize(("told", "wanted"), CASES)
def test_cells_one_slip_from_the_text(told: str, wanted: list[tuple[str, str, str]]) -> None:
    assert conflicts(told + TABLE) == wanted


@pytest.mark.parametrize(("told", "wanted"), [
    ("全年亩均投资标准为1723元/亩。", [("table", "1729元/亩", "1723元/亩")]), ("抢修响应时间按2.93小时执行。", [("table", "2.73小时", "2.93小时")]),
    ("抢修响应时间按2.74小时执行。", [("table", "2.73小时", "2.74小时")]),
    ("抢修响应时间按2.73小时执行。", []), ("巡线时间按2.93小时执行。", []), ("上年平均抢修2.93小时。", []),
])
def test_one_digit_other_right_behind_the_name_of_a_row(told: str, wanted: list[tuple[str, str, str]]) -> None:
    assert conflicts(told + STANDARDS) == wanted


@pytest.mark.parametrize(("told", "again", "wanted"), [
    ("全年完成营造林9.82万亩。", "全年完成营造林9.82亩。", [("unit", "9.82万亩", "9.82亩")]),
    ("选取重点评价项目24个，涉及资金6.35亿元。", "重点评价项目涉及资金6.35万元。", [("unit", "6.35亿元", "6.35万元")]),
    ("水质检测投入265.00万元。", "水质检测每人265元。", []),
    ("全年完成营造林9.82万亩。", "修建便道9.82亩。", []),
])
def test_units_of_one_fact(told: str, again: str, wanted: list[tuple[str, str, str]]) -> None:
    assert conflicts(f"{told}\n\n二、存在问题\n\n{again}") == wanted

"""Conflicts between two tellings, through the whole route of rules: what must be raised, and what only looks alike."""

from __future__ import annotations

import pytest

from hedui.claims import link_claims
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.checks import agreement_checks
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.fund_names import gap, turned
from hedui.reconcile.agreement.labels import one_noun
from hedui.reconcile.agreement.names_cited import one_body

HEAD = "云岭县2022年农村公路养护补助资金绩效自评报告\n一、基本情况\n"
FORM = ("2022年农村公路养护补助资金绩效目标自评表\n（2022年度）\n项目名称\t农村公路养护补助资金\n"
        "资金情况（万元）\t\t年初预算数\t全年预算数\t全年执行数\n"
        "\t年度资金总额\t{a}\t{b}\t{c}\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t全年实际完成值\t分值\t得分\n"
        "产出指标\t数量指标\t培训养护人员\t≥1200人次\t1236人次\t50\t50\n满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t93%\t50\t50\n")


def conflicts(text: str) -> list[str]:
    layout = arrange(read_bytes(text.encode(), "case.txt"))
    mentions = find_mentions(layout)
    return [c.note for c in agreement_checks(layout, mentions, link_claims(layout, mentions)) if c.verdict == "conflict"]


RAISED = [
    ("全县完成养护里程2145.68公里。\n二、完成情况\n经核查，养护里程2154.68公里已验收。\n", "2145.68公里 ≠ 2154.68公里"),
    ("依据《云岭县农村公路养护管理办法》（云府办〔2020〕42号）实施。\n二、管理情况\n严格执行《云岭县农村公路养护管理办法》（云府办〔2020〕43号）。\n"
     "执行云府办〔2020〕42号文件。\n", "同一文件两个文号"),
    ("云岭县市场监督管理局牵头，云岭县市场监督管理局负责。\n二、管理情况\n云岭县市场监督管局开展检查。\n", "单位名称不一"),
    ("全年养护投入2022年农村公路养护补助资金。农村公路养护补助资金专款专用。\n二、管理情况\n农村公路补助养护资金按进度拨付。\n", "资金名称不一"),
    ("培训养护人员1236人，考核合格。\n二、管理情况\n专款专用。\n" + FORM.format(a="180", b="210", c="203.7"), "单位不同"),
    ("养护站改造成本为9.28元。\n二、管理情况\n专款专用。\n" + FORM.format(a="180", b="210", c="203.7").replace(
        "培训养护人员\t≥1200人次\t1236人次", "养护站改造成本\t≤9.4万元\t9.28万元"), "9.28元 应为 9.28万元"),
]

LET_BE = [
    # lines of a list, one for each town
    "城关镇参保人数9569人。\n沙河镇参保人数9567人。\n北塘镇参保人数9589人。\n",
    "本年收入合计1893.63万元。\n二、支出情况\n本年支出合计1893.68万元。\n",
    # the same notice, two batches
    "《关于下达2022年养护补助资金预算的通知》（云财建〔2022〕15号）\n二、第二批\n《关于下达2022年养护补助资金预算的通知》（云财建〔2022〕18号）\n",
    "云岭县第一人民医院、云岭县第二人民医院、云岭县河口镇人民政府、云岭县河东镇人民政府参加。\n云岭县水利局、云岭县水务局会商。\n"
    "云岭县第一人民医院、云岭县河口镇人民政府、云岭县水利局配合。\n",
    # two outings, each with people, groups and households of its own
    "8月，我局组织58名业务骨干组成6个督导组，走访养护农户241户，收集意见建议197条。\n二、管理情况\n10月，我局组织28名业务骨干组成4个督导组，走访养护农户296户，"
    "收集意见建议177条。\n",
    "省级补助资金14.82万元。\n二、到位情况\n本级补助资金到位14.92万元。\n",
    # 年初预算 and 全年预算 side by side in one form
    "年初预算180万元，调整后预算210万元。\n" + FORM.format(a="180", b="210", c="203.7"),
]


@pytest.mark.parametrize(("text", "note"), RAISED)
def test_raised(text: str, note: str) -> None:
    assert any(note in found for found in conflicts(HEAD + text)), conflicts(HEAD + text)


@pytest.mark.parametrize("text", LET_BE)
def test_let_be(text: str) -> None:
    assert conflicts(HEAD + text) == []


@pytest.mark.parametrize(("a", "b", "one"), [
    ("云岭省水利厅", "云岭省水利局", True), ("国家医疗保障局", "国家医保障局", True),
    ("云岭县人力资源和社会保障局", "云岭县人力资源社会保障局", False),
    ("云岭县医疗保障局", "云岭县医疗保险局", False), ("云岭县红旗小学", "云岭县红星小学", False),
    ("云岭市机动车排气污染防治中心", "云岭市机动车污染防治中心", True), ("云岭县医疗保障服务中心", "云岭县医疗保障中心", False)])
def test_one_body(a: str, b: str, one: bool) -> None:
    assert one_body(a, b) is one


def test_names_of_funds() -> None:
    assert turned("农田补助建设资金", "农田建设补助资金") and not turned("农田建设资金", "农田建设补助资金")
    assert gap("公路养护资金", "公路安全养护资金") and not gap("养护资金", "公路养护资金")


@pytest.mark.parametrize(("a", "b", "verdict"), [
    ("38微克/立方米", "39微克/立方米", "conflict"), ("92.8%", "92.9%", "rounding"), ("94.3%", "94.26%", "consistent"),
    ("236人", "237人", "conflict")])
def test_figures_that_touch_are_not_equal(a: str, b: str, verdict: str) -> None:
    comparison = compare(a, b)
    assert comparison is not None and comparison.verdict == verdict


def test_one_noun() -> None:
    assert one_noun("受益群众满意度", "受益农户满意度")
    assert not one_noun("受益群众满意度", "群众满意度") and not one_noun("学生家长满意度", "受训教师满意度")

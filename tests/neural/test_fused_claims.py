"""Indicators, funds and documents that the network reads otherwise than rules, and what becomes of them by policy."""

import pytest
from fused_toys import learned, toy

from hedui.findings import Indicator
from hedui.neural.fusion.claims import fused_claims
from hedui.neural.fusion.policy import NOTHING, Policy

PIPES, PEOPLE = ("新建供水管网", "118公里"), ("惠及群众", "3.2万人")


def fuse(made, read, **thresholds):
    """The fused claims; `thresholds` as indicator_add=0.5 (a double underscore is the dot of a kind)."""
    actions = {(*key.replace("__", ".").rsplit("_", 1),): least for key, least in thresholds.items()}
    return fused_claims(made.layout, made.mentions, made.claims, read, Policy(thresholds=actions))


def told(claims):
    return [(c.fields.name, c.fields.actual) for c in claims if isinstance(c.fields, Indicator)]


@pytest.fixture(scope="module")
def report():
    return toy()


@pytest.fixture(scope="module")
def rules(report):
    return told(report.claims)


def indicator(made, name, value, probability=0.9, relation="actual"):
    return made.tag(name, "NAME", probability), made.tie(relation, name, value, probability)


def test_without_a_policy_claims_stay_and_are_marked(report, rules):
    name = next(c.spans["name"] for c in report.claims if c.type == "indicator")
    read = learned(*indicator(report, "新建供水管网", "118公里"), asked={(name, "NAME"): 0.7, (report.at("1000万元"), "budget"): 0.8})
    claims = fused_claims(report.layout, report.mentions, report.claims, read, NOTHING)
    assert [c.id for c in claims] == [c.id for c in report.claims] and told(claims) == rules
    fund = next(c for c in claims if c.type == "fund")
    assert (fund.model, fund.found_by) == (0.8, "rules")


def test_a_claim_that_both_read_alike_is_of_both(report):
    ours = next(c for c in report.claims if c.type == "indicator" and c.fields.actual == "118公里")
    read = learned(*indicator(report, ours.fields.name, "118公里", 0.8))
    marked = next(c for c in fuse(report, read) if c.id == ours.id)
    assert (marked.found_by, marked.model) == ("both", 0.8)


@pytest.mark.parametrize("least, renamed", [(0.8, True), (0.95, False)])
def test_renamed(report, rules, least, renamed):
    read = learned(*indicator(report, "供水管网", "118公里"))
    claims = fuse(report, read, indicator_rename=least)
    assert (("供水管网", "118公里") in told(claims)) is renamed and len(claims) == len(report.claims)
    new = next((c for c in claims if c.type == "indicator" and c.fields.name == "供水管网"), None)
    assert not renamed or (new.found_by == "both" and report.layout.document.text[slice(*new.spans["name"])] == "供水管网")
    assert not renamed or (new.fields.level1, new.fields.level2) == ("产出指标", "数量指标")


def test_added_with_the_levels_of_its_section(report, rules):
    read = learned(report.tag("工程质量", "NAME"), report.tag("明显改善", "STATE"), report.tie("actual", "工程质量", "明显改善", 0.8))
    assert told(fuse(report, read, indicator_add=0.1)) == rules
    claims = fuse(report, read, indicator__state_add=0.7)
    new = next(c for c in claims if c.type == "indicator" and c.fields.name == "工程质量")
    assert (new.fields.actual, new.fields.level1, new.fields.level2, new.found_by, new.model) == ("明显改善", "产出指标", "质量指标", "model", 0.8)
    assert claims == tuple(sorted(claims, key=lambda c: (c.span, c.type, c.id))) and len(claims) == len(report.claims) + 1


def test_what_stands_under_no_heading_on_results_is_a_kind_of_its_own(report, rules):
    read = learned(*indicator(report, "执行率", "95%"))
    assert told(fuse(report, read, indicator_add=0.1, indicator__state_add=0.1)) == rules
    assert ("执行率", "95%") in told(fuse(report, read, indicator__elsewhere_add=0.1))


def test_a_name_in_pieces_and_a_shared_predicate():
    made = toy("一、绩效目标完成情况\n（一）产出指标\n170家药店、42家医院接入省级平台。\n")
    text = ("药店", "医院", "接入省级平台")
    read = learned(*(made.tag(piece, "NAME") for piece in text),
                   *(made.tie("actual", piece, "170家") for piece in ("药店", "接入省级平台")),
                   *(made.tie("actual", piece, "42家") for piece in ("医院", "接入省级平台")))
    claims = fuse(made, read, indicator_rename=0.5, indicator_add=0.5)
    assert set(told(claims)) >= {("药店接入省级平台", "170家"), ("医院接入省级平台", "42家")}


def test_filled_beside_what_rules_hold():
    made = toy("一、绩效目标完成情况\n（一）产出指标\n新建供水管网118公里，早先打算的120公里没有全部铺成。\n")
    read = learned(*indicator(made, "新建供水管网", "118公里"), made.tie("target", "新建供水管网", "120公里", 0.8))
    ours = next(c for c in made.claims if c.type == "indicator")
    assert ours.fields.target is None
    new = next(c for c in fuse(made, read, indicator__target_fill=0.7) if c.type == "indicator")
    assert (new.fields.name, new.fields.actual, new.fields.target) == (ours.fields.name, ours.fields.actual, "120公里")
    assert next(c for c in fuse(made, read, indicator__target_fill=0.9) if c.type == "indicator").fields.target is None


def test_dropped_where_the_network_ties_the_value_to_no_name(report, rules):
    name = next(c.spans["name"] for c in report.claims if c.type == "indicator" and c.fields.actual == "118公里")
    read = learned(asked={(name, "NAME"): 0.02})
    assert told(fuse(report, read, indicator_drop=0.9)) == [one for one in rules if one[1] != "118公里"]
    doubtful = learned(report.tie("actual", "新建供水管网", "118公里", 0.4), asked={(name, "NAME"): 0.4})
    assert told(fuse(report, doubtful, indicator_drop=0.9)) == rules


def test_a_bound_belongs_to_the_value():
    made = toy("一、绩效目标完成情况\n（一）满意度指标\n经抽样，受访群众满意的在98%以上。\n")
    read = learned(*indicator(made, "群众满意", "98%"))
    claims = fuse(made, read, indicator_add=0.5, indicator_rename=0.5)
    assert ("群众满意", "98%以上") in told(claims)


def funds(claims):
    return [(str(c.fields.yuan), c.fields.measure) for c in claims if c.type == "fund"]


def test_funds_are_mended_dropped_and_added():
    made = toy("一、项目资金\n全年预算数1000万元，每户补助标准500元，共花掉950万元。\n")
    assert ("10000000", "budget") in funds(made.claims) and not any(yuan == "500" for yuan, _ in funds(made.claims))
    read = learned(made.tag("950万元", "executed", 0.9), made.tag("500元", "other", 0.6),
                   asked={(made.at("1000万元"), m): 0.001 for m in ("budget", "issued", "executed")})
    assert ("9500000", "executed") in funds(fuse(made, read, fund_mend=0.8, fund_add=0.8))
    assert not any(yuan == "500" for yuan, _ in funds(fuse(made, read, fund_mend=0.8, fund_add=0.8)))
    added = [c for c in fuse(made, read, fund_add=0.5) if c.type == "fund" and c.fields.measure == "other"]
    assert [(str(c.fields.yuan), c.found_by, c.model) for c in added] == [("500", "model", 0.6)]
    assert ("10000000", "budget") not in funds(fuse(made, read, fund_drop=0.9))


def test_an_added_fund_has_the_scope_that_is_tied_to_it():
    made = toy("一、项目资金\n管网改造每公里花掉95万元，其余为零星支出。\n")
    assert funds(made.claims) == []
    read = learned(made.tag("管网改造", "SCOPE"), made.tag("95万元", "executed"), made.tie("scope", "95万元", "管网改造"))
    (claim,) = (c for c in fuse(made, read, fund_add=0.5) if c.type == "fund")
    assert (claim.fields.scope, claim.fields.measure, claim.spans["scope"]) == ("管网改造", "executed", made.at("管网改造"))


def test_titles_that_rules_left_empty():
    made = toy("一、项目资金\n依据的是财农〔2022〕15号，名为《供水补助办法》，出自县财政局。\n")
    (ours,) = (c for c in made.claims if c.type == "document")
    assert ours.fields.title is None
    number, body = (next(m.text for m in made.mentions if m.label == label) for label in ("DOCNO", "ORG"))
    read = learned(made.tie("title", number, "《供水补助办法》", 0.9), made.tie("issuer", number, body, 0.7))
    new = next(c for c in fuse(made, read, document__title_fill=0.8, document__issuers_fill=0.6) if c.type == "document")
    assert (new.id, new.fields.title) == (ours.id, "供水补助办法")
    assert ours.fields.issuers == () and new.fields.issuers == (body,)

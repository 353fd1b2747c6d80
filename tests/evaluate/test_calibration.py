"""How far probabilities can be trusted, and which items of a file are right."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from hedui.evaluate import (
    area_under_risk,
    brier,
    calibration_error,
    clopper_pearson_low,
    coverage,
    right_checks,
    right_claims,
    right_mentions,
    right_records,
    risk_coverage,
)
from hedui.evaluate.told import told_in
from hedui.export import to_output
from hedui.gold import gold_json, gold_of, read_gold


def drawn(slope: float) -> tuple[list[float], list[bool]]:
    noise = random.Random(7)
    told = [noise.random() for _ in range(20000)]
    return told, [noise.random() < 0.5 + slope * (p - 0.5) for p in told]


def test_the_error_is_none_for_true_probabilities_and_grows_with_the_lie():
    assert calibration_error(*drawn(1.0)) < 0.01
    # told p, true 0.5 + (p - 0.5) / 2: on average a quarter of the way from 0.5 to 1 off, an eighth
    assert calibration_error(*drawn(0.5)) == pytest.approx(0.125, abs=0.01)
    assert brier(*drawn(1.0)) == pytest.approx(1 / 6, abs=0.005)


@pytest.mark.parametrize("told, right, share", [
    ([0.9, 0.8, 0.1], [True, True, False], 2 / 3), ([0.9, 0.8], [False, True], 0.0), ([0.5, 0.5], [True, False], 0.0),
    ([0.9, 0.5, 0.5], [True, True, False], 1 / 3)])
def test_coverage_takes_equal_probabilities_together(told, right, share):
    assert coverage(told, right)[0] == pytest.approx(share)


def test_the_bound_tightens_with_the_items_that_bear_it_out():
    assert coverage([0.9] * 400, [True] * 400) == (1.0, clopper_pearson_low(400, 400))
    assert clopper_pearson_low(0, 0) == 0.0 < clopper_pearson_low(9, 9) < clopper_pearson_low(400, 400) < 1.0


@pytest.mark.parametrize("right, of, low", [(99, 100, 0.94554), (10, 10, 0.69150), (0, 5, 0.0), (1, 2, 0.01258), (990, 1000, 0.98169)])
def test_the_bound_of_clopper_and_pearson(right, of, low):
    # by scipy.stats.beta.ppf(0.025, right, of - right + 1)
    assert clopper_pearson_low(right, of) == pytest.approx(low, abs=1e-5)


def test_an_order_that_knows_errors_has_little_risk():
    told, right = [0.9, 0.8, 0.3, 0.2], [True, True, False, False]
    assert risk_coverage(told, right)[1] == (0.5, 0.0)
    assert area_under_risk(told, right) < area_under_risk([0.5] * 4, right) == 0.5 < area_under_risk(told, right[::-1])


@pytest.fixture
def annotated(made, tmp_path):
    findings = made()
    (tmp_path / "a.json").write_text(gold_json(gold_of(findings)), encoding="utf-8")
    return findings.reports[0], [read_gold(tmp_path / "a.json", text=findings.document.text)], findings.document.text


def test_what_stands_in_the_annotations_is_right(annotated):
    report, golds, text = annotated
    assert right_mentions(report.mentions, golds) == [True] * 3
    assert right_claims(report.claims, golds, text) == [True] * 4
    assert right_checks(report.checks, golds) == [True] * 2


@pytest.mark.parametrize("change", [
    {"label": "QUANTITY"}, {"value": Decimal(1)}, {"span": (0, 5)}, {"text": "1200.5万元"}])
def test_mentions_need_place_label_text_and_value(annotated, change):
    report, golds, _ = annotated
    assert right_mentions([replace(report.mentions[1], **change)], golds) == [False]


@pytest.mark.parametrize("at, change", [
    (0, {"measure": "issued"}), (0, {"yuan": Decimal(1)}), (1, {"number": "云财建〔2022〕16号"}), (2, {"target": "≥12公里"}),
    (2, {"weight": None}), (3, {"score": Decimal(93)})])
def test_claims_need_all_their_fields(annotated, at, change):
    report, golds, text = annotated
    claim = report.claims[at]
    assert right_claims([replace(claim, fields=replace(claim.fields, **change))], golds, text) == [False]


def test_a_fund_told_twice_is_right_once(annotated):
    report, golds, text = annotated
    fund = report.claims[0]
    assert right_claims([fund, replace(fund, id="c-again")], golds, text) == [True, False]


@pytest.mark.parametrize("at, change, right", [
    (0, {"verdict": "conflict"}, False), (0, {"kind": "label"}, False), (1, {"verdict": "consistent"}, False),
    (0, {"verdict": "rounding"}, True), (0, {"kind": "growth"}, True)])
def test_checks_need_their_verdict(annotated, at, change, right):
    report, golds, _ = annotated
    assert right_checks([replace(report.checks[at], **change)], golds) == [right]


def test_the_same_report_in_another_form_is_matched_by_what_it_says(made, tmp_path):
    findings = made()
    (tmp_path / "a.json").write_text(gold_json(gold_of(findings)), encoding="utf-8")
    golds, report = [read_gold(tmp_path / "a.json")], findings.reports[0]
    again = (*report.mentions, replace(report.mentions[0], id="m-again"))
    assert right_mentions(again, golds) == [True] * 3 + [False]
    assert right_claims(report.claims, golds, "another text") == [True] * 4


def test_a_record_needs_its_fields_and_its_status(annotated):
    report, golds, text = annotated
    disputed = {c.id for c in report.checks if c.verdict == "conflict"}
    records = [replace(r, status="differ" if disputed & set(r.checks) else r.status) for r in report.records]
    assert right_records(records, report.claims, report.checks, golds, text) == [True] * len(records)
    flipped = [replace(r, status="agree" if r.status == "differ" else "differ") for r in records]
    assert right_records(flipped, report.claims, report.checks, golds, text) == [False] * len(report.records)
    wrong = [replace(c, fields=replace(c.fields, measure="issued")) if c.type == "fund" else c for c in report.claims]
    found = right_records(report.records, wrong, report.checks, golds, text)
    assert [good for good, r in zip(found, report.records, strict=True) if r.type == "fund"] == [False]


def test_what_is_told_comes_back_out_of_an_output(made):
    findings = made()
    told, report = told_in(to_output(findings)), findings.reports[0]
    assert [(m.label, m.span, m.value) for m in told.mentions] == [(m.label, m.span, m.value) for m in report.mentions]
    assert [c.fields for c in told.claims] == [c.fields for c in report.claims]
    assert [(r.fields, r.status, r.claims) for r in told.records] == [(r.fields, r.status, r.claims) for r in report.records]

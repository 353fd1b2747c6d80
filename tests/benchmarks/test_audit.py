"""The audit of made reports: what counts as told, echo and false, and the figures of three reports."""

import json
import random
import sys

import audit
import pytest
from audit_chance import Trial, bins_of, shuffled
from audit_score import Audited, Kind, Planted, Said, audited, by_kind, misprint_told, miss_lines, quiet

from hedui.findings import Check, Quote


def check(kind="sum", confidence=0.9):
    quote = Quote(span=(0, 1), text="1")
    return Check(id="k-1", kind=kind, inputs=(quote,), stated=quote, computed="2", verdict="conflict", tier="numeric", note="1 ≠ 2",
                 confidence=confidence)


def planted(kind="sum", *, slip=True, told=True, caught=True):
    return Planted(kind=kind, tier="numeric", note="应为2，写作1", slip=slip, told=told, caught=caught)


REPORTS = [
    Audited(name="r1", planted=(planted(), planted(told=False), planted(slip=False, told=False)), sentences=(3, 4),
            said=(Said(check=check(), at="共1", answer="told"), Said(check=check(confidence=0.6), at="共1", answer="echo"))),
    Audited(name="r2", planted=(), said=(Said(check=check("ratio", 0.7), at="占1%", answer="false"),)),
]


def test_slips_and_false_discoveries_are_counted_by_kind():
    assert by_kind(REPORTS) == {
        "ratio": Kind(said=1, false=1),
        "sum": Kind(slips=2, caught=2, planted=3, told=1, said=2, echo=1),
        "all": Kind(slips=2, caught=2, planted=3, told=1, said=3, echo=1, false=1)}
    assert by_kind(REPORTS)["all"].false_discovery == pytest.approx(1 / 3)
    assert quiet(REPORTS) == (1, 1)


def test_misses_are_told_line_by_line():
    assert [line.split(":")[0] for line in miss_lines(REPORTS)] == [
        "r1 未言明 untold sum numeric", "r1 未言明 untold sum numeric", "r1 连带 echo sum numeric 0.60", "r2 误 false ratio numeric 0.70"]


def test_surer_conflicts_are_less_often_false():
    assert [(one["said"], one["false"]) for one in audit.risk_at(REPORTS)][:3] == [(3, 0.3333), (3, 0.3333), (2, 0.5)]
    assert [one["said"] for one in audit.kept_within(REPORTS)] == [0, 0, 0, 1]


def test_three_reports_are_audited(tmp_path, monkeypatch, capsys):
    out = tmp_path / "figures.json"
    monkeypatch.setattr(sys, "argv", ["audit", "--reports", "3", "--slips", "1", "--jobs", "1", "--seed", "910002", "--shuffled", "1", "--misses",
                                      "-o", str(out)])
    assert audit.main() == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["reports"] == 3 and told["kinds"]["numeric"]["all"]["slips"] > 0 and told["kinds"]["numeric"]["all"]["caught"] > 0
    assert told["sentences"][0] > 0 and sum(one["checks"] for one in told["shuffled"]) > 0
    assert "误报率 FDR" in capsys.readouterr().out


def test_a_report_without_slips_plants_none():
    assert not [one for one in audited(910002, 4, 0.0).planted if one.slip]


def test_shuffled_figures_keep_their_places_and_their_digits():
    text, spans = "预算1,204.50万元，完成0.5%", [(2, 12), (15, 19)]
    found = shuffled(text, spans, random.Random(5))
    assert found != text and sorted(found) == sorted(text)
    assert all(a == b for a, b in zip(found, text, strict=True) if not b.isdigit())
    assert found[2] != "0"


def test_bins_hold_predicted_against_fitted():
    bins = list(bins_of([Trial(kind="sum", chance=chance, fits=chance == 0.5) for chance in (0.5, 0.4, 0.0)]))
    assert [(one.low, one.checks, one.predicted, one.fitted) for one in bins] == [(0.0, 1, 0.0, 0), (0.3, 2, 0.9, 1)]


@pytest.mark.parametrize(("right", "odd", "clean", "wanted"), [
    ("效益指标", "郊益指标", "二、效益指标", True), ("郊益指标", "效益指标", "二、效益指标", False),
    ("检查次数(次)", "栓查次数", "检查次数", False), ("专项检查次数(次)", "专顶检查次数", "专项检查次数(次)", True),
    ("采购程序合规率", "采购程2序合规率", "采购程序合规率", False), ("效益指标", "收益指标", "效益指标", False)])
def test_a_misprint_is_told_when_it_is_said_to_be_what_stands_there(right, odd, clean, wanted):
    told = Check(id="k-1", kind="label", inputs=(Quote(span=(0, 1), text=right),), stated=Quote(span=(2, 3), text=odd), computed=right,
                 verdict="conflict", tier="wording", note="")
    assert misprint_told(told, clean) is wanted

"""Figures of readings built by hand, intervals, the table and the folders they come from."""

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from hedui.errors import ReadError, UsageError
from hedui.evaluate import (
    Evaluation,
    Figure,
    Pooled,
    Reading,
    evaluate,
    evaluation_json,
    evaluation_table,
    figures_of,
    miss_lines,
)
from hedui.evaluate.bootstrap import interval_over_claims, interval_over_sources
from hedui.evaluate.compare import same_value, similar, squeeze
from hedui.evaluate.figures import count_of, matched, share_of
from hedui.evaluate.reading import Head, ToldCheck, ToldIndicator, ToldMention
from hedui.export import to_json
from hedui.gold import gold_json, gold_of

WANTED = Reading(
    heads=(Head(title="清溪县自评报告", kind="self_evaluation", fields={"unit": "县教育局", "year": "2022"}),),
    mentions=(ToldMention(label="AMOUNT", text="480万元", value="4800000"), ToldMention(label="RATE", text="95%", value="0.95")),
    indicators=(ToldIndicator(origin="table", name="培训人数", shown="培训人数", fields={"target": ">=300人", "actual": "312人"}),),
    funds=((Decimal(4800000), "budget"), (Decimal(4800000), "executed")), documents={"财社(2022)5号": "关于下达资金的通知"},
    scores=(("总分", Decimal("91.5")),),
    checks=(ToldCheck(kind="ratio", verdict="conflict", tier="numeric", quotes=("456万元", "480万元", "93%"), note=""),
            ToldCheck(kind="sum", verdict="consistent", tier="numeric", quotes=("200", "280", "480"), note="")))


def change(**parts):
    return {name: figure.counts for name, figure in figures_of(replace(WANTED, **parts), WANTED).items()}


def test_a_reading_agrees_with_itself():
    for name, figure in figures_of(WANTED, WANTED).items():
        assert figure.value == (1.0 if figure.form != "count" and figure.counts[2] else 0.0), name
        assert figure.missed == figure.extra == ()


@pytest.mark.parametrize("parts, name, counts", [
    ({"mentions": WANTED.mentions[:1]}, "mentions", (1, 1, 2)),
    ({"mentions": (*WANTED.mentions, WANTED.mentions[0])}, "mentions.AMOUNT", (1, 2, 1)),
    ({"mentions": (replace(WANTED.mentions[0], value="480"), WANTED.mentions[1])}, "mentions.values", (1, 2, 2)),
    ({"mentions": (replace(WANTED.mentions[1], label="AMOUNT"),)}, "mentions.RATE", (0, 0, 1)),
    ({"misplaced": ("480万元",)}, "bad_spans", (1, 0, 0)),
    ({"indicators": (replace(WANTED.indicators[0], origin="narrative"),)}, "indicators.table", (0, 0, 1)),
    ({"indicators": (replace(WANTED.indicators[0], fields={"actual": "300人", "weight": "5"}),)}, "indicators.table.fields", (0, 2, 2)),
    ({"indicators": (replace(WANTED.indicators[0], name="另一事"),)}, "indicators.table.fields", (0, 2, 2)),
    ({"indicators": ()}, "indicators.table.fields", (0, 0, 2)),
    ({"funds": ((Decimal("4800000.00"), "issued"), (Decimal("4.8E+6"), "budget"))}, "funds", (1, 2, 2)),
    ({"documents": {"财社(2022)5号": "别的通知"}}, "documents.titles", (0, 1, 1)),
    ({"scores": (("总分", Decimal("91.6")),)}, "scores", (0, 1, 1)),
    ({"heads": (replace(WANTED.heads[0], fields={"unit": "县教育局"}),)}, "reports.fields", (1, 1, 2)),
    ({"heads": (replace(WANTED.heads[0], title="附件一览"),)}, "reports", (0, 1, 1)),
    ({"checks": (replace(WANTED.checks[0], quotes=("456", "93.0%"), kind="growth"),)}, "checks.conflicts.numeric.recall", (0, 1, 1)),
    ({"checks": (replace(WANTED.checks[0], quotes=("456万元", "93%")),)}, "checks.conflicts.numeric.recall", (1, 1, 1)),
    ({"checks": (replace(WANTED.checks[0], kind="label"),)}, "checks.conflicts.precision", (0, 1, 1)),
    ({"checks": (replace(WANTED.checks[0], verdict="rounding"),)}, "checks.holds.wrong", (1, 0, 0)),
    ({"checks": (replace(WANTED.checks[1], verdict="rounding"),)}, "checks.holds.recall", (1, 1, 1)),
])
def test_what_each_fault_costs(parts, name, counts):
    assert change(**parts)[name] == counts


@pytest.mark.parametrize("a, b, same", [
    ("财社〔2021〕5号", "财社[2021] 5号。", True), ("$\\geq$90%", "≥90％", True), ("“两病”", "两病", True), ("90%", "9%", False)])
def test_what_counts_as_the_same_text(a, b, same):
    assert (squeeze(a) == squeeze(b)) is same


@pytest.mark.parametrize("label, a, b, same", [
    ("AMOUNT", "480.00", "480", True), ("AMOUNT", None, None, False), ("RATE", "约", "约", False), ("DATE", "2022", "2022", True)])
def test_what_counts_as_the_same_value(label, a, b, same):
    assert same_value(label, a, b) is same


def test_a_floor_changes_no_similarity_above_it():
    assert similar("培训班人数", "培训人数", least=0.85) == similar("培训班人数", "培训人数") > 0.85
    assert similar("培训人数", "满意度", least=0.85) == 0.0


def test_intervals_hold_the_figure_and_shrink_with_claims():
    few, many = share_of("x", 9, 10), share_of("x", 900, 1000)
    low, high = interval_over_claims(few)
    assert low < few.value <= high
    narrow = interval_over_claims(many)
    assert narrow == interval_over_claims(many)
    assert narrow[0] < 0.9 < narrow[1] and narrow[1] - narrow[0] < (high - low) / 5
    # 1.96 standard deviations of a share of 0.9 over 1000 are 0.0186
    assert narrow[0] == pytest.approx(0.9 - 0.0186, abs=0.003)


def test_intervals_over_sources_are_wider_where_sources_differ():
    good, bad = share_of("x", 99, 100), share_of("x", 60, 100)
    both = share_of("x", 159, 200)
    assert interval_over_sources([good, bad]) == (0.6, 0.99)
    assert interval_over_claims(both)[0] > 0.7
    assert interval_over_sources([good]) is None
    assert interval_over_claims(count_of("x", 3)) is None
    assert interval_over_claims(matched("x", [], [])) is None


def written(tmp_path, findings, change=None):
    (tmp_path / "gold").mkdir()
    (tmp_path / "out").mkdir()
    gold = json.loads(gold_json(gold_of(findings)))
    if change:
        change(gold)
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "out" / "a.json").write_text(to_json(findings), encoding="utf-8")
    return tmp_path / "gold", tmp_path / "out"


def test_folders_in_table_misses_and_json_out(made, tmp_path):
    def change(gold):
        gold["mentions"].append({**gold["mentions"][0], "text": "云财建", "label": "ORG", "value": "云财建", "unit": "org"})

    evaluation = evaluate(*written(tmp_path, made(), change))
    assert evaluation.figures["mentions"].figure.counts == (3, 3, 4)
    assert evaluation.figures["funds"].figure.value == 1.0
    assert list(miss_lines(evaluation)) == ["云岭县.txt mentions.ORG 漏 missed: 云财建"]
    told = evaluation_table(evaluation)
    assert "0.857" in told and "单位" in told and "3/3/4" in told
    figures = json.loads(evaluation_json(evaluation))
    assert figures["figures"]["mentions"] == 0.8571
    assert figures["by_source"]["云岭县.txt"]["mentions"] == [3, 3, 4]
    assert figures["intervals"]["mentions"]["sources"] is None


def test_parts_of_one_source_count_together_and_sources_without_results_are_told(made, tmp_path):
    gold, out = written(tmp_path, made())
    part = json.loads((gold / "a.json").read_text(encoding="utf-8"))
    (gold / "b.json").write_text(json.dumps({**part, "mentions": part["mentions"][:1]}), encoding="utf-8")
    (gold / "c.json").write_text(json.dumps({**part, "source": "另一份.txt"}), encoding="utf-8")
    evaluation = evaluate(gold, out)
    assert evaluation.figures["mentions"].figure.counts == (3, 3, 4)
    assert evaluation.absent == ("另一份.txt",)
    assert "另一份.txt" in evaluation_table(evaluation)


def test_folders_that_hold_nothing_to_compare(made, tmp_path):
    gold, out = written(tmp_path, made())
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="no annotations"):
        evaluate(tmp_path / "none", out)
    with pytest.raises(UsageError, match="no result here"):
        evaluate(gold, tmp_path / "none")
    (out / "copy.json").write_bytes((out / "a.json").read_bytes())
    with pytest.raises(UsageError, match="two results"):
        evaluate(gold, out)
    with pytest.raises(ReadError, match="expected schema"):
        evaluate(gold, gold)


def test_a_figure_of_nothing_is_shown_as_none():
    figure = Figure(name="scores", form="f1", outcomes=Counter())
    evaluation = Evaluation(by_source={}, figures={"scores": Pooled(figure=figure, claims=None, sources=None, worst=None)})
    assert evaluation_table(evaluation).splitlines()[-1].split() == ["scores", "得分", "–", "–", "–", "0/0/0"]

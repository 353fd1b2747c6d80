"""A report as it stands, as an annotation: rejected findings left out, corrected ones as corrected, added ones in."""

import importlib.util
import json
from pathlib import Path

import pytest

from hedui.gold import gold_json, gold_of, read_gold
from hedui.review import acts
from hedui.review.gold import gold_of_report, looked_at, outputs_of

CHECKER = Path(__file__).parents[2] / "annotations" / "check_gold.py"


def faults(gold, text):
    spec = importlib.util.spec_from_file_location("check_gold", CHECKER)
    checker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    return checker.faults(json.loads(gold_json(gold)), text)


def item(table, kind, **wanted):
    """The first finding of a kind with these values."""
    return next(one for one in table.open().state.of(kind) if all(one.data.get(key) == value for key, value in wanted.items()))


def test_a_report_that_nobody_touched_is_what_was_found(table_read):
    gold, found = gold_of_report(table_read.open()), gold_of(table_read.findings)
    assert (gold.mentions, gold.claims, gold.checks, gold.reports) == (found.mentions, found.claims, found.checks, found.reports)
    assert gold.mentions and gold.claims and not looked_at(table_read.open().state)


def test_what_is_written_is_an_annotation_as_the_guidelines_ask(table_read, tmp_path):
    text = table_read.findings.document.text
    start = text.index("预算执行率")
    table_read.do(acts.add_claim(text, (start, start + 12), "indicator", {"name": "预算执行率", "actual": "93.80%"}), table_read.a, "1")
    gold = gold_of_report(table_read.open())
    assert faults(gold, text) == []
    path = tmp_path / "x.json"
    path.write_text(gold_json(gold), encoding="utf-8")
    again = read_gold(path, text=text)
    assert gold_json(again) == gold_json(gold) and [c.fields.name for c in again.claims if c.type == "indicator"] == ["预算执行率"]


def test_a_rejected_record_goes_with_its_claims_unless_somebody_accepted_them(table):
    record = item(table, "record", type="indicator")
    table.do(acts.accept(table.open().state, [record.id], decision="rejected"), table.a, "1")
    assert [claim.type for claim in gold_of_report(table.open()).claims] == ["fund", "document", "score"]
    table.do(acts.accept(table.open().state, record.data["claims"]), table.a, "2")
    assert "indicator" in {claim.type for claim in gold_of_report(table.open()).claims}
    (report,) = outputs_of([table.open()])["reports"]
    assert record.id not in {one["id"] for one in report["records"]}


def test_a_rejected_mention_is_nobodys_any_more(table_read):
    claim = next(one for one in table_read.open().state.of("claim") if one.data["mentions"])
    gone = claim.data["mentions"][0]
    table_read.do(acts.accept(table_read.open().state, [gone], decision="rejected"), table_read.a, "1")
    (report,) = outputs_of([table_read.open()])["reports"]
    assert gone not in {one["id"] for one in report["mentions"]}
    assert gone not in {one for each in report["claims"] for one in each["mentions"]}


def test_a_corrected_amount_stands_in_the_fund_in_its_mention_and_in_the_verdicts(table_read):
    fund = next(one for one in table_read.open().state.of("record") if one.data["type"] == "fund" and one.data["fields"]["measure"] == "executed")
    before = [check for check in gold_of_report(table_read.open()).checks if check.kind == "ratio"]
    table_read.do(acts.edit(table_read.open().state, fund.id, "yuan", "1000万元"), table_read.a, "1")
    gold = gold_of_report(table_read.open())
    (spent,) = [claim for claim in gold.claims if claim.type == "fund" and claim.fields.measure == "executed"]
    assert (spent.text, f"{spent.fields.yuan:f}") == ("1126.05万元", "10000000")
    assert [mention.value for mention in gold.mentions if mention.quote.text == "1126.05万元"] == ["10000000"]
    after = [check for check in gold.checks if check.kind == "ratio"]
    assert [check.verdict for check in before] == ["consistent"] and [check.verdict for check in after] == ["conflict"]
    assert "重核" in after[0].note and faults(gold, table_read.findings.document.text) == []


def test_an_added_fund_quotes_the_amount_that_it_is(table):
    text = table.findings.document.text
    start = text.index("实际支出")
    fund = acts.add_claim(text, (start, start + 20), "fund", {"yuan": "1126.05万元", "measure": "executed", "scope": "补助资金"})
    amount = text.index("1126.05万元")
    table.do((*fund, *acts.add_mention(text, (amount, amount + 9), "AMOUNT")), table.a, "1")
    (spent,) = [claim for claim in gold_of_report(table.open()).claims if claim.type == "fund" and claim.fields.measure == "executed"]
    assert (spent.text, spent.line) == ("1126.05万元", 2)


@pytest.mark.parametrize("mark, left", [("wrong", 1), ("real", 2), ("harmless", 2)])
def test_a_conflict_that_is_none_is_left_out(table, mark, left):
    check = item(table, "check", verdict="conflict")
    table.do(acts.mark(table.open().state, check.id, mark), table.a, "1")
    assert len(gold_of_report(table.open()).checks) == left


def test_a_note_of_a_person_stands_for_the_note_of_the_machine(table):
    check = item(table, "check", verdict="conflict")
    table.do(acts.note(table.open().state, check.id, "指标已调整"), table.a, "1")
    assert [one.note for one in gold_of_report(table.open()).checks if one.verdict == "conflict"] == ["指标已调整"]


def test_of_mentions_that_overlap_the_one_that_people_drew_stands(table):
    text = table.findings.document.text
    start = text.index("云财建〔2022〕15号")
    table.do(acts.add_mention(text, (start, start + 9), "DOCNO"), table.a, "1")
    found = [mention.quote.text for mention in gold_of_report(table.open()).mentions]
    assert "云财建〔2022〕" in found and "云财建〔2022〕15号" not in found


def test_of_records_alone_only_what_somebody_looked_at_with_what_it_rests_on(table_read):
    state = table_read.open().state
    record = next(one for one in state.of("record") if one.data["type"] == "fund")
    assert gold_of_report(table_read.open(), only="records").claims == ()
    table_read.do(acts.accept(state, [record.id]), table_read.a, "1")
    gold = gold_of_report(table_read.open(), only="records")
    mentions = {one for claim in record.data["claims"] for one in state.items[claim].data["mentions"]}
    assert [claim.type for claim in gold.claims] == ["fund"] * len(record.data["claims"])
    assert len(gold.mentions) == len(mentions) > 0 and gold.checks == () and looked_at(table_read.open().state)


def test_what_was_taken_back_does_not_count(table):
    before = gold_json(gold_of_report(table.open()))
    table.do(acts.accept(table.open().state, [item(table, "record", type="fund").id], decision="rejected"), table.a, "1")
    assert gold_json(gold_of_report(table.open())) != before
    opened = table.open()
    table.do(acts.undo(opened.state, opened.events, table.a.id), table.a, "2")
    assert gold_json(gold_of_report(table.open())) == before and not looked_at(table.open().state)

"""Tables in, facts of reports out: which amounts are the fund of a report, whose score is its score."""

from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from hedui.export.columnar import schema_of
from hedui.research.pictures.facts import facts_of

SAME = {"sha256": "s", "version": "v", "file": "a.txt", "report": "p", "report_year": 2021, "confidence": 0.9}


def table(name, rows):
    schema = schema_of(name)
    extra = [pa.field("province", pa.string())] if name == "reports" else []
    full = pa.schema([*schema, *extra])
    return pa.Table.from_pylist([{**SAME, **row} for row in rows], schema=full)


@pytest.fixture
def read():
    """`read(records, checks)`: the facts of one report with these."""
    def make(records=(), checks=(), **report):
        with duckdb.connect() as connection:
            held = {"reports": table("reports", [{"start": 0, "checks": len(checks), "province": "_", **report}]), "checks": table("checks", checks),
                    "records": table("records", [{"id": f"r{n}", "status": "table_only", "check_ids": [], **row} for n, row in enumerate(records)])}
            for name, rows in held.items():
                connection.register(name, rows)
            return facts_of(lambda sql: connection.sql(sql).to_arrow_table().to_pylist())
    return make


def fund(measure, yuan, scope=None, **more):
    return {"type": "fund", "measure": measure, "yuan": Decimal(yuan), "scope": scope, "fund_year": 2021, **more}


def told(facts):
    return {name: int(money.yuan) for name, money in facts[0].funds.items()}


@pytest.mark.parametrize("records, expected", [
    ([fund("budget", 100, "总"), fund("executed", 90, "总"), fund("budget", 60, "中央"), fund("executed", 59, "中央")], {"budget": 100, "executed": 90}),
    ([fund("budget", 100, "总"), fund("executed", 90, "中央")], {}),
    ([fund("budget", 100, "总"), fund("executed", 201, "总")], {}),
    ([fund("budget", 100, "总"), fund("executed", 90, "总", fund_year=2020)], {}),
    ([fund("budget", 100, "总"), fund("executed", 90, "总"), fund("received", 95, "总"), fund("received", 99, "别")], {"budget": 100, "executed": 90, "received": 95}),
    ([fund("budget", 100, "总"), fund("executed", 90, "总"), fund("received", 80, "a"), fund("received", 70, "b")], {"budget": 100, "executed": 90, "received": 80}),
    ([fund("budget", 100, "总"), fund("executed", 90, "总"), fund("received", 400, "a"), fund("carried_out", 11, "a")], {"budget": 100, "executed": 90}),
    ([fund("budget", 100, "总"), fund("executed", 90, "总"), fund("carried_out", 10, "年末")], {"budget": 100, "executed": 90, "carried_out": 10}),
    ([fund("budget", 500, "某", status="narrative_only"), fund("executed", 90, "某", status="narrative_only"), fund("budget", 100, "总"),
      fund("executed", 90, "总")], {"budget": 100, "executed": 90}),
])
def test_the_fund_of_a_report(read, records, expected):
    assert told(read(records)) == expected


@pytest.mark.parametrize("kind, expected", [("ratio", {"budget": 100, "executed": 90}), ("sum", {"budget": 60, "executed": 3})])
def test_amounts_that_the_report_holds_against_one_another_are_a_pair(read, kind, expected):
    records = [fund("budget", 100, "资金总额", check_ids=["k1"]), fund("executed", 90, "支出", check_ids=["k1"]), fund("budget", 60, "部分"),
               fund("executed", 3, "部分")]
    assert told(read(records, [{"id": "k1", "kind": kind, "verdict": "consistent", "start": 1}])) == expected


def test_a_rate_is_reckoned_from_amounts_else_it_is_the_one_stated(read):
    stated = {"type": "indicator", "name": "预算执行率", "actual": "97.5%"}
    assert (read([stated])[0].rate, read([stated])[0].rate_finding) == (Decimal("0.975"), "r0")
    both = read([stated, fund("budget", 100), fund("executed", 90)])[0]
    assert (both.rate, both.rate_finding) == (Decimal("0.9"), "r2")
    assert read([{**stated, "name": "项目执行率偏差"}])[0].rate is None and read([{**stated, "actual": "约九成"}])[0].rate is None


@pytest.mark.parametrize("score, full, expected", [("95.50", None, "95.5"), ("95", "100", "95"), ("190", "200", "95"), ("120", None, None), ("优", None, None),
                                                   ("5", "0", None)])
def test_scores_are_of_a_hundred(read, score, full, expected):
    found = read([{"type": "score", "name": "总分", "score": score, "full": full}, {"type": "score", "name": "产出指标", "score": "50"}])[0]
    assert found.score == (None if expected is None else Decimal(expected)) and (found.score_record == "r0") == (expected is not None)


def test_conflicts_and_documents_are_all_there(read):
    one = read([{"type": "document", "number": "财预〔2020〕10号"}, {"type": "document"}],
               [{"id": "k2", "kind": "sum", "verdict": "conflict", "start": 9, "note": "b"}, {"id": "k1", "kind": "ratio", "verdict": "conflict", "start": 3, "note": "a"},
                {"id": "k3", "kind": "ratio", "verdict": "rounding", "start": 1, "note": "c"}])[0]
    assert [held.check for held in one.conflicts] == ["k1", "k2"] and [held.record for held in one.documents] == ["r0"] and one.province is None

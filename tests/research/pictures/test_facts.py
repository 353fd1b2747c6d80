"""Tables in, facts of reports out: which amounts are the fund of a report, whose score is its score."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hedui.export.columnar import Home, schema_of
from hedui.export.lake_parts import Part
from hedui.research.pictures.facts import facts_at, facts_of
from hedui.research.store import ResearchStore

SAME = {"sha256": "s", "version": "v", "file": "a.txt", "report": "p", "report_year": 2021, "confidence": 0.9}


@pytest.fixture
def read(tmp_path):
    """`read(records, checks)`: the facts of one report with these."""
    def make(records=(), checks=(), **report):
        held = {"reports": [{"start": 0, "checks": len(checks), **report}], "checks": checks,
                "records": [{"id": f"r{n}", "status": "table_only", "check_ids": [], **row} for n, row in enumerate(records)]}
        home = tmp_path / str(len(list(tmp_path.iterdir())))
        part = Part(home=Home(2021, "_"), name="0" * 16, keys=(), files={name: (0, len(rows)) for name, rows in held.items()})
        for name, path in part.paths.items():
            (home / path).parent.mkdir(parents=True)
            pq.write_table(pa.Table.from_pylist([{**SAME, **row} for row in held[name]], schema=schema_of(name)), home / path)
        store = ResearchStore(place="", home=home / "research", root=str(home), parts=(part,), texts=None)
        return facts_of(store)
    return make


def fund(measure, yuan, scope=None, **more):
    return {"type": "fund", "measure": measure, "yuan": Decimal(yuan), "scope": scope, "fund_year": 2021, **more}


def told(facts):
    return {name: int(money.yuan) for name, money in facts[0].funds.items()}


PAIR = (fund("budget", 100, "总"), fund("executed", 90, "总"))
TOLD = {"budget": 100, "executed": 90}
SAID = {"status": "narrative_only"}


@pytest.mark.parametrize("records, expected", [
    ([*PAIR, fund("budget", 60, "中央"), fund("executed", 59, "中央")], TOLD),
    ([fund("budget", 100, "总"), fund("executed", 90, "中央")], {}),
    ([fund("budget", 100, "总"), fund("executed", 201, "总")], {}),
    ([fund("budget", 100, "总"), fund("executed", 90, "总", fund_year=2020)], {}),
    ([*PAIR, fund("received", 95, "总"), fund("received", 99, "别")], {**TOLD, "received": 95}),
    ([*PAIR, fund("received", 80, "a"), fund("received", 70, "b")], {**TOLD, "received": 80}),
    ([*PAIR, fund("received", 400, "a"), fund("carried_out", 11, "a")], TOLD),
    ([*PAIR, fund("carried_out", 10, "年末")], {**TOLD, "carried_out": 10}),
    ([fund("budget", 500, "某", **SAID), fund("executed", 90, "某", **SAID), *PAIR], TOLD),
])
def test_the_fund_of_a_report(read, records, expected):
    assert told(read(records)) == expected


@pytest.mark.parametrize("budget, executed, rate", [("9.5e25", "9e25", "0.94736842"), ("0.001", "0.001", None)])
def test_amounts_beyond_all_measure_do_not_stop_the_tables(read, budget, executed, rate):
    (one,) = read([fund("budget", budget), fund("executed", executed)])
    assert one.rate == (None if rate is None else Decimal(rate))


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


@pytest.mark.parametrize("score, full, expected", [
    ("95.50", None, "95.5"), ("95", "100", "95"), ("190", "200", None), ("120", None, None), ("优", None, None), ("5", "0", None)])
def test_scores_are_of_a_hundred(read, score, full, expected):
    found = read([{"type": "score", "name": "总分", "score": score, "full": full}, {"type": "score", "name": "产出指标", "score": "50"}])[0]
    assert found.score == (None if expected is None else Decimal(expected)) and (found.score_record == "r0") == (expected is not None)


def test_conflicts_and_documents_are_all_there(read):
    one = read([{"type": "document", "number": "财预〔2020〕10号"}, {"type": "document"}],
               [{"id": "k2", "kind": "sum", "verdict": "conflict", "start": 9, "note": "b"},
                {"id": "k1", "kind": "ratio", "verdict": "conflict", "start": 3, "note": "a"},
                {"id": "k3", "kind": "ratio", "verdict": "rounding", "start": 1, "note": "c"}])[0]
    assert [held.check for held in one.conflicts] == ["k1", "k2"] and [held.record for held in one.documents] == ["r0"] and one.province is None


def test_facts_are_made_anew_when_outputs_without_a_lake_change(out):
    folder = out / "json"
    before = facts_at(str(folder)).facts
    (folder / "s01.json").unlink()
    assert 0 < len({one.sha256 for one in facts_at(str(folder)).facts}) < len({one.sha256 for one in before})

"""Tables: what they hold, how they are filtered, and that nothing is lost on the way to pandas."""

import threading
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from hedui.errors import UsageError
from hedui.export.lake_read import lake_dataset
from hedui.research.building import cut
from hedui.research.columns import columns_of

TABLES = ("reports", "records", "claims", "checks", "mentions", "passages")
KINDS = {"text": pa.string(), "category": pa.string(), "decimal": "decimal", "float": pa.float64(), "texts": pa.list_(pa.string()),
         "integers": pa.list_(pa.int32())}
CASES = Path(__file__).parents[1] / "cases" / "research_numbers.tsv"
NUMBERS = [[*line.split("\t"), ""][:2] for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_the_columns_that_are_told_and_no_others(store, table):
    told = columns_of(table)
    assert sorted(store.table(table).names) == sorted(column.name for column in told)
    schema = store.table(table).arrow(limit=0).schema
    for column in told:
        kind = schema.field(column.name).type
        fits = (pa.types.is_integer(kind) if column.dtype == "integer" else pa.types.is_decimal(kind) if column.dtype == "decimal"
                else str(kind) == str(KINDS[column.dtype]).replace("item", "l"))
        assert fits, (column.name, kind)
        assert column.zh and column.en
    assert list(store.table(table).columns.columns) == ["dtype", "unit", "zh", "en"]


@pytest.mark.parametrize("table", ("records", "claims", "checks", "mentions", "reports"))
def test_tables_hold_just_what_the_lake_holds(store, results, table):
    lake = lake_dataset(str(results / "lake"), table).to_table()
    names = [name for name in ("sha256", "id", "report", "confidence", "yuan") if name in lake.column_names]
    assert sorted(map(repr, lake.select(names).to_pylist())) == sorted(map(repr, store.table(table).arrow(names).to_pylist()))


def test_filters(store):
    claims = store.claims
    everything = claims.frame(["type", "report_year", "province", "confidence", "conflicts", "ref"])
    assert len(everything) == claims.count() == len(claims) > 200
    assert everything["ref"].is_unique
    assert claims.where(type="fund").count() == (everything["type"] == "fund").sum()
    assert claims.where(type=["fund", "score"]).count() == everything["type"].isin(["fund", "score"]).sum()
    assert claims.where(confidence=(0.9, None)).count() == (everything["confidence"] >= 0.9).sum()
    assert claims.where(report_year=(2021, 2022), type="fund").count() == (
        everything["report_year"].between(2021, 2022) & (everything["type"] == "fund")).sum() > 0
    assert claims.where(region="贵州").count() == (everything["province"] == "贵州省").sum() > 0
    assert claims.where(conflict=True).count() == (everything["conflicts"] > 0).sum() > 0
    assert claims.where(conflict=True).count() + claims.where(conflict=False).count() == claims.count()
    assert claims.where(province=None).count() == everything["province"].isna().sum()
    assert claims.where(type=[]).count() == 0


def test_queries_filter_tables(store):
    below = store.claims.query("执行率<95%").frame(["name", "actual_number"])
    assert len(below) and (below["actual_number"] < Decimal("0.95")).all() and below["name"].str.contains("执行率").all()
    every = store.claims.query("执行率>=0%").count()
    assert len(below) + store.claims.query("执行率>=95%").count() == every
    assert store.claims.query("-type:fund").count() == store.claims.count() - store.claims.where(type="fund").count()
    assert store.reports.query("参保率>0").count() == store.reports.count() - store.reports.query("-参保率>0").count()
    assert store.passages.query('"资金"').count() == store.passages.frame(["text"])["text"].str.contains("资金").sum() + 0


def test_a_table_is_never_changed_by_asking(store):
    before = store.claims
    before.where(type="fund").query("year:2021")
    assert before == store.claims and before.count() == store.claims.count()


@pytest.mark.parametrize("asked, told", [
    (lambda s: s.claims.where(typ="fund"), "是不是 type"), (lambda s: s.claims.frame(["yaun"]), "是不是 yuan"),
    (lambda s: s.table("claim"), "claims"), (lambda s: s.claims.query("section:资金"), "section"),
    (lambda s: s.sql("select nothing from claims"), "nothing"),
    (lambda s: s.claims.row(id="c-0"), "没有"),
])
def test_what_is_not_there_is_told_in_a_line(store, asked, told):
    with pytest.raises(UsageError) as caught:
        asked(store)
    assert told in str(caught.value)


def test_figures_stay_exact(store, results):
    frame = store.claims.where(type="fund").frame(["yuan", "yuan_text"])
    assert str(frame["yuan"].dtype) == "decimal128(38, 12)[pyarrow]"
    assert all(Decimal(text) == exact for text, exact in zip(frame["yuan_text"], frame["yuan"], strict=True) if not pd.isna(exact))
    assert isinstance(store.claims.frame(["type"])["type"].dtype, pd.CategoricalDtype)


def test_batches_and_arrow_give_the_same_rows(store):
    whole = store.claims.arrow(["ref"])
    assert pa.Table.from_batches(list(store.claims.batches(["ref"], rows=100))).column("ref").to_pylist() == whole.column("ref").to_pylist()
    assert store.claims.arrow(["ref"]).equals(whole)


def test_threads_may_ask_at_once(store):
    found = []
    asking = [threading.Thread(target=lambda: found.append(store.claims.where(type="fund").count())) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert found == [store.claims.where(type="fund").count()] * 6


def test_sql_asks_all_tables(store):
    found = store.sql("select report_year, count(*) as n from claims where type = ? group by all order by all", ["fund"])
    assert found["n"].sum() == store.claims.where(type="fund").count()


@pytest.fixture(scope="module")
def numbers():
    from importlib.resources import files

    connection = duckdb.connect()
    for statement in dict(cut(files("hedui.research").joinpath("tables.sql").read_text("utf-8")))["beforehand"].split(";"):
        if "macro" in statement:
            connection.execute(statement)
    return connection


@pytest.mark.parametrize("text, number", NUMBERS)
def test_numbers_in_texts(numbers, text, number):
    found = numbers.execute("select number_in(?)", [text]).fetchone()[0]
    assert found == (Decimal(number) if number else None)


@pytest.mark.parametrize("executed, budget, rate", [("1", "3", "0.33333333"), ("200000", "300000", "0.66666667"),
                                                    ("96130.55", "100000.00", "0.96130550"), ("6780000000", "6980000000", "0.97134670")])
def test_rates_are_reckoned_in_whole_fen(numbers, executed, budget, rate):
    found = numbers.execute("select rate_of(?::decimal(38, 12), ?::decimal(38, 12))", [executed, budget]).fetchone()[0]
    assert found == Decimal(rate)


def test_execution_rate_and_score_of_a_report(store, samples):
    row = store.reports.row(file="s27.txt")
    assert (row["budget_yuan"], row["executed_yuan"], row["self_score"]) == (Decimal(96600000), Decimal(93040000), Decimal("97.24"))
    assert row["execution_rate"] == Decimal("0.96314700")
    for name in ("execution_id", "self_score_id"):
        assert store.evidence(row[name], sha256=row["sha256"]).excerpts
    assert "97.24" in store.evidence(row["self_score_id"], sha256=row["sha256"]).sentence

"""Packages as other tools open them: Frictionless, Croissant, Datasette, DuckDB, pandas, spreadsheets."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.export.csv import LEADING, NUMBER, cell
from hedui.research.publishing.as_csv import CsvFile, json_array, plain_decimal
from hedui.research.publishing.as_sqlite import lean
from hedui.research.publishing.shape import Field, Shape

sys.path.insert(0, str(Path(__file__).parent))
from publishing_packages import package_in, store_in

frictionless = pytest.importorskip("frictionless")
mlcroissant = pytest.importorskip("mlcroissant")
app = pytest.importorskip("datasette.app")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_in(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def made(tmp_path_factory, store):
    place = tmp_path_factory.mktemp("made") / "pack"
    return package_in(place, store, text="sentences", licence="CC-BY-4.0", by=("某大学", "某所"), date="2026-01-02")


def test_frictionless_finds_no_fault(made):
    report = frictionless.validate(str(made.folder / "datapackage.json"))
    assert report.valid, [error.message for task in report.tasks for error in task.errors][:5]
    checked = {task.name: task.type for task in report.tasks}
    assert checked["claims"] == "table" and checked["claims-parquet"] == "file" and len(checked) == 2 * len(made.package.shapes) + 1


def test_frictionless_would_find_a_fault(made, tmp_path):
    told = json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))
    names = ("files", "reports")
    told["resources"] = [one for one in told["resources"] if one["name"] in names]
    (tmp_path / "csv").mkdir()
    for name in names:
        data = (made.folder / "csv" / f"{name}.csv").read_bytes()
        (tmp_path / "csv" / f"{name}.csv").write_bytes(data if name == "files" else re.sub(rb"\b[0-9a-f]{64}\b", b"0" * 64, data, count=1))
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    types = {error.type for task in frictionless.validate(str(tmp_path / "datapackage.json")).tasks for error in task.errors}
    assert {"hash-count", "foreign-key"} <= types


def test_croissant_reads_every_record(made, monkeypatch):
    monkeypatch.chdir(made.folder)
    found = mlcroissant.Dataset("croissant.json")
    assert not found.metadata.ctx.issues.errors and not found.metadata.ctx.issues.warnings
    counts = {one.id: sum(1 for _ in found.records(one.id)) for one in found.metadata.record_sets}
    assert counts == dict(made.facts.rows)
    first = next(iter(found.records("reports")))
    assert first["reports/report_title"].decode() in (made.folder / "csv" / "reports.csv").read_text(encoding="utf-8-sig")
    assert found.metadata.personal_sensitive_information and found.metadata.license == ["https://spdx.org/licenses/CC-BY-4.0.html"]


def test_croissant_reads_csv_where_there_is_no_parquet(store, tmp_path, monkeypatch):
    folder = package_in(tmp_path / "pack", store, tables=("records",), formats=("csv",)).folder
    monkeypatch.chdir(folder)
    found = mlcroissant.Dataset("croissant.json")
    assert sum(1 for _ in found.records("records")) == store.records.count()


def test_the_examples_for_duckdb_run(made, monkeypatch):
    monkeypatch.chdir(made.folder)
    asked = [one for one in (made.folder / "examples.sql").read_text(encoding="utf-8").split(";\n") if "SELECT" in one]
    with duckdb.connect() as connection:
        answers = [connection.execute(one).fetchall() for one in asked]
    assert len(answers) == 7 and [bool(one) for one in answers].count(True) >= 5
    assert isinstance(next(row[3] for row in answers[4]), Decimal)  # money is summed exactly


def page(made, path: str) -> str:
    """A page of Datasette over the package as it lies, asked for without a network."""
    async def asked() -> str:
        metadata = json.loads((made.folder / "metadata.json").read_text(encoding="utf-8"))
        served = app.Datasette([str(made.folder / "hedui.db")], metadata=metadata, settings={"num_sql_threads": 1})
        await served.invoke_startup()
        answer = await served.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return str(answer.text)

    with ThreadPoolExecutor(1) as aside:  # a browser of other tests may keep a loop in this thread
        return aside.submit(asyncio.run, asked()).result()


def test_datasette_shows_tables_with_titles_meanings_and_facets(made):
    front = page(made, "/hedui")
    assert "陈述" in page(made, "/hedui/claims?_size=1") and "claims_fts" not in front and "/hedui/find" in front
    told = json.loads(page(made, "/hedui/claims.json?_size=1&_labels=on&_shape=objects"))
    assert {"type", "origin"} <= set(told["facet_results"]) and "label" in told["rows"][0]["report"]
    assert told["rows"][0]["report"]["label"] != told["rows"][0]["report"]["value"]
    meaning = next(field.zh for shape in made.package.shapes if shape.name == "claims" for field in shape.fields if field.name == "confidence")
    assert meaning and meaning in page(made, "/hedui/claims?_size=1")


def test_datasette_searches(made):
    found = json.loads(page(made, "/hedui/passages.json?_search=资金&_searchmode=raw&_shape=objects"))
    longer = json.loads(page(made, "/hedui/passages.json?_search=绩效目标&_shape=objects&_size=max"))
    assert found["filtered_table_rows_count"] == 0  # two characters are what the index cannot do, and the page says so
    assert longer["rows"] and all("绩效目标" in row["text"] + row["section"] for row in longer["rows"])
    assert "三个字" in page(made, "/hedui/passages?_size=1")
    two = json.loads(page(made, "/hedui/find.json?word=资金&_shape=objects"))
    assert two["rows"] and all("资金" in f"{row['text']} {row['section']}" for row in two["rows"])


@pytest.mark.parametrize("name", ["reports_by_year", "conflicts", "execution_rate", "all_reached", "money", "score_lost", "sentence"])
def test_datasette_answers_every_question(made, name):
    assert json.loads(page(made, f"/hedui/{name}.json"))["ok"]


def test_the_database_is_sound_and_lean(made, store):
    with sqlite3.connect(made.folder / "hedui.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in made.facts.rows}
        joined = pd.read_sql("select c.id, c.report, r.report_unit, r.programme, c.yuan from claims c join reports r using (report)", connection)
    assert counts == dict(made.facts.rows)
    there = store.claims.frame(["id", "report", "report_unit", "programme", "yuan"])
    both = joined.merge(there, on=["id", "report"])
    assert len(both) == len(there) and (both.report_unit_x.fillna("") == both.report_unit_y.fillna("")).all()
    exact = [Decimal(repr(told)) == kept for told, kept in zip(both.yuan_x, both.yuan_y, strict=True) if not pd.isna(kept)]
    assert exact and all(exact)
    dropped = {shape.name: set(shape.names) for shape in made.package.shapes}["claims"] - {one.name: set(one.names) for one in lean(
        made.package.shapes)}["claims"]
    assert {"report_title", "report_unit", "file", "sha256", "version", "programme"} <= dropped and not dropped & {"start", "end", "confidence"}


def test_pandas_gets_back_every_decimal(made, store):
    exact = pd.read_parquet(made.folder / "parquet" / "claims.parquet", dtype_backend="pyarrow").set_index(["report", "id"]).sort_index()
    there = store.claims.frame().set_index(["report", "id"]).sort_index()
    printed = pd.read_csv(made.folder / "csv" / "claims.csv", dtype=str).set_index(["report", "id"]).sort_index()
    assert list(exact.columns) == list(there.columns) == list(printed.columns)
    for name in ("yuan", "actual_number", "score_number"):
        kept = [None if pd.isna(one) else Decimal(one) for one in there[name]]
        assert any(kept) and [None if pd.isna(one) else one for one in exact[name]] == kept
        assert [None if pd.isna(one) else Decimal(one) for one in printed[name]] == kept
    assert [json.loads(one) for one in printed.mention_ids] == [list(one) for one in there.mention_ids]


TEXT = Shape(name="t", zh="", en="", about_zh="", about_en="", fields=(Field(name="a", type=pa.string()), Field(name="=b", type=pa.int64())),
             key=("a",), order=("a",), references=(), facets=(), searched=())
SIGNS = "=+-@＝＋－＠\t\r\n \u3000\u200b\ufeff\u00a0'\",1.a款"


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.none() | st.text(alphabet=st.sampled_from(SIGNS) | st.characters(codec="utf-8"), max_size=6), max_size=6))
def test_no_cell_runs_as_a_formula(tmp_path, texts):
    path = tmp_path / "t.csv"
    sheet = CsvFile(path, TEXT)
    sheet.add(pa.record_batch([pa.array(texts, pa.string()), pa.array([-1] * len(texts), pa.int64())], names=list(TEXT.names)))
    sheet.close()
    head, *lines = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    assert head == ["a", "'=b"] and [line[1] for line in lines] == ["-1"] * len(texts)
    assert [line[0] for line in lines] == [cell(text) for text in texts]
    assert not [line[0] for line in lines if LEADING.match(line[0]) and not NUMBER.fullmatch(line[0])]


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-10**25, max_value=10**25) | st.none()))
def test_decimals_are_printed_whole(values):
    printed = plain_decimal(pa.array(values, pa.decimal128(38, 12))).to_pylist()
    assert [None if one is None else Decimal(one) for one in printed] == values
    assert not [one for one in printed if one and ("E" in one or ("." in one and one.endswith(("0", "."))))]


def test_the_citation_file_is_one(made):
    told = yaml.safe_load((made.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["cff-version"] == "1.2.0" and told["authors"] == [{"name": "某大学"}, {"name": "某所"}] and told["license"] == "CC-BY-4.0"
    assert str(told["date-released"]) == "2026-01-02" and told["identifiers"][0]["value"] == made.package.id


def test_a_package_of_nothing_is_one(tmp_path, store):
    empty = package_in(tmp_path / "pack", store, query="不会有人写的词", text="full")
    assert set(empty.facts.rows.values()) == {0}
    assert frictionless.validate(str(empty.folder / "datapackage.json")).valid


@given(st.lists(st.none() | st.lists(st.text(max_size=4), max_size=3), max_size=5))
def test_lists_are_json(lists):
    assert [None if one is None else json.loads(one) for one in json_array(pa.array(lists, pa.list_(pa.string()))).to_pylist()] == lists

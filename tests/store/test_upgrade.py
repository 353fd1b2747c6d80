"""A store of an earlier version opens with all that people ask of it."""

import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from hedui.export import to_json
from hedui.fields import plain_fields
from hedui.findings import content_id
from hedui.store import Store, tables
from hedui.store.engine import make_engine
from hedui.store.results import newest_results, output_of, reports_held
from hedui.store.tables_learned import learned
from hedui.store.tables_ledger import inputs
from hedui.store.tasks import unrouted

THEN = datetime(2026, 1, 1, tzinfo=UTC)


def old_rows(found, result):
    report = found.reports[0]
    yield "reports", [{"result": result, "place": 0, "id": report.id, "start": 0, "end": 9, "title": "甲", "kind": "self_evaluation",
                       "unit": "云岭县交通运输局", "region": "云岭县", "year": 2022, "programme": None}]
    yield "checks", [{"result": result, "place": n, "id": one.id, "report": report.id, "kind": one.kind, "verdict": one.verdict, "tier": one.tier,
                      "note": one.note, "computed": "", "stated": "", "start": 0, "end": 1, "inputs": "[]", "claims": "[]",
                      "confidence": one.confidence} for n, one in enumerate(report.checks)]
    yield "records", [{"result": result, "place": n, "id": one.id, "report": report.id, "type": one.type, "status": one.status,
                       "fields": json.dumps(plain_fields(one.fields)), "claims": "[]", "checks": "[]", "confidence": one.confidence}
                      for n, one in enumerate(report.records)]
    yield "issues", [{"result": result, "place": 0, "where": "第3行", "what": "单元格以公式开头"}]


def insert(connection, table, rows):
    names = list(rows[0])
    quoted = ", ".join(f'"{name}"' for name in names)
    connection.execute(text(f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(f':{name}' for name in names)})"), rows)


def fill_old(address, found, versions):
    """A store as version 0004 left it: one content, read by `versions` one after the other, its tasks laid out from the last."""
    engine, sha256 = make_engine(address), found.document.sha256
    with engine.begin() as connection, as_file(files("hedui.store").joinpath("migrations")) as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        insert(connection, "documents", [{"sha256": sha256, "media_type": "text/plain", "pages": None, "characters": 9, "first_seen": THEN}])
        for day, version in enumerate(versions):
            result = content_id("o", sha256, version)
            insert(connection, "results", [{"id": result, "sha256": sha256, "version": version, "output": zlib.compress(to_json(found).encode()),
                                            "made": THEN - timedelta(days=len(versions) - day)}])
            for table, rows in old_rows(found, result):
                insert(connection, table, rows)
        insert(connection, "routed", [{"sha256": sha256, "result": content_id("o", sha256, versions[-1]), "at": THEN}])
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def address(request, tmp_path):
    return tmp_path / "hedui.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres")


def test_a_store_of_version_4_is_brought_up(address, made):
    found = made()
    sha256, report = found.document.sha256, found.reports[0]
    fill_old(address, found, ["0.9", "0.1"])
    with Store(address) as store:
        assert {name: count for name, count in store.counts().items() if count} == {
            "documents": 1, "results": 2, "outputs": 2, "reports": 1, "records": 2, "conflicts": 1, "issues": 1, "routed": 1, "inputs": 1}
        assert newest_results(store) == {sha256: content_id("o", sha256, "0.1")}
        assert output_of(store, content_id("o", sha256, "0.1")) == store.output(sha256, version="0.9") == to_json(found)
        assert reports_held(store) == ((sha256, report.id),) and unrouted(store) == ()
        with store.reading() as connection:
            assert [tuple(row)[2:] for row in connection.execute(tables.records.select())] == [
                (one.id, 0, one.type, one.status, name, filled, one.confidence)
                for one, (name, filled) in zip(report.records, (("年度资金总额", 4), ('=HYPERLINK("x")养护里程', 5)), strict=True)]
            assert [row.verdict for row in connection.execute(tables.conflicts.select())] == ["conflict"]
        newer = replace(found, reports=())
        assert store.keep(to_json(newer), version="0.5") and reports_held(store) == ()
        assert [one[1] for one in unrouted(store)] == [content_id("o", sha256, "0.5")]
    engine = make_engine(address)
    left = set(inspect(engine).get_table_names())
    assert left == {*tables.metadata.tables, "alembic_version"} and {learned.name, inputs.name} <= left
    foreign = {(one["referred_table"], *one["referred_columns"]) for one in inspect(engine).get_foreign_keys("routed")}
    assert foreign == {("results", "id"), ("documents", "sha256")}
    engine.dispose()

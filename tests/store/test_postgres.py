"""The store in PostgreSQL, where HEDUI_TEST_POSTGRES names an empty database that may be filled."""

import os

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from hedui.corrections import Saying
from hedui.errors import StoreError
from hedui.export import to_json
from hedui.store import Store, tables
from hedui.store.people import add_person
from hedui.store.trail import Place, append, events_of

ADDRESS = os.environ.get("HEDUI_TEST_POSTGRES", "")
pytestmark = pytest.mark.skipif(not ADDRESS, reason="HEDUI_TEST_POSTGRES names no database")


@pytest.fixture
def address():
    engine = create_engine(ADDRESS)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return ADDRESS


def test_results_are_kept_once(address, made):
    found = made("a.txt", made().document.text + "\0")
    with Store(address) as store:
        assert store.keep(found, to_json(found), version="v")
        once = store.counts()
        assert not store.keep(found, to_json(found), version="v")
        assert store.counts() == once and once["claims"] == 4
        assert store.done([found.document.sha256], version="v") == {found.document.sha256}
        assert store.output(found.document.sha256, version="v") == to_json(found)
        run = store.start_run([found.document.sha256], version="v")
        store.finish_run(run, {"a.txt": (found.document.sha256, None), "b": (None, "坏")})
        assert store.failures(run) == {"b": "坏"}


def test_tables_are_those_of_the_code(address):
    with Store(address):
        pass
    engine = create_engine(ADDRESS)
    for table in tables.metadata.sorted_tables:
        columns = {one["name"]: one["nullable"] for one in inspect(engine).get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}, table.name
    engine.dispose()


def test_a_server_that_is_not_there_is_one_line(address):
    with pytest.raises(StoreError) as caught:
        Store("postgresql+psycopg://me:secret@127.0.0.1:1/nowhere")
    assert "\n" not in str(caught.value) and "secret" not in str(caught.value)


@pytest.mark.parametrize("statement", ["UPDATE events SET person = person", "DELETE FROM events", "TRUNCATE events"])
def test_what_people_did_cannot_be_changed_or_taken_away(address, made, statement):
    found = made()
    with Store(address) as store:
        store.keep(found, to_json(found), version="v")
        person = add_person(store, name="甲", role="annotator", secret="x").id
        record = found.reports[0].records[0].id
        saying = Saying(target=record, kind="record", act="accept", after={"@decision": "accepted"}, before={"@decision": "open"})
        place = Place(sha256=found.document.sha256, report=found.reports[0].id)
        kept = append(store, place, [saying], person=person, group="group-1")
        engine = create_engine(ADDRESS)
        with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()
        assert events_of(store, place) == kept and len(kept) == 1

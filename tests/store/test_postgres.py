"""The store in PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from hedui.cli import main
from hedui.corrections import Saying
from hedui.errors import StoreError
from hedui.export import to_json
from hedui.research import open_store
from hedui.store import Store, tables
from hedui.store.people import add_person
from hedui.store.results import newest_result, newest_results
from hedui.store.tasks import lay_out
from hedui.store.trail import Place, append, events_of


def test_results_are_kept_once(postgres, made):
    found = made("a.txt", made().document.text + "\0")
    with Store(postgres) as store:
        assert store.keep(to_json(found), version="v")
        once = store.counts()
        assert not store.keep(to_json(found), version="v")
        assert store.counts() == once and once["records"] == 2
        assert store.output(found.document.sha256, version="v") == to_json(found)


@pytest.mark.parametrize("kind", ["postgresql://", "postgres://"])
def test_an_address_that_names_no_driver_is_opened_with_ours(postgres, made, tmp_path, kind):
    address = postgres.replace("postgresql+psycopg://", kind)
    with Store(address) as store:
        store.keep(to_json(made("a.txt")), version="v")
    found = open_store(address, home=tmp_path)
    assert [row["file"] for row in found.reports.arrow(["file"]).to_pylist()] == ["a.txt"]
    found.close()
    assert main(["search", address, "执行率", "--home", str(tmp_path), "--json"]) == 0


def test_a_version_kept_again_is_the_newest_once_more(postgres, made):
    old, new = made("a.txt"), replace(made("a.txt"), reports=(replace(made("a.txt").reports[0], records=made("a.txt").reports[0].records[:1]),))
    sha256 = old.document.sha256
    with Store(postgres) as store:
        for found, version in ((old, "v"), (new, "w")):
            store.keep(to_json(found), version=version)
        lay_out(store, sha256, newest_results(store)[sha256], ())
        counts = store.counts()
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(lambda _: store.keep(to_json(old), version="v"), range(8))) == 0
        assert store.counts() == {**counts, "records": 2} and newest_result(store, sha256)[1] == "v"
        assert store.keep(to_json(new), version="x") and newest_result(store, sha256)[1] == "x"


def test_tables_are_those_of_the_code(postgres):
    with Store(postgres):
        pass
    engine = create_engine(postgres)
    for table in tables.metadata.sorted_tables:
        columns = {one["name"]: one["nullable"] for one in inspect(engine).get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}, table.name
    engine.dispose()


def test_four_open_a_new_store_at_once_and_keep_the_same(postgres, made):
    found = [made(f"{n}.txt") for n in range(8)]

    def keep(one):
        with Store(postgres) as store:
            return store.keep(to_json(one), version="v")

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(keep, found)) == 1
    with Store(postgres) as store:
        assert (store.counts()["names"], store.counts()["records"]) == (8, 2)


def test_a_server_that_is_not_there_is_one_line(postgres):
    with pytest.raises(StoreError) as caught:
        Store("postgresql+psycopg://me:secret@127.0.0.1:1/nowhere")
    assert "\n" not in str(caught.value) and "secret" not in str(caught.value)


@pytest.mark.parametrize("statement", ["UPDATE events SET person = person", "DELETE FROM events", "TRUNCATE events"])
def test_what_people_did_cannot_be_changed_or_taken_away(postgres, made, statement):
    found = made()
    with Store(postgres) as store:
        store.keep(to_json(found), version="v")
        person = add_person(store, name="甲", role="annotator", secret="x").id
        record = found.reports[0].records[0].id
        saying = Saying(target=record, kind="record", act="accept", after={"@decision": "accepted"}, before={"@decision": "open"})
        place = Place(sha256=found.document.sha256, report=found.reports[0].id)
        kept = append(store, place, [saying], person=person, group="group-1")
        engine = create_engine(postgres)
        with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()
        assert events_of(store, place) == kept and len(kept) == 1

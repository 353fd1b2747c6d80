"""What goes into the store comes out, once, whatever happens in between."""

import pickle
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import inspect, text

from hedui.errors import StoreError
from hedui.export import to_json, to_output
from hedui.findings import content_id
from hedui.store import Store, tables
from hedui.store.engine import make_engine
from hedui.store.packed import packed
from hedui.store.results import newest_results
from hedui.store.tasks import lay_out, unrouted

V = "0.1.0+abc"


def test_keeping_twice_adds_nothing(tmp_path, made):
    found = made()
    with Store(tmp_path / "hedui.sqlite") as store:
        assert store.keep(to_json(found), version=V)
        once = store.counts()
        assert not store.keep(to_json(found), version=V)
        assert store.counts() == once
    assert once["documents"] == once["names"] == once["results"] == once["reports"] == once["issues"] == 1
    assert (once["outputs"], once["records"], once["conflicts"]) == (1, 2, 1)


def test_output_comes_back_as_it_was(tmp_path, made):
    found = made()
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(to_json(found), version=V)
    with Store(tmp_path / "hedui.sqlite") as store:
        assert store.output(found.document.sha256, version=V) == to_json(found)
        with pytest.raises(StoreError, match="no result of other"):
            store.output(found.document.sha256, version="other")


def test_one_content_two_names_two_versions(tmp_path, made):
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(to_json(made("a.txt")), version=V)
        store.keep(to_json(made("b.txt")), version=V)
        store.keep(to_json(made("c.txt")), version=V)
        store.keep(to_json(made("a.txt")), version="0.2.0+def")
        counts = store.counts()
    assert (counts["documents"], counts["names"], counts["results"], counts["outputs"]) == (1, 3, 2, 2)


def test_rows_are_those_of_the_newest_result(tmp_path, made):
    old, new = made("a.txt"), replace(made("a.txt"), reports=(replace(made("a.txt").reports[0], records=made("a.txt").reports[0].records[:1]),))
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(to_json(old), version=V)
        store.keep(to_json(new), version="0.2.0+def")
        counts = store.counts()
        assert (counts["records"], counts["conflicts"], counts["reports"]) == (1, 1, 1)
        assert newest_results(store) == {old.document.sha256: content_id("o", old.document.sha256, "0.2.0+def")}
        lay_out(store, old.document.sha256, content_id("o", old.document.sha256, V), ())
        assert not store.keep(to_json(old), version=V)
        assert {**store.counts(), "routed": 0} == {**counts, "records": 2}
        assert store.output(old.document.sha256, version=V) == to_json(old)
        assert store.output(old.document.sha256, version="0.2.0+def") == to_json(new)
        assert newest_results(store) == {old.document.sha256: content_id("o", old.document.sha256, V)} and not unrouted(store)


def test_the_same_and_two_versions_in_one_go(tmp_path, made):
    first, other = made("a.txt"), made("b.txt")
    old, new = (packed(to_output(first), text=version, version=version) for version in "12")
    with Store(tmp_path / "hedui.sqlite") as store:
        assert store.keep_many([old, new, packed(to_output(other), version="2")]) == 2
        counts = store.counts()
        assert (counts["names"], counts["results"], counts["outputs"], counts["reports"], counts["records"]) == (2, 2, 2, 1, 2)
        assert {store.output(old.sha256, version=version) for version in "12"} == {"1", "2"}


def test_many_are_kept_whole_or_not_at_all(tmp_path, made):
    found = [packed(to_output(made(f"{n}.txt", made().document.text + str(n))), text="{}\n", version=V, signals=b"s", document=b"d",
                    readers="r1") for n in range(3)]
    with Store(tmp_path / "hedui.sqlite") as store:
        with pytest.raises(StoreError):
            store.keep_many([*found[:2], replace(found[2], rows={"reports": [{**found[2].rows["reports"][0], "kind": None}]})])
        assert set(store.counts().values()) == {0}
        assert store.keep_many(pickle.loads(pickle.dumps(found))) == 3
        assert store.keep_many(found) == 0
        first = found[0].sha256
        assert (store.signals(first, version=V), store.document(first, readers="r1"), store.document(first, readers="r2")) == (b"s", b"d", None)
        assert store.output(first, version=V) == "{}\n"


def test_migrations_make_the_tables_of_the_code(tmp_path):
    with Store(tmp_path / "hedui.sqlite"):
        pass
    engine = make_engine(tmp_path / "hedui.sqlite")
    found = inspect(engine)
    for table in tables.metadata.sorted_tables:
        columns = {one["name"]: (str(one["type"]), one["nullable"]) for one in found.get_columns(table.name)}
        assert columns == {
            column.name: (str(column.type.compile(engine.dialect)), column.nullable) for column in table.columns
        }, table.name
        assert found.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]
    engine.dispose()


def test_readers_do_not_wait_for_a_writer(tmp_path, made):
    found = made()
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(to_json(found), version=V)
        with store.writing() as writer:
            writer.execute(text("delete from records"))
            assert store.counts()["records"] == 2
        assert store.counts()["records"] == 0


def test_two_open_a_new_store_at_once(tmp_path, made):
    found = [made(f"{n}.txt") for n in range(8)]

    def keep(one):
        with Store(tmp_path / "hedui.sqlite") as store:
            return store.keep(to_json(one), version=V)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(keep, found)) == 1


def newer(path):
    with Store(path):
        pass
    with sqlite3.connect(path) as base:
        base.execute("update alembic_version set version_num = '9999'")


def garbage(path):
    path.write_bytes(b"no database at all, but long enough to be looked at" * 40)


def folder(path):
    path.mkdir()


@pytest.mark.parametrize("prepare, told", [
    (newer, "made by a newer hedui"), (garbage, "not a sound database"), (folder, "cannot be opened"),
])
def test_what_is_no_store_is_told_in_one_line(tmp_path, prepare, told):
    prepare(tmp_path / "hedui.sqlite")
    with pytest.raises(StoreError, match=told) as caught:
        Store(tmp_path / "hedui.sqlite")
    assert "\n" not in str(caught.value) and "hedui.sqlite" in str(caught.value)


@pytest.mark.parametrize("address, told", [
    ("nosuch://somewhere/base", "not the address"), ("://", "not the address"),
    ("postgresql+nodriver://me:secret@host/base", "not the address|not installed"),
])
def test_bad_addresses(address, told):
    with pytest.raises(StoreError, match=told) as caught:
        Store(address)
    assert "secret" not in str(caught.value)


def test_full_disk_is_told_and_loses_nothing(tmp_path, made):
    found = made()
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(to_json(found), version=V)
        before = store.counts()
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        other = made("b.txt", found.document.text + "又及。" * 5)
        with pytest.raises(StoreError, match="磁盘已满"):
            for n in range(200):
                store.keep(to_json(other), version=f"v{n}")
        held = store.counts()
        assert held["outputs"] == held["results"] > 1 and held["records"] == 2 * held["documents"] == 4
        assert store.output(found.document.sha256, version=V) == to_json(found)
        assert before["results"] == 1


def test_many_small_writes_gather_in_the_log_before_they_go_over_into_the_file(tmp_path):
    path = tmp_path / "hedui.sqlite"
    with Store(path) as store:
        size = path.stat().st_size
        for number in range(8):
            with store.writing() as connection:
                connection.execute(text("INSERT INTO looks (key, told) VALUES (:key, zeroblob(1000000))"), {"key": str(number)})
        assert path.stat().st_size == size
        for number in range(8, 18):
            with store.writing() as connection:
                connection.execute(text("INSERT INTO looks (key, told) VALUES (:key, zeroblob(1000000))"), {"key": str(number)})
        assert path.stat().st_size > size + 8_000_000

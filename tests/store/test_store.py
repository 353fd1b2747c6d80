"""What goes into the store comes out, once, whatever happens in between."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect, text

from hedui.errors import StoreError
from hedui.export import to_json
from hedui.store import Store, tables
from hedui.store.engine import make_engine

V = "0.1.0+abc"


def test_keeping_twice_adds_nothing(tmp_path, made):
    found = made()
    with Store(tmp_path / "hedui.sqlite") as store:
        assert store.keep(found, to_json(found), version=V)
        once = store.counts()
        assert not store.keep(found, to_json(found), version=V)
        assert store.counts() == once
    assert once["documents"] == once["names"] == once["results"] == once["reports"] == once["issues"] == 1
    assert (once["mentions"], once["claims"], once["checks"], once["records"]) == (3, 4, 2, 2)


def test_output_comes_back_as_it_was(tmp_path, made):
    found = made()
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(found, to_json(found), version=V)
    with Store(tmp_path / "hedui.sqlite") as store:
        assert store.output(found.document.sha256, version=V) == to_json(found)
        with pytest.raises(StoreError, match="no result of other"):
            store.output(found.document.sha256, version="other")


def test_one_content_two_names_two_versions(tmp_path, made):
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(made("a.txt"), to_json(made("a.txt")), version=V)
        store.keep(made("b.txt"), to_json(made("b.txt")), version=V)
        store.add_name(made().document.sha256, "c.txt")
        store.keep(made("a.txt"), to_json(made("a.txt")), version="0.2.0+def")
        counts = store.counts()
    assert (counts["documents"], counts["names"], counts["results"], counts["claims"]) == (1, 3, 2, 8)


def test_done_is_of_one_version(tmp_path, made):
    found = made()
    digest = found.document.sha256
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(found, to_json(found), version=V)
        many = [f"{n:064x}" for n in range(1200)]
        assert store.done([*many, digest], version=V) == {digest}
        assert store.done([digest], version="0.2.0+def") == frozenset()


def test_rows_hold_exact_figures(tmp_path, made):
    found = made()
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(found, to_json(found), version=V)
    with sqlite3.connect(tmp_path / "hedui.sqlite") as base:
        (value,) = base.execute("select value from mentions where label = 'AMOUNT'").fetchone()
        (yuan,) = base.execute("select json_extract(fields, '$.yuan') from claims where type = 'fund'").fetchone()
    assert value == yuan == "12005000.00"


def test_runs_of_the_same_files_are_one(tmp_path, made):
    with Store(tmp_path / "hedui.sqlite") as store:
        first = store.start_run(["a" * 64, "b" * 64], version=V)
        assert store.start_run(["b" * 64, "a" * 64], version=V) == first
        assert store.start_run(["b" * 64], version=V) != first
        store.finish_run(first, {"a.txt": ("a" * 64, None), "坏.docx": (None, "不是 docx")})
        assert store.failures(first) == {"坏.docx": "不是 docx"}
        store.finish_run(first, {"a.txt": ("a" * 64, None), "坏.docx": ("b" * 64, None)})
        assert store.failures(first) == {}
        assert store.counts()["run_files"] == 2


def test_a_result_is_whole_or_not_there(tmp_path, made, monkeypatch):
    found = made()

    def broken(*_):
        yield tables.reports, [{"result": "nobody's", "place": 0, "id": "p", "start": 0, "end": 1, "kind": "x"}]

    monkeypatch.setattr("hedui.store.store.rows", broken)
    with Store(tmp_path / "hedui.sqlite") as store:
        with pytest.raises(StoreError):
            store.keep(found, to_json(found), version=V)
        assert set(store.counts().values()) == {0}
        monkeypatch.undo()
        assert store.keep(found, to_json(found), version=V)


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
        store.keep(found, to_json(found), version=V)
        with store.writing() as writer:
            writer.execute(text("delete from mentions"))
            assert store.counts()["mentions"] == 3
        assert store.counts()["mentions"] == 0


def test_two_open_a_new_store_at_once(tmp_path, made):
    found = [made(f"{n}.txt") for n in range(8)]

    def keep(one):
        with Store(tmp_path / "hedui.sqlite") as store:
            return store.keep(one, to_json(one), version=V)

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
        store.keep(found, to_json(found), version=V)
        before = store.counts()
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        other = made("b.txt", found.document.text + "又及。" * 5)
        with pytest.raises(StoreError, match="磁盘已满"):
            for n in range(200):
                store.keep(other, to_json(other), version=f"v{n}")
        held = store.counts()
        assert held["claims"] == 4 * held["results"]
        assert store.output(found.document.sha256, version=V) == to_json(found)
        assert before["results"] == 1

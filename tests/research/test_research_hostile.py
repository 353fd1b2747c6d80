"""What else lies in the way of a store: odd folders, results that change under it, questions that make no sense, two at once."""

import shutil

import pytest

from hedui.errors import StoreError, UsageError
from hedui.research import open_store


@pytest.mark.parametrize("name", ["province=甲", "year=2001", "a'b [1]"])
def test_folders_above_the_results_are_no_columns(store, out, name):
    place = out.parent / name / "out"
    place.parent.mkdir()
    opened = open_store(out.rename(place))
    for table in ("reports", "claims", "passages"):
        assert opened.table(table).arrow().equals(store.table(table).arrow()), table
    assert list(opened.mine("boilerplate").columns) == list(store.mine("boilerplate").columns)
    assert len(opened.mine("hedges")) == len(store.mine("hedges"))


def test_figures_of_a_report_are_asked_for_first(out, tmp_path):
    assert open_store(out, home=tmp_path / "home").reports.query("预算执行率<=100%").count() > 0


@pytest.mark.parametrize("table, wanted", [("mentions", {"conflict": True}), ("passages", {"conflict": False}), ("claims", {"report_year": "abc"})])
def test_conditions_that_make_no_sense_are_refused(store, table, wanted):
    with pytest.raises(UsageError):
        store.table(table).where(**wanted).count()


def test_the_case_of_names_in_sql_is_free(out, tmp_path):
    assert open_store(out, home=tmp_path / "home").sql("SELECT count(*) AS n FROM PASSAGES")["n"][0] > 0


def test_tables_that_gave_way_to_newer_ones_are_told(out, tmp_path):
    opened = open_store(out, home=tmp_path / "home")
    claims = opened.claims
    for folder in (tmp_path / "home").glob("tables-*"):
        shutil.rmtree(folder)
    for ask in (claims.count, claims.arrow, lambda: list(claims.batches()), lambda: opened.records, lambda: opened.sql("select * from claims")):
        with pytest.raises(StoreError, match="open_store"):
            ask()


def test_nothing_is_spilt_where_one_stands(store):
    (place,), = store.cursor().execute("select current_setting('temp_directory')").fetchall()
    assert place.startswith(str(store.home))


def test_results_of_no_reports(tmp_path, written):
    opened = open_store(written(tmp_path / "out"))
    assert [opened.table(name).count() for name in ("reports", "claims", "passages")] == [0, 0, 0]
    assert len(opened.mine("hedges")) == 0 == len(opened.mine("contradictions")) and opened.search("资金").count == 0


def test_outputs_that_come_back_have_passages_again(out, tmp_path):
    home = tmp_path / "home"
    shutil.move(out / "json" / "s01.json", tmp_path)
    assert open_store(out, home=home).passages.where(file="s01.txt").count() == 0
    shutil.move(tmp_path / "s01.json", out / "json")
    assert open_store(out, home=home).passages.where(file="s01.txt").count() > 0


def test_what_a_kill_left_of_findings_goes(out, tmp_path):
    left = tmp_path / "home" / "mining" / "boilerplate-0.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    open_store(out, home=tmp_path / "home").mine("boilerplate")
    assert not left.exists() and len(list(left.parent.glob("boilerplate-*.parquet"))) == 1

"""Search in PostgreSQL finds what search over SQLite finds, in the same order, and whoever searches need not know which it is."""

import json
import warnings
from dataclasses import replace

import pytest

from hedui.cli import main
from hedui.errors import UsageError
from hedui.research import open_store
from hedui.research.query import parse_query
from hedui.research.search import around
from hedui.research.search.postgres import search_postgres, update_postgres
from hedui.store import Store

QUERIES = ("执行率", "资金 到位", '"资金使用"', "1200万元", "满意度 type:indicator", "type:fund yuan>1000万", "conflict:yes", "率", "的",
           "-资金 执行率", "-资金", "-资金 conflict:yes", "region:江苏 资金", "year:2019..2022 率", "医保", "name:满意度 满意度>90%", "section:问题",
           "label:DOCNO", "-region:江苏 type:score", "it's\\", "龘龘", "资金 龘龘", "执行率 龘龘 -满意度", "file:S06.TXT 资金", "file:s06.txt",
           "预算资金执行情况 满意度", "项目 资金 管理 制度 绩效", "农村公路 资金", "绩效自评报告 满意度 资金", "kind:row 得分", "资金资金")


@pytest.fixture
def in_postgres(postgres, json_folder, tmp_path):
    """The same four samples in PostgreSQL, opened."""
    with Store(postgres) as database:
        for path in sorted(json_folder.glob("*.json")):
            database.keep(path.read_text(encoding="utf-8"), version="v")
    opened = open_store(postgres, home=tmp_path / "home")
    yield opened
    opened.close()


def told(hits):
    return [(hit.id, hit.score, hit.near, hit.marks, hit.claims, hit.checks, hit.conflicts, hit.section, hit.file, hit.unit) for hit in hits]


def answer(hits):
    return told(hits), hits.count, hits.more, hits.also, hits.loose


def test_both_databases_give_the_same_answers(in_postgres, store):
    empty = [query for query in QUERIES if answer(in_postgres.search(query, limit=500)) != answer(store.search(query, limit=500))]
    assert empty == []
    found = [store.search(query, limit=500) for query in QUERIES]
    assert sum(map(bool, found)) > 25 and any(hits.loose for hits in found) and any(hit.near for hits in found for hit in hits)
    assert not (in_postgres.home / "search").exists()


def test_pages_and_what_stands_around(in_postgres, store):
    for query in ("资金", "预算资金执行情况 满意度", "type:fund"):
        whole, found, after = told(store.search(query, limit=500)), [], None
        while len(found) < len(whole):
            page = in_postgres.search(query, limit=7, after=after)
            found, after = found + told(page), page.next
        assert found == whole and len(whole) > 10, query
    hit = store.search("资金", limit=1)[0]
    one, other = around(in_postgres, hit.id, "资金"), around(store, hit.id, "资金")
    assert (one.before, one.behind, one.hit.marks, one.hit.text) == (other.before, other.behind, other.hit.marks, other.hit.text)
    assert around(in_postgres, "t-000000000000-1") is None and around(in_postgres, "x") is None
    for nothing in ("", "——"):
        with pytest.raises(UsageError, match="没有要查的"):
            in_postgres.search(nothing)


def test_the_command_does_not_ask_which_it_is(in_postgres, store, postgres, json_folder, capsys):
    def asked(where, home):
        assert main(["search", str(where), "资金 type:fund", "--json", "-n", "5", "--home", str(home)]) == 0
        return json.loads(capsys.readouterr().out)

    assert asked(postgres, in_postgres.home) == asked(json_folder, store.home)


def test_all_share_one_index(in_postgres, postgres, json_folder, tmp_path):
    """Who opened the database before a later run takes nothing out that others put in."""
    path = sorted(json_folder.glob("*.json"))[0]
    told, count = json.loads(path.read_text(encoding="utf-8")), in_postgres.search("资金", limit=1).count
    told["source"] |= {"sha256": "f" * 64, "name": "又一份.txt"}
    with Store(postgres) as database:
        database.keep(json.dumps(told, ensure_ascii=False), version="v")
    assert in_postgres.search("资金", limit=1).count == count
    later = open_store(postgres, home=tmp_path / "later")
    more = later.search("资金", limit=1).count
    assert more > count and in_postgres.search("资金", limit=1).count == more
    with Store(postgres) as database:
        database.keep(json.dumps(told, ensure_ascii=False), version="newer")
    newest = open_store(postgres, home=tmp_path / "newest")
    assert newest.search("资金", limit=1).count == more
    assert {row.version for row in database_rows(postgres)} == {"v", "newer"}
    later.close()
    newest.close()


def database_rows(address):
    from sqlalchemy import text

    with Store(address) as database, database.reading() as connection:
        return connection.execute(text("select version from hedui_search.contents")).all()


@pytest.fixture
def reader(in_postgres, postgres, request):
    """The address of somebody who may read the results and nothing else; `reader(statement)` lets the owner say more."""
    from sqlalchemy import text

    name = f"reader_{postgres.partition('?')[0].rpartition('/')[2]}"

    def say(statement):
        with in_postgres.full_text.writing() as connection:
            connection.execute(text(statement.format(name=name)))

    say("create role {name} login")
    say("grant usage on schema public to {name}")
    say("grant select on all tables in schema public to {name}")
    yield postgres.replace("hedui@", f"{name}@"), say
    say("drop owned by {name}")
    say("drop role {name}")


def test_where_no_index_may_be_made_it_is_said_and_searched_all_the_same(reader, store, tmp_path, capsys):
    address, _ = reader
    opened = open_store(address, home=tmp_path / "reader")
    with pytest.warns(UserWarning, match="permission denied.*不许建或更新检索索引.*GRANT") as said:
        assert answer(opened.search("资金", limit=500)) == answer(store.search("资金", limit=500))
    assert len(said) == 1 and (tmp_path / "reader" / "search" / "index.sqlite").is_file()
    opened.close()
    assert main(["search", address, "资金", "--home", str(tmp_path / "reader")]) == 0
    lines = [line for line in capsys.readouterr().err.splitlines() if "hedui_search" in line]
    assert len(lines) == 1 and "Warning" not in lines[0] and lines[0].startswith("postgresql")


def test_where_no_index_may_be_made_the_file_is_asked_as_it_is_too(reader, store, tmp_path):
    """As a desk asks while newer results are put in order."""
    address, say = reader
    opened = open_store(address, home=tmp_path / "reader")
    with pytest.warns(UserWarning, match="hedui_search"):
        opened.search("资金")
    expected = answer(store.search("资金", limit=500))
    assert answer(opened.search("资金", limit=500, fresh=False)) == expected
    say("create schema hedui_search")
    say("create table hedui_search.about (name text, value text)")
    with pytest.warns(UserWarning, match="hedui_search"):
        assert answer(opened.search("资金", limit=500, fresh=False)) == expected
    opened.close()


def test_who_may_read_the_index_needs_no_more(reader, in_postgres, store, tmp_path):
    address, say = reader
    in_postgres.search("资金")
    say("grant usage on schema hedui_search to {name}")
    say("grant select on all tables in schema hedui_search to {name}")
    opened = open_store(address, home=tmp_path / "reader")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert answer(opened.search("资金", limit=500)) == answer(store.search("资金", limit=500))
    assert not (tmp_path / "reader" / "search").exists()
    opened.close()


def test_other_versions_are_searched_by_themselves(in_postgres, postgres, tmp_path):
    opened = open_store(postgres, home=tmp_path / "old", versions="v")
    assert len(opened.search("资金")) and (opened.home / "search" / "index.sqlite").is_file()
    opened.close()


def test_contents_come_and_go(postgres, of):
    held = [of("执行率93%。", name="甲"), of("执行率88%。", name="乙")]

    def found(*contents):
        by = {one.sha256: one for one in contents}
        update_postgres(database, {one.sha256: one.version for one in contents}, lambda wanted: (by[sha256] for sha256 in wanted))
        return sorted(hit.text for hit in search_postgres(database, parse_query("执行率")))

    with Store(postgres) as database:
        assert found(*held) == ["执行率88%。", "执行率93%。"]
        assert found(held[1]) == ["执行率88%。"]
        again = replace(held[1], version="2", passages=[{**held[1].passages[0], "text": "执行率77%。"}])
        assert found(again, held[0]) == ["执行率77%。", "执行率93%。"]


@pytest.mark.parametrize("text", ["'); drop schema hedui_search; --", "a:*&b|!c", "\\'"])
def test_signs_of_the_language_of_queries_are_just_signs(postgres, of, text):
    with Store(postgres) as database:
        one = of(f"资金{text}到位。")
        update_postgres(database, {one.sha256: "1"}, lambda wanted: iter([one]))
        assert len(search_postgres(database, parse_query(f'"{text}" 资金'))) == 1


@pytest.mark.parametrize("sign", ["a" * 5000, "7" * 3000])
def test_signs_longer_than_a_lexeme_may_be_are_found(postgres, of, sign):
    with Store(postgres) as database:
        one = of(f"资金{sign}到位。")
        update_postgres(database, {one.sha256: "1"}, lambda wanted: iter([one]))
        for query in ("资金", sign, f'"{sign}到位"'):
            assert len(search_postgres(database, parse_query(query))) == 1, query

"""Search over PostgreSQL finds what search over SQLite finds."""

from dataclasses import replace
from functools import partial

import pytest

from hedui.research.query import parse_query
from hedui.research.search.asking import place_of
from hedui.research.search.find import fetched
from hedui.research.search.postgres import search_postgres, update_postgres
from hedui.store import Store

QUERIES = ("执行率", "资金 到位", '"资金使用"', "1200万元", "满意度 type:indicator", "type:fund yuan>1000万", "conflict:yes",
           "-资金 执行率", "region:江苏 资金",
           "year:2019..2022 率", "医保", "name:满意度 满意度>90%", "section:问题", "label:DOCNO", "-region:江苏 type:score", "it's\\")


def test_both_databases_find_the_same(postgres, store):
    with Store(postgres) as database:
        wanted = {key.sha256: key.version for key in store.keys}
        update_postgres(database, wanted, partial(fetched, store))
        for query in QUERIES:
            one, other = search_postgres(database, parse_query(query), limit=500), store.search(query, limit=500)
            assert {hit.id for hit in one} == {hit.id for hit in other if not (hit.near or other.loose)}, query
            facts = {hit.id: (hit.marks, set(hit.claims), set(hit.conflicts), hit.section) for hit in other}
            assert all(facts[hit.id] == (hit.marks, set(hit.claims), set(hit.conflicts), hit.section) for hit in one)
        whole = [hit.id for hit in search_postgres(database, parse_query("资金"), limit=500)]
        first = search_postgres(database, parse_query("资金"), limit=7)
        rest = search_postgres(database, parse_query("资金"), limit=500, after=place_of(first.next))
        assert [hit.id for hit in first] + [hit.id for hit in rest] == whole and len(whole) > 20


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

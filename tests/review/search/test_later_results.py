"""A desk that stays open shows what later runs into the same folder leave, without being asked to."""

import time
from functools import partial
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from hedui.export import to_json
from hedui.export.columnar import Kept, Key
from hedui.export.lake import append, open_lake
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.research import open_store
from hedui.review.app import application
from hedui.review.searching import Searching, stamp_at
from hedui.review.security import LASTS, digest_of
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import add_person, open_session

REPORT = """{place}2022年农村公路养护补助资金绩效自评报告
一、资金情况
全年预算安排1200万元，实际支出1140万元，预算执行率95.00%。{place}资金及时足额到位。
自评得分93.5分，等级为优。
"""


@pytest.fixture
def desk(tmp_path):
    """`run(place, lake=)` is a run over one more report; `ask(path)` a page of the desk, which stays open."""
    out = tmp_path / "out"
    out.mkdir()
    with Store(out / "hedui.sqlite") as store:
        person = add_person(store, name="甲", role="annotator", secret="x")
        open_session(store, digest_of("told"), person.id, csrf="c", lasts=LASTS)
        opened = []

        def open_results():
            opened.append(open_store(out))
            return opened[-1]

        searching = Searching(open_results, partial(stamp_at, store, str(out)))
        client = TestClient(application(Desk(store=store, out=str(out), searching=searching)), cookies={"hedui": "told"})

        def run(place, *, lake=True):
            found = extract(read_bytes(REPORT.format(place=place).encode(), f"{place}.txt"))
            store.keep(to_json(found), version="v")
            if lake:
                append(open_lake(str(out / "lake")), [Kept(key=Key(found.document.sha256, "v", f"{place}.txt"), output=to_json(found).encode())])

        def found(word):
            """How many files a search finds, once what is new is there."""
            end = time.monotonic() + 60
            while True:
                told = client.get("/search", params={"q": f'"{word}"'}).text
                if "/search/far" not in told and "正在加入" not in told:
                    return told.count('class="fname')
                assert time.monotonic() < end, told
                time.sleep(0.05)

        yield SimpleNamespace(run=run, found=found, ask=lambda path: client.get(path), opened=opened, searching=searching, out=out)


def test_search_finds_what_a_later_run_added(desk):
    desk.run("云岭县")
    assert (desk.found("云岭县资金及时"), desk.found("青溪县资金及时")) == (1, 0)
    desk.run("青溪县")
    assert (desk.found("青溪县资金及时"), desk.found("云岭县资金及时")) == (1, 1)
    for _ in range(3):
        desk.found("云岭县资金及时")
    assert len(desk.opened) == 2, "results are opened anew only when they have changed"


def test_search_without_a_lake_goes_by_the_store_until_there_is_one(desk):
    desk.run("云岭县", lake=False)
    assert desk.found("云岭县资金及时") == 1
    desk.run("青溪县", lake=False)
    assert desk.found("青溪县资金及时") == 1


def test_pictures_show_what_a_later_run_added(desk):
    assert desk.ask("/research").status_code == 404, "no run has left anything yet"
    desk.run("云岭县")
    first = desk.ask("/research")
    assert first.status_code == 200 and "n = 1 份" in first.text
    desk.run("青溪县")
    assert "n = 2 份" in desk.ask("/research").text


def test_old_results_are_searched_until_the_new_ones_are_ready(desk):
    desk.run("云岭县")
    assert desk.found("云岭县资金及时") == 1
    opened, far = desk.searching.opened, []

    def slowly():
        while not far:
            time.sleep(0.01)
        return opened()

    desk.searching.opened = slowly
    desk.run("青溪县")
    told = desk.ask('/search?q="云岭县资金及时"').text
    assert told.count('class="fname') == 1 and "正在加入" in told
    passage = told.partition("/search/at/")[2].partition("?")[0]
    assert desk.ask(f"/search/at/{passage}").status_code == 200 and desk.ask("/search/near/c-000000000000").status_code == 503
    far.append(True)
    assert desk.found("青溪县资金及时") == 1


def test_results_that_cannot_be_opened_leave_the_old_ones(desk):
    desk.run("云岭县")
    assert desk.found("云岭县资金及时") == 1
    manifest = next((desk.out / "lake").glob("*.json"))
    whole = manifest.read_bytes()
    manifest.write_text("broken", encoding="utf-8")
    end, told = time.monotonic() + 60, ""
    while "新的结果打不开" not in told:
        assert time.monotonic() < end, told
        told = desk.ask('/search?q="云岭县资金及时"').text
        assert told.count('class="fname') == 1
    assert "正在加入" not in told and desk.ask("/search/near/c-000000000000").status_code == 503
    manifest.write_bytes(whole)
    desk.run("青溪县")
    assert desk.found("青溪县资金及时") == 1

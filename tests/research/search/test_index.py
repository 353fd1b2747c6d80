"""The index grows and shrinks by contents, is the same however it came about, and survives what may happen to it."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest

from hedui.research import open_store
from hedui.research.query import parse_query
from hedui.research.search.find import found_in, index_path
from hedui.research.search.index import held_in, update

TEXTS = ("预算执行率93.8%。", "资金及时足额到位。", "执行率未达目标，资金滞后。", "满意度95%。")
QUERIES = ("执行率", "资金", "执行率 资金", '"及时足额"', "93.8%", "-资金 执行率")


def answers(path):
    return [[(hit.text, hit.file, hit.score) for hit in found_in(path, parse_query(query), limit=50, after=None, expand=True)] for query in QUERIES]


def test_an_index_is_the_same_however_it_came_about(tmp_path, indexed, of):
    contents = [of(*TEXTS[at % 3:], name=f"{at}.txt", report_unit=f"第{at}局") for at in range(9)]
    newer = of(*TEXTS, "另加一句执行率。", name="0.txt")
    indexed(tmp_path / "whole.sqlite", *contents[1:], newer)
    grown = tmp_path / "grown.sqlite"
    assert len(indexed(grown, *contents[:4])) == 4
    assert len(indexed(grown, *contents[2:7])) == 3
    assert len(indexed(grown, *contents)) == 4
    assert len(indexed(grown, *contents[1:], newer)) == 1
    assert indexed(grown, *contents[1:], newer) == []
    assert answers(grown) == answers(tmp_path / "whole.sqlite") and answers(grown)[0]


def test_another_reading_of_a_content_takes_the_place_of_the_first(tmp_path, indexed, of):
    from dataclasses import replace

    first, path = of("执行率93%。"), tmp_path / "index.sqlite"
    indexed(path, first)
    indexed(path, replace(first, version="2", passages=[{**first.passages[0], "text": "支出率93%。"}]))
    assert [hit.text for hit in found_in(path, parse_query("93%"), limit=9, after=None, expand=True)] == ["支出率93%。"]
    assert held_in(path) == {first.sha256: "2"}


def test_pages_behind_one_another_are_all_there_is_once(tmp_path, indexed, of):
    path = tmp_path / "index.sqlite"
    indexed(path, *(of(*TEXTS, name=f"{at}.txt", report_unit="资金管理局") for at in range(12)))
    whole = found_in(path, parse_query("执行率 资金"), limit=500, after=None, expand=True)
    seen, after = [], None
    while True:
        from hedui.research.search.stages import place_of

        hits = found_in(path, parse_query("执行率 资金"), limit=7, after=place_of(after), expand=True)
        assert hits.count == whole.count
        if not len(hits):
            break
        seen += [(hit.sha256, hit.id) for hit in hits]
        after = hits[-1].place
    assert seen == [(hit.sha256, hit.id) for hit in whole] and len(seen) == len(set(seen)) == whole.count == 24


BUILD = """
import sys, time
from hedui.research.search import index
from tests_content import contents
index.BATCH = 2
def fetch(wanted):
    for at, one in enumerate(one for one in contents() if one.sha256 in wanted):
        if at == 9: print("here", flush=True); time.sleep(60)
        yield one
from pathlib import Path
index.update(Path(sys.argv[1]), {one.sha256: one.version for one in contents()}, fetch)
"""


def test_a_build_that_was_killed_goes_on_where_it_was(tmp_path, indexed, of):
    contents = sorted((of(*TEXTS, name=f"{at}.txt") for at in range(12)), key=lambda one: one.sha256)
    (tmp_path / "tests_content.py").write_text(f"from hedui.research.search.contents import Content\ndef contents():\n    return {contents!r}\n")
    path = tmp_path / "index.sqlite"
    child = subprocess.Popen([sys.executable, "-c", BUILD, str(path)], cwd=tmp_path, stdout=subprocess.PIPE, text=True,
                             env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert child.stdout.readline() == "here\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert len(held_in(path)) == 8
    assert len(indexed(path, *contents)) == 4
    indexed(tmp_path / "whole.sqlite", *contents)
    assert answers(path) == answers(tmp_path / "whole.sqlite")


@pytest.mark.parametrize("harm", ["cut", "noise", "other rules", "gone"])
def test_an_index_that_cannot_be_used_is_made_anew(tmp_path, json_folder, harm):
    store = open_store(json_folder, home=tmp_path / "home")
    before = [hit.id for hit in store.search("资金", limit=50)]
    path = index_path(store.home)
    size = path.stat().st_size
    if harm == "other rules":
        with sqlite3.connect(path) as connection:
            connection.execute("update about set value = 'x'")
        connection.close()
    elif harm == "gone":
        path.unlink()
    else:
        whole = path.read_bytes()
        path.write_bytes(whole[:size // 3] if harm == "cut" else whole[:4096] + os.urandom(size - 4096))
    if harm in ("cut", "noise"):
        with pytest.warns(UserWarning, match="made anew"):
            after = [hit.id for hit in store.search("资金", limit=50)]
    else:
        after = [hit.id for hit in store.search("资金", limit=50)]
    assert after == before and before


def test_who_comes_while_another_makes_the_index_waits_and_makes_nothing_again(tmp_path, of):
    contents = {one.sha256: one for one in (of(*TEXTS, name=f"{at}.txt") for at in range(3))}
    wanted, path, fetched = {sha256: one.version for sha256, one in contents.items()}, tmp_path / "search" / "index.sqlite", []

    def second(sha256s):
        fetched.extend(sha256s)
        return iter([contents[one] for one in sha256s])

    other = threading.Thread(target=update, args=(path, wanted, second))

    def first(sha256s):
        other.start()
        other.join(0.5)
        return iter([contents[one] for one in sha256s])

    update(path, wanted, first)
    other.join()
    assert fetched == [] and held_in(path) == wanted


def test_two_who_index_at_once_come_to_one_index(tmp_path, json_folder):
    ask = "import sys; from hedui.research import open_store; print(len(open_store(sys.argv[1], home=sys.argv[2]).search('资金', limit=500)))"
    call = [sys.executable, "-c", ask, str(json_folder), str(tmp_path / "home")]
    both = [subprocess.Popen(call, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [child.communicate(timeout=120)[0].strip() for child in both]
    assert [child.returncode for child in both] == [0, 0] and told[0] == told[1] != "0"


def test_filters_find_what_the_tables_hold(store):
    wanted = store.claims.where(type="fund", yuan=(10_000_000, None)).arrow(["id"])["id"].to_pylist()
    hits = store.search("type:fund yuan>=1000万", limit=500)
    assert sorted(one for hit in hits for one in hit.claims) == sorted(wanted) and wanted
    conflicts = store.checks.where(verdict="conflict").arrow(["id"])["id"].to_pylist()
    assert {one for hit in store.search("conflict:yes", limit=500) for one in hit.conflicts} == set(conflicts) and conflicts


def test_hits_lie_in_the_text_as_they_say(store, json_folder):
    import json

    texts = {told["source"]["sha256"]: told["text"] for told in (json.loads(path.read_text()) for path in json_folder.glob("*.json"))}
    hits = store.search("资金", limit=300)
    assert len(hits) > 30 and all(hit.text == texts[hit.sha256][hit.start:hit.end] for hit in hits if hit.kind != "row")
    frame = hits.frame()
    assert list(frame["id"]) == [hit.id for hit in hits] and "<mark>资金</mark>" in hits._repr_html_()

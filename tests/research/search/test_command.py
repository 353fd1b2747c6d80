"""`hedui search` as people call it."""

import csv
import io
import json

import pytest

from hedui.cli import main


@pytest.fixture
def asked(json_folder, store, capsys):
    """`asked(*arguments)`: what a call comes to, its lines and what it said beside."""
    def call(*arguments):
        code = main(["search", str(json_folder), *arguments, "--home", str(store.home)])
        told = capsys.readouterr()
        return code, told.out, told.err
    return call


def test_hits_are_told_for_people(asked):
    code, out, err = asked("满意度", "-n", "3")
    lines = out.splitlines()
    assert code == 0 and len(lines) == 6 and "满意度" in lines[0] and "\x1b" not in out and "满意率" in err and "3 / " in err


def test_hits_as_json_go_on_behind_the_last(asked, store):
    told = json.loads(asked("资金 type:fund", "--json", "-n", "4")[1])
    more = json.loads(asked("资金 type:fund", "--json", "-n", "4", "--after", told["next"])[1])
    assert [one["id"] for one in told["hits"] + more["hits"]] == [hit.id for hit in store.search("资金 type:fund", limit=8)]
    assert told["count"] > 8 and all(one["text"][start:end] for one in told["hits"] for start, end in one["marks"])


def test_hits_as_csv(asked):
    rows = list(csv.DictReader(io.StringIO(asked("执行率", "--csv")[1])))
    assert rows and all(row["text"] and row["sha256"] for row in rows)


def test_nothing_found_and_what_cannot_be_understood(asked):
    assert asked("龘龘")[0] == 1
    code, out, err = asked("regoin:新疆")
    assert code == 2 and out == "" and "region" in err and len(err.strip().splitlines()) == 1


def test_neighbours_of_a_claim(asked, store):
    claim = store.claims.where(type="indicator").arrow(["id"])["id"][0].as_py()
    assert len(json.loads(asked(claim, "--near", "--json", "-n", "2")[1])) == 2
    assert asked("c-000000000000", "--near")[0] == 2

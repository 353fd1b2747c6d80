"""The load test runs: people at a real server are timed, and no act is lost when it is killed."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hedui.store import Store
from hedui.store.trail import all_events

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")
if BENCHMARKS not in sys.path:
    sys.path.append(BENCHMARKS)

review_load = pytest.importorskip("review_load", reason="httpx is not installed")
import review_load_kills  # noqa: E402
from review_load_desk import Client, Server  # noqa: E402

KILLS = 3


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A store of 40 copies of two reports, and a server that is not started."""
    url = f"sqlite:///{tmp_path_factory.mktemp('load') / 'hedui.sqlite'}"
    names = review_load.made_store(url, reports=40, people=3, originals=2)
    server = Server(url=url)
    yield server, url, names
    server.kill()


def test_no_act_is_lost_when_the_server_is_killed(desk):
    server, url, names = desk
    told = review_load_kills.killed(server, url, names, kills=KILLS)
    assert told.good, list(told.lines())
    assert told.kills == KILLS and sum(one.status == 200 for one in told.asked) >= KILLS
    with Store(url) as store:
        events = tuple(all_events(store))
    answered = next(one for one in told.asked if one.status == 200 and one.act == "note")
    lost = [one for one in events if one.group != answered.group]
    twice = [*events, next(one for one in events if one.group == answered.group)]
    strange = [*events, replace(events[-1], group="nobody-asked")]
    assert [line.split(":")[0] for found in (lost, twice, strange) for line in review_load_kills.wrongs(told.asked, found)] == [
        "lost", "doubled", "invented"]


def test_an_act_that_is_asked_again_stands_once(desk):
    """Of a decision, and of taking it back, when there is nothing left to take back."""
    server, url, names = desk
    server.start()
    client = Client(server.base, names[0])
    client.sign_in()
    at = client.desk(client.next_address())
    for form in (client.decided(at), client.form(at, "undo")):
        assert [client.post(at, form).status_code for _ in range(3)] == [200, 200, 200]
        with Store(url) as store:
            assert sum(event.group == form["group"] for event in all_events(store)) == 1


def test_people_are_timed(desk, monkeypatch):
    server, _, names = desk
    monkeypatch.setattr(review_load, "THINK", (0.0, 0.1))
    if server.running is None:
        server.start()
    waited = review_load.loaded(server, names, seconds=1.5, warm=1)
    assert not waited.errors
    assert all(waited.times[what] for what in ("queue", "filtered")) and min(waited.times["queue"]) > 0
    assert 10 < server.memory()[0] <= server.memory()[1]

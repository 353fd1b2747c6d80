"""A run followed through its ledger: each document is told once, whatever the clocks say and though the store was away."""

import io
import json
import threading
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from hedui.errors import StoreError
from hedui.export.json import to_json
from hedui.store import Store, ledger
from hedui.store.ledger import Input, Place
from hedui.store.settled import settled_since
from hedui.watching.log import Journal
from hedui.watching.meters import Meters
from hedui.watching.watch import Watch, repeatedly, watched

BEGAN = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)


@pytest.fixture
def told():
    """What was told so far of the rows in `.rows`, which stand for a ledger."""
    class Told:
        def __init__(self):
            self.rows, self.stream, self.away = [], io.StringIO(), False
            self.watch = Watch(self.settled, began=BEGAN, journal=Journal(self.stream, run="r-1"))

        def settled(self, since, told):
            if self.away:
                raise StoreError("连不上 · away")
            return [(row, 10) for row in self.rows if row.changed >= since and (row.sha256, row.changed) not in told]

        def names(self):
            return [json.loads(one)["sha256"][-3:] for one in self.stream.getvalue().splitlines()]

    return Told()


def at(seconds):
    return BEGAN + timedelta(seconds=seconds)


def test_each_row_is_told_once(told, line):
    told.rows = [line(1, changed=at(-5)), line(2, changed=at(1)), line(3, changed=at(2))]
    assert told.watch.look() == 2 and told.watch.look() == 0
    told.rows += [line(4, changed=at(2)), line(5, changed=at(200))]
    assert told.watch.look() == 2
    told.rows[1] = line(2, changed=at(230))  # read anew
    assert told.watch.look() == 1 and told.watch.look() == 0
    assert told.names() == ["002", "003", "004", "005", "002"]


def test_a_row_of_a_machine_whose_clock_is_late(told, line):
    told.rows = [line(1, changed=at(300))]
    told.watch.look()
    told.rows += [line(2, changed=at(245)), line(3, changed=at(235))]
    assert told.watch.look() == 1 and told.names() == ["001", "002"]


def test_a_store_that_was_away_is_caught_up_with(told, line):
    with watched(told.watch, every=0.01):
        told.away = True
        told.rows = [line(1, changed=at(1))]
        time.sleep(0.05)
        assert told.names() == []
        told.away = False
    assert told.names() == ["001"]


def test_looks_take_a_fiftieth_of_the_time_at_most(monkeypatch):
    rests, now = [], [0.0]

    class Over(threading.Event):
        def wait(self, timeout=None):
            rests.append(timeout)
            return len(rests) == 4

    def look():
        now[0] += (0.01, 0.4, 0.01, 0)[len(rests) - 1]

    monkeypatch.setattr("hedui.watching.watch.threading", SimpleNamespace(Event=Over, Thread=threading.Thread))
    monkeypatch.setattr("hedui.watching.watch.time", SimpleNamespace(monotonic=lambda: now[0]))
    with repeatedly(look, every=1.0):
        pass
    assert rests == [1.0, 1.0, pytest.approx(20.0), 1.0]


def test_the_ledger_of_a_store(made, tmp_path):
    findings = made()
    began = datetime.now(UTC)
    with Store(tmp_path / "store.sqlite") as store:
        good, bad, later = findings.document.sha256, "b" * 64, "c" * 64
        entered = [Input(sha256=key, name=name, path=name, bytes=9, places=(Place(place=name, name=name, sha256=key),))
                   for key, name in ((good, "好.txt"), (bad, "坏.txt"), (later, "后.txt"))]
        ledger.enter(store, entered, version="v", run="r" * 14, stage_of=lambda _: "read")
        ledger.claim(store, [good, bad], holder="h")
        store.keep(to_json(findings), version="v")
        with store.writing() as connection:
            ledger.done(connection, {good: 0.25}, version="v")
        ledger.failed(store, bad, "有密码保护 / password-protected", version="v", seconds=0.1)
        meters = Meters(totals=lambda: ledger.totals(store), workers=lambda: 1, version="v")
        watch = Watch(lambda since, told: settled_since(store, since, run="r" * 14, told=told), began=began, meters=meters)
        assert watch.look() == 2 and watch.look() == 0
        assert [(row.name, characters > 0) for row, characters in settled_since(store, began)] == [("好.txt", True), ("坏.txt", False)]
        assert [row.name for row, _ in settled_since(store, datetime.now(UTC))] == []
        value = meters.registry.get_sample_value
        assert value("hedui_characters_total") == len(findings.document.text) and value("hedui_failures_total", {"kind": "protected"}) == 1
        assert value("hedui_document_seconds_count", {"media_type": "text/plain"}) == 1
        assert [value("hedui_documents", {"state": state}) for state in ("done", "failed", "seen")] == [1, 1, 1]

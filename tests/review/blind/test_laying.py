"""Tasks laid out behind the desk's back: where it was broken off it goes on, and who asks meanwhile is told so."""

from threading import Event
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from hedui.commands.review import told_of
from hedui.errors import StoreError
from hedui.export import to_json
from hedui.review import laying, pages_adjudicate
from hedui.review.laying import Laying, lay_out_all
from hedui.review.routing import Routing
from hedui.store.blind import doubled
from hedui.store.tasks import Filter, listed

ALL = Routing(below=2.0, audit=0.0, double=1.0)


@pytest.fixture
def many(store, people, made):
    """Six reports whose tasks are not laid out."""
    for n in range(6):
        found = made("云岭县.txt", f"{made().document.text}第{n}份。")
        store.keep(to_json(found), version="v")
    return store


def stands(store):
    return {one.id: one.state for one in listed(store, Filter(state=None), limit=1000)}, {one.sha256 for one in doubled(store)}


@pytest.mark.parametrize("steps", [0, 1, 3, 7, 8, 11])
def test_broken_off_anywhere_it_goes_on_there(many, steps):
    left = iter(range(steps))
    first = lay_out_all(many, ALL, stop=lambda: next(left, None) is None)
    before = stands(many)
    again = lay_out_all(many, ALL)
    tasks, twice = stands(many)
    assert first.tasks + again.tasks == len(tasks) > 0 and first.doubled + again.doubled == len(twice) == 6
    assert before[0].keys() < tasks.keys() or steps > 6
    assert before[1] < twice and set(tasks.values()) == {"blind"}
    assert lay_out_all(many, ALL).tasks == 0


@pytest.fixture
def slow(monkeypatch):
    """Laying out waits at its first file until it is let go."""
    held = SimpleNamespace(there=Event(), go=Event())
    of = laying.tasks_of

    def waits(*given, **more):
        held.there.set()
        assert held.go.wait(20)
        return of(*given, **more)

    monkeypatch.setattr(laying, "tasks_of", waits)
    monkeypatch.setattr(pages_adjudicate, "PATIENCE", 0.05)
    yield held
    held.go.set()


def test_the_desk_is_open_meanwhile_and_says_so(many, slow, client_of, people):
    admin = client_of(people[4])
    desk = admin.app.state.desk
    found = admin.post("/adjudicate", data={})
    assert found.status_code == 200 and "正在分发" in found.text
    under_way = desk.laying.begin()
    assert not under_way.done() and "待办还在安排" in admin.get("/queue").text
    slow.go.set()
    assert under_way.result(20).tasks > 0
    found = admin.get("/queue").text
    assert "待办还在安排" not in found and "云岭县.txt" in found


def test_it_ends_between_two_files_when_it_is_told_to(many, slow):
    one = Laying(many, ALL)
    under_way = one.begin()
    assert slow.there.wait(20)
    one.stopped.set()
    slow.go.set()
    one.stop()
    assert under_way.result(0).doubled == 0 and not doubled(many)
    assert len({task.sha256 for task in listed(many, Filter(state=None), limit=1000)}) == 1


def test_what_goes_wrong_is_one_line_at_the_terminal(many, capsys):
    with many.writing() as connection:
        connection.execute(text("DROP TABLE tasks"))
    one = Laying(many, ALL)
    found = one.begin()
    one.pool.shutdown()
    told_of(found)
    assert isinstance(found.exception(), StoreError) and capsys.readouterr().err.splitlines() == [f"✗ {found.exception()}"]

"""A process that hangs, crashes or runs out of memory is lost with its one item."""

import faulthandler
import multiprocessing
import os
import signal
import tempfile
import time
from pathlib import Path

import pytest

from hedui import isolation
from hedui.isolation import Allowance, Crew, Lost, memory_now
from hedui.progress import step

FORK = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system does not fork")
pytestmark = FORK
MB = 1_000_000
KEPT = []


def life(item):
    """What an item has its process do."""
    kind, _, rest = item.partition(" ")
    if kind == "hang":
        time.sleep(3600)
    if kind == "die":
        os._exit(int(rest))
    if kind == "signal":
        faulthandler.disable()
        os.kill(os.getpid(), int(rest))
    if kind == "grow":
        held = [bytearray(MB) for _ in range(int(rest))]
        return f"{len(held)} MB"
    if kind == "keep":
        KEPT.append(b"x" * int(rest) * MB)
    if kind == "raise":
        raise ValueError(rest)
    if kind == "lambda":
        return lambda: None
    if kind == "want":
        raise MemoryError
    if kind == "litter":
        Path(tempfile.mkdtemp(), "x").write_bytes(b"x")
        time.sleep(3600 if rest else 0)
        return tempfile.gettempdir()
    if kind == "mark":
        Path(rest).touch()
    if kind == "steps":
        for done in range(int(rest)):
            time.sleep(0.1)
            step("page", done + 1, int(rest))
    return f"{item} by {os.getpid()}"


def is_ready(item):
    """Whether an item may wait behind another."""
    return not item.startswith("steps")


def crew(workers=1, ahead=False, **allowed):
    # a process that is forked has what this one holds, which other tests have filled
    allowance = Allowance(**{"still": 60, "seconds": 600, "memory": 3000 * MB + 2 * memory_now()} | allowed)
    return Crew(function=life, workers=workers, allowance=allowance, context=multiprocessing.get_context("fork"), ahead=is_ready if ahead else None)


@pytest.mark.parametrize("item, allowed, lost", [
    ("hang", {"still": 0.6}, Lost(why="still")),
    ("steps 600", {"seconds": 1.2, "still": 30}, Lost(why="slow")),
    ("die 7", {}, Lost(why="crash", code=7)),
    (f"signal {signal.SIGSEGV:d}", {}, Lost(why="crash", code=-signal.SIGSEGV)),
    (f"signal {signal.SIGKILL:d}", {}, Lost(why="memory", code=-signal.SIGKILL)),
    (f"signal {signal.SIGABRT:d}", {}, Lost(why="memory", code=-signal.SIGABRT)),
])
@pytest.mark.parametrize("workers, ahead", [(1, False), (2, False), (1, True), (2, True)])
def test_one_is_lost_and_the_others_are_done(item, allowed, lost, workers, ahead):
    with crew(workers, ahead, **allowed) as readers:
        came = list(readers.results(["a", item, "b", "c"]))
    found = dict(came)
    assert len(came) == len(found) == 4 and found[item] == lost and found[item].seconds < 30
    assert [found[one].split(" by ")[0] for one in "abc"] == ["a", "b", "c"]


@pytest.mark.parametrize("item, why, said", [
    ("raise x", "crash", "unexpected ValueError at test_isolation.py:"), ("lambda", "crash", "pickle"), ("want", "memory", "")])
def test_what_is_raised_is_told_and_no_process_lost(item, why, said, capfd):
    with crew() as readers:
        found = dict(readers.results([item, "a"]))
    assert found[item].why == why and said in found[item].said and found["a"].startswith("a by")
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("item", ["litter", "litter on"])
def test_what_a_process_leaves_lying_is_cleared_up(item, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with crew(still=0.6) as readers:
        made = dict(readers.results([item]))[item]
        assert isinstance(made, Lost) or Path(made).parent == tmp_path
    assert not list(tmp_path.iterdir())


def test_memory_has_an_end():
    with crew(memory=2000 * MB) as readers:
        found = dict(readers.results(["grow 4000", "a"]))
    assert isinstance(found["grow 4000"], Lost)
    assert found["a"].startswith("a by")


@pytest.mark.parametrize("ahead", [False, True])
def test_a_process_that_has_grown_makes_way(ahead, monkeypatch):
    monkeypatch.setattr(isolation, "GROWN", (isolation.memory_now() + 500 * MB) / (8000 * MB))
    with crew(ahead=ahead, memory=8000 * MB) as readers:
        (_, before), (_, grown), (_, after) = readers.results(["a", "keep 1000", "b"])
    assert before.split(" by ")[1] == grown.split(" by ")[1] != after.split(" by ")[1]


def test_a_process_goes_on_while_nobody_listens(tmp_path):
    first, second, third = (tmp_path / name for name in "123")
    with crew(ahead=True) as readers:
        came = readers.results([f"mark {one}" for one in (first, second, third)])
        next(came)
        end = time.monotonic() + 30
        while not third.exists() and time.monotonic() < end:
            time.sleep(0.01)
        assert third.exists() and len(list(came)) == 2


def test_what_takes_long_does_not_wait_while_others_are_free():
    items = ["steps 20", "a", "steps 21", "b", "c"]
    with crew(2, ahead=True) as readers:
        by = {item: made.split(" by ")[1] for item, made in readers.results(items)}
    assert by.keys() == set(items) and by["steps 20"] != by["steps 21"]


def test_large_items_do_not_wait_for_one_another(no_hang):
    items = [f"{name}{'x' * 2 * MB}" for name in "abcdef"]
    with no_hang(), crew(2, ahead=True) as readers:
        assert {item for item, made in readers.results(items) if made.startswith(item)} == set(items)


def test_who_moves_is_given_time():
    heard = []
    with crew(still=2) as readers:
        found = dict(readers.results(["steps 25"], on_step=lambda *said: heard.append(said)))
    assert not isinstance(found["steps 25"], Lost)
    assert heard == [("page", done + 1, 25) for done in range(25)]


@pytest.fixture
def others():
    """Processes that are none of a test's own: those that other tests keep warm."""
    return set(multiprocessing.active_children())


def test_processes_are_kept_and_ended(others):
    with crew() as readers:
        first, second = dict(readers.results(["a"])), dict(readers.results(["b"]))
        assert first["a"].split(" by ")[1] == second["b"].split(" by ")[1]
    assert set(multiprocessing.active_children()) <= others


def test_a_crew_that_is_left_early_leaves_nothing_behind(others):
    with crew(2) as readers:
        started = readers.results(["a", "hang", "hang 2"])
        assert next(started)[0] == "a"
    assert set(multiprocessing.active_children()) <= others


def test_a_process_killed_while_it_waits_is_replaced(others):
    with crew() as readers:
        first = dict(readers.results(["a"]))
        os.kill(int(first["a"].split(" by ")[1]), signal.SIGKILL)
        end = time.monotonic() + 30
        while set(multiprocessing.active_children()) - others and time.monotonic() < end:
            time.sleep(0.01)
        assert dict(readers.results(["b"]))["b"].startswith("b by")


def test_who_has_an_answer_is_not_late_because_nobody_listened():
    with crew(2, still=0.8) as readers:
        came = readers.results(["a", "steps 3"])
        first = next(came)[0]
        time.sleep(2)
        found = dict(came)
    assert first == "a" and not isinstance(found["steps 3"], Lost)

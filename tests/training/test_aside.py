"""Jobs side by side: results in order, errors passed on, a lost process told in one line."""

import os
import time
from multiprocessing import active_children

import pytest

from hedui.errors import StoreError
from hedui.training.aside import processes, workers_for


def test_results_in_the_order_of_the_jobs_and_errors():
    heard = []
    with processes() as aside:
        assert aside.side_by_side(abs, [-3, -1, -2], lambda done, total: heard.append((done, total))) == [3, 1, 2]
        first = aside.pool
        assert aside.side_by_side(len, ["a", ""]) == [1, 0] and aside.pool is first
        with pytest.raises(ZeroDivisionError):
            aside.side_by_side(one_over, [1, 0])
    assert heard == [(1, 3), (2, 3), (3, 3)] and aside.pool is None


def test_who_stops_leaves_nobody_behind():
    def stop(done, total):
        raise KeyboardInterrupt

    others = set(active_children())
    with pytest.raises(KeyboardInterrupt), processes() as aside:
        aside.side_by_side(time.sleep, [0, 600], stop)
    assert set(active_children()) <= others


def one_over(number):
    return 1 / number


def test_a_process_that_is_lost_is_one_line():
    with pytest.raises(StoreError, match="训练进程意外结束") as told, processes() as aside:
        aside.side_by_side(os._exit, [9])
    assert "\n" not in str(told.value)


def test_threads_are_as_before(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    with processes() as aside:
        assert aside.side_by_side(os.getenv, ["OMP_NUM_THREADS"]) == ["1"]
    assert os.environ["OMP_NUM_THREADS"] == "3"
    assert 1 <= workers_for(100) <= 4 and workers_for(1) == 1

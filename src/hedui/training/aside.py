"""Independent jobs -> their results, worked side by side in processes of one thread each.

A small network gains little from a second thread, and two jobs of one thread are done sooner than one job of two after the
other. A process that has lost the one that started it ends itself: a run that was killed leaves nobody behind who writes.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from typing import TypeVar

from hedui.errors import StoreError

__all__ = ["Aside", "processes", "workers_for"]

Job = TypeVar("Job")
Result = TypeVar("Result")
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
LOOK_EVERY = 0.5
MOST = 4


def workers_for(jobs: int) -> int:
    """As many processes as there are jobs and processors, at most four (each holds a network and its gradients)."""
    return max(1, min(jobs, os.cpu_count() or 1, MOST))


class Aside:
    """Processes that are begun when they are first needed and serve every round of a run; `close` ends them."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None
        self.others = frozenset[BaseProcess]()

    def side_by_side(self, work: Callable[[Job], Result], jobs: Sequence[Job],
                     on_done: Callable[[int, int], None] | None = None) -> list[Result]:
        """`work(job)` of every job, in the order of `jobs`; the first error ends them all. `work` is a function of a module.

        StoreError where a process was lost (killed, or out of memory).
        """
        if self.pool is None:
            self.others = frozenset(active_children())
            self.pool = ProcessPoolExecutor(workers_for(MOST), mp_context=get_context("spawn"), initializer=watch, initargs=(os.getpid(),))
        results: dict[int, Result] = {}
        try:
            with one_thread_each():
                waiting = {self.pool.submit(work, job): at for at, job in enumerate(jobs)}
                for done in as_completed(waiting):
                    results[waiting[done]] = done.result()
                    if on_done is not None:
                        on_done(len(results), len(jobs))
        except BrokenProcessPool as error:
            raise StoreError("训练进程意外结束，可能内存不足；再运行同一命令即从停下处继续 · "
                             "a training process was lost, perhaps for want of memory; the same command goes on where it was") from error
        return [results[at] for at in range(len(jobs))]

    def close(self, *, at_once: bool = False) -> None:
        """Ends the processes, `at_once` in the middle of what they do: their steps go on from there another time."""
        if self.pool is not None:
            for child in set(active_children()) - self.others if at_once else ():
                child.terminate()
            self.pool.shutdown(cancel_futures=True)
            self.pool = None


@contextmanager
def processes() -> Iterator[Aside]:
    """Processes for as long as they are wanted."""
    aside = Aside()
    try:
        yield aside
    except BaseException:
        aside.close(at_once=True)
        raise
    aside.close()


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes begun here do their sums in one thread."""
    threads = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in threads.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def watch(parent: int) -> None:
    """Ends this process when `parent` is gone."""
    threading.Thread(target=leave_without, args=(parent,), daemon=True).start()


def leave_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(1)

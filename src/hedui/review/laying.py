"""Results -> tasks for people, and reports for two readers; behind the desk's back where there are many, so that it opens at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Lock

from hedui.errors import StoreError
from hedui.opinion.stored import findings_of
from hedui.progress import OnStep
from hedui.review.blind import double_out, never
from hedui.review.routing import Routing, tasks_of
from hedui.store import Store
from hedui.store.results import names_of, output_of
from hedui.store.tasks import lay_out, unrouted

__all__ = ["Laid", "Laying", "lay_out_all"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """What laying out tasks came to: files, new tasks, the files whose results could not be read, with the cause, and how many reports more
    are read twice."""

    files: int
    tasks: int
    failed: tuple[str, ...]
    doubled: int = 0


def lay_out_all(store: Store, routing: Routing, *, on_step: OnStep | None = None, stop: Callable[[], bool] = never) -> Laid:
    """Lays out the tasks of every content that has a newer result than its tasks, and gives reports to two readers. It ends early, between two
    files, where `stop` says so; asked again it goes on there."""
    waiting = unrouted(store)
    new, failed, routed = 0, [], set()
    for done, (sha256, result, _) in enumerate(waiting, 1):
        if stop():
            break
        name = (names_of(store, sha256) or (sha256[:12],))[0]
        try:
            findings = findings_of(json.loads(output_of(store, result)))
        except (KeyError, TypeError, ValueError, StoreError) as error:
            failed.append(f"{name}: {error!r}")
            continue
        new += lay_out(store, sha256, result, tasks_of(findings, file=name, routing=routing))
        routed.add(sha256)
        if on_step is not None:
            on_step("tasks", done, len(waiting))
    twice = 0 if stop() else double_out(store, routing.double, contents=routed, stop=stop)
    return Laid(files=len(waiting), tasks=new, failed=tuple(failed), doubled=twice)


class Laying:
    """Lays out tasks in a thread of its own, once at a time; `far` says how many files of how many are behind it."""

    def __init__(self, store: Store, routing: Routing) -> None:
        self.store, self.routing = store, routing
        self.lock, self.stopped = Lock(), Event()
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="laying")
        self.future: Future[Laid] | None = None
        self.far = (0, 0)

    @property
    def under_way(self) -> bool:
        return self.future is not None and not self.future.done()

    def begin(self) -> Future[Laid]:
        """What it will come to: of what is under way, else of a new beginning."""
        with self.lock:
            if self.future is None or self.future.done():
                self.far = (0, 0)
                self.future = self.pool.submit(lay_out_all, self.store, self.routing, on_step=self.hear, stop=self.stopped.is_set)
            return self.future

    def hear(self, _: str, done: int, total: int) -> None:
        self.far = (done, total)

    def stop(self) -> None:
        """Ends it between two files, and waits for that."""
        self.stopped.set()
        self.pool.shutdown()

"""Search behind the desk: results are opened and indexed when somebody first asks, and again when a run has left others, by one thread, while the
page says how far it is; until new ones are ready the old ones are searched as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from hedui.errors import HeduiError
from hedui.progress import heard
from hedui.research import ResearchStore
from hedui.research.stamps import stamp_of
from hedui.store import Store
from hedui.store.results import last_number

__all__ = ["Ready", "Searching", "stamp_at"]

FIRST = 'region:"——"'


def stamp_at(store: Store, out: str | None) -> Hashable:
    """What changes with the results that are searched: those of the lake in the folder `out`, or, where there is none, those of the store."""
    lake = stamp_of(out) if out is not None else None
    return lake if lake is not None else last_number(store)


def unchanging() -> Hashable:
    """The results stay as they are."""
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """Results that can be searched; not `fresh` where newer ones are being made ready, so that their index must be asked as it is, or cannot be,
    for the `cause`."""

    store: ResearchStore
    fresh: bool
    cause: HeduiError | None = None


class Searching:
    """The results that `opened` opens, opened anew when `stamp` tells another."""

    def __init__(self, opened: Callable[[], ResearchStore], stamp: Callable[[], Hashable] = unchanging) -> None:
        self.opened, self.stamp = opened, stamp
        self.far: tuple[str, int, int] | None = None
        self.lock = Lock()
        self.future: Future[ResearchStore] | None = None
        self.before: ResearchStore | None = None
        self.stamped: Hashable = None

    def begin(self) -> Future[ResearchStore]:
        """Has the index made where that has not begun or other results are there now; one that failed is tried again."""
        with self.lock:
            if self.future is not None and not self.future.done():
                return self.future
            made = self.future is not None and self.future.exception() is None
            stamp = self.stamp()
            if self.future is None or not made or stamp != self.stamped:
                if made and self.future is not None:
                    self.before = self.future.result()
                self.far, self.stamped = None, stamp
                worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
                self.future = worker.submit(self.made)
                worker.shutdown(wait=False)
            return self.future

    def made(self) -> ResearchStore:
        def on_step(what: str, done: int, total: int) -> None:
            self.far = (what, done, total)

        with heard(on_step):
            store = self.opened()
            store.search(FIRST, limit=1)
            self.before = None
            return store

    def ready(self, patience: float) -> Ready | None:
        """The results: the newest, or those before them after `patience` seconds or where the newest cannot be opened; None while the first are still
        being indexed. HeduiError where that failed and there are none before."""
        future = self.begin()
        try:
            return Ready(store=future.result(patience), fresh=True)
        except (TimeoutError, HeduiError) as error:
            before = self.before
            if before is not None:
                return Ready(store=before, fresh=False, cause=error if isinstance(error, HeduiError) else None)
            if isinstance(error, HeduiError):
                raise
            return Ready(store=future.result(), fresh=True) if future.done() else None

"""Search behind the desk: results are opened and indexed when somebody first asks, by one thread, while the page says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from hedui.errors import HeduiError
from hedui.progress import heard
from hedui.research import ResearchStore

__all__ = ["Searching"]

FIRST = 'region:"——"'


class Searching:
    """The results that `opened` opens, ready to be searched once `store` is not None."""

    def __init__(self, opened: Callable[[], ResearchStore]) -> None:
        self.opened = opened
        self.far: tuple[str, int, int] | None = None
        self.lock = Lock()
        self.future: Future[ResearchStore] | None = None

    def begin(self) -> Future[ResearchStore]:
        """Has the index made where that has not begun; one that failed is tried again."""
        with self.lock:
            if self.future is None or (self.future.done() and self.future.exception() is not None):
                self.far = None
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
            return store

    def store(self, patience: float) -> ResearchStore | None:
        """The results, None while they are still being indexed after `patience` seconds. HeduiError where that failed."""
        try:
            return self.begin().result(patience)
        except TimeoutError:
            return None

    @property
    def failed(self) -> str | None:
        """Why the index could not be made."""
        error = self.future.exception() if self.future is not None and self.future.done() else None
        return str(error) if isinstance(error, HeduiError) else None if error is None else repr(error)

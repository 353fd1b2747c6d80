"""The rows that a ledger settles in, each told once to the meters and the log out, whoever reads them and on whatever machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from hedui.errors import StoreError
from hedui.watching.log import Journal
from hedui.watching.meters import Meters
from hedui.watching.rows import Row

__all__ = ["EVERY_SECONDS", "Watch", "watched"]

EVERY_SECONDS = 5.0
REST = 50
# clocks of machines differ, and a row is seen only once its transaction is through
LATE = timedelta(seconds=60)
Told = Container[tuple[str, datetime]]
Settled = Callable[[datetime, Told], Iterable[tuple[Row, int]]]


class Watch:
    """Follows a run through its ledger. `settled(moment, told)` gives the rows that were settled at that moment or after it, with the
    characters of their texts, but for those that are `told` by their digest and moment; those of `began` and after are told, each once."""

    def __init__(self, settled: Settled, *, began: datetime, meters: Meters | None = None, journal: Journal | None = None) -> None:
        self._settled, self._began, self._newest = settled, began, began
        self._meters, self._journal = meters, journal
        self._told: dict[tuple[str, datetime], None] = {}

    def look(self) -> int:
        """Tells what is new since the last look, and how much that was. StoreError where the store is away; the next look makes it good."""
        since, count = max(self._began, self._newest - LATE), 0
        for row, characters in self._settled(since, self._told):
            self._told[row.sha256, row.changed] = None
            self._newest = max(self._newest, row.changed)
            count += 1
            if self._meters is not None:
                self._meters.settled(row, characters=characters)
            if self._journal is not None:
                self._journal.settled(row, characters=characters)
        oldest = self._newest - LATE
        self._told = {key: None for key in self._told if key[1] >= oldest}
        return count


@contextmanager
def watched(watch: Watch, *, every: float = EVERY_SECONDS) -> Iterator[None]:
    """Looks every so many seconds for as long as this lasts, and once more at its end."""
    with repeatedly(watch.look, every=every):
        yield


@contextmanager
def repeatedly(look: Callable[[], object], *, every: float) -> Iterator[None]:
    """Has a thread of its own call `look` every so many seconds for as long as this lasts, and once more at its end; where the store is away
    for a moment the next look makes it good. A look that takes long is taken more seldom, so that looking costs a fiftieth of the time at most."""
    over = threading.Event()

    def patient_look() -> float:
        began = time.monotonic()
        with suppress(StoreError):
            look()
        return time.monotonic() - began

    def follow() -> None:
        rest = every
        while not over.wait(rest):
            rest = max(every, REST * patient_look())

    follower = threading.Thread(target=follow, daemon=True)
    follower.start()
    try:
        yield
    finally:
        over.set()
        follower.join()
        patient_look()

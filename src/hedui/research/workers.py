"""Parts of long work in, what is made of each out, in their order: by a process a processor, or by this one where there is little to do."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from joblib import cpu_count  # type: ignore[import-untyped]
from joblib.externals.loky import get_reusable_executor  # type: ignore[import-untyped]

__all__ = ["each_made"]

Part = TypeVar("Part")
Made = TypeVar("Made")
# processes load hedui for two seconds before they do anything
LEAST, IDLE_SECONDS = 800, 20


def each_made(make: Callable[[Part], Made], parts: Iterable[Part], *, many: int) -> Iterator[tuple[Part, Made]]:
    """Each part with what `make` makes of it; of `many` things less than `LEAST` are done here. Where a process dies, this one does its part.

    Parts are taken in this thread, a few ahead; what `make` raises is raised here."""
    workers = int(cpu_count())
    if many < LEAST or workers < 2 or multiprocessing.current_process().daemon:
        yield from ((part, make(part)) for part in parts)
        return
    pool = get_reusable_executor(max_workers=workers, timeout=IDLE_SECONDS)
    waiting: deque[tuple[Part, object]] = deque()

    def first() -> tuple[Part, Made]:
        part, future = waiting.popleft()
        try:
            return part, future.result()  # type: ignore[attr-defined]
        except BrokenProcessPool:
            return part, make(part)

    for part in parts:
        try:
            waiting.append((part, pool.submit(make, part)))
        except BrokenProcessPool:
            pool = get_reusable_executor(max_workers=workers, timeout=IDLE_SECONDS)
            waiting.append((part, pool.submit(make, part)))
        if len(waiting) > workers:
            yield first()
    while waiting:
        yield first()

"""The processes of this process that read, kept from batch to batch with the word lists and models they have loaded."""

from __future__ import annotations

import multiprocessing
import os
from functools import partial
from typing import TypeAlias

from hedui.batch import ALLOWANCE, processes, workers_for
from hedui.bulk.jobs import Did, Job, do, is_quick
from hedui.errors import UsageError
from hedui.isolation import Crew

__all__ = ["Readers", "close_readers", "readers_here", "reading_now"]

Readers: TypeAlias = Crew[Job, Did]
KEPT: dict[tuple[int, str | None, str | None], Readers] = {}


def readers_here(workers: int, model: str | None, weights: str | None, *, files: int) -> Readers:
    """`workers` processes that read with `model` and weigh by the file `weights`, as many as pay for `files` files where 0; the same
    ones as before where they fit."""
    if multiprocessing.current_process().daemon:
        raise UsageError("这个进程不许再起进程；Dask 工作进程请这样启动 · this process may start no others; start Dask workers like this: "
                         "DASK_DISTRIBUTED__WORKER__DAEMON=False dask worker tcp://… --nthreads 1")
    asked = workers or max([workers_for(files), *(many for many, *_ in KEPT)])
    if (asked, model, weights) not in KEPT:
        close_readers()
        threads = max(1, (os.cpu_count() or 1) // asked)
        KEPT[asked, model, weights] = Crew(function=partial(do, threads=threads, model=model, weights=weights), workers=asked,
                                           allowance=ALLOWANCE, context=processes(), ahead=is_quick)
    return KEPT[asked, model, weights]


def reading_now() -> int:
    """How many processes read for this one."""
    return sum(many for many, *_ in KEPT)


def close_readers() -> None:
    """Ends the processes that read, where there are any."""
    for readers in KEPT.values():
        readers.close()
    KEPT.clear()

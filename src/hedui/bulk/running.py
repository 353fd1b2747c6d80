"""A run from its first to its last step: inputs taken in, read batch by batch until none waits, everything in OUT written.

The order stands here once. Each step finds its work in the ledger and leaves it there, so that it may be done by this process, as a task of an
engine or on another machine, and be done again by anybody after a stop.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from hedui.again import versions_with
from hedui.bulk.accounts import lines_of
from hedui.bulk.address import STORE
from hedui.bulk.crews import readers_here
from hedui.bulk.holders import gone, is_for
from hedui.bulk.intake import Entered, Request, out_folder, take_in
from hedui.bulk.patience import patient, patiently
from hedui.bulk.reading import Read, read_inputs
from hedui.bulk.telling import LOG, leave, watching
from hedui.errors import StoreError
from hedui.results import Outputs
from hedui.sources.stock import clear, stock_in
from hedui.store import Store
from hedui.store.engine import shown
from hedui.store.ledger import State, free, totals, waiting
from hedui.store.ledger_again import older
from hedui.store.runs import finish_run
from hedui.summary import Summary, summarise
from hedui.watching.ending import PAGE
from hedui.written import write_out as write_files

__all__ = ["Batch", "Steps", "batches_of", "begin", "read_batch", "run", "write_out"]

# of a batch the fewest and the most inputs, and into how many batches a run is shared out; on one machine nothing need be, and between two
# batches its processes wait some two seconds for the engine
ON_MANY, ON_ONE = (8, 256, 32), (64, 2048, 4)
MOST_PAUSE_SECONDS = 60.0
OnRead = Callable[[Read], None]
ONE_AT_A_TIME = Lock()  # the processes that read are those of this process, whatever thread of a Dask worker asks


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Inputs of a run to be read together, by their digests, of `among` that wait; `stamp` is a digest of them, of the version that is to
    read them and of the moment since when each waits: two batches of one stamp are the same work."""

    run: str
    keys: tuple[str, ...]
    among: int
    version: str
    stamp: str


def begin(request: Request, but: Collection[str] = ()) -> Entered:
    """Takes the inputs of a run into the ledger, without the paths in `but`; OUT is made where it is not there."""
    out_folder(request.out)
    with Store(request.address) as store:
        return take_in(request, store, versions_with(request.model, request.weights), but=but)


def batches_of(request: Request, entered: Entered, *, size: int = 0) -> tuple[Batch, ...]:
    """What waits in a run, in batches of `size`; where 0 so large that a task's own cost is little, and on a cluster so many that many machines
    have a share."""
    with Store(request.address) as store:
        found = waiting(store, run=entered.run)
    least, most, shares = ON_MANY if request.cluster else ON_ONE
    size = size or max(least, min(most, len(found) // shares))
    return tuple(batch_of(entered, found[at:at + size], among=len(found)) for at in range(0, len(found), size))


def batch_of(entered: Entered, waiting: Sequence[tuple[str, datetime]], *, among: int) -> Batch:
    told = "\n".join([entered.version, *(f"{key} {since}" for key, since in waiting)])
    return Batch(run=entered.run, keys=tuple(key for key, _ in waiting), among=among, version=entered.version,
                 stamp=hashlib.sha256(told.encode()).hexdigest())


def read_batch(batch: Batch, request: Request, *, on_read: OnRead | None = None) -> Mapping[State, int]:
    """Reads a batch into the store with the processes of this process; how many are in which state now."""
    counts: Counter[State] = Counter()
    with ONE_AT_A_TIME, Store(request.address) as store:
        readers = readers_here(request.workers, request.model, request.weights, files=batch.among)
        for one in read_inputs(batch.keys, store, readers, version=batch.version, run=batch.run, stock=stock_in(request.out)):
            counts[one.state] += 1
            if on_read is not None:
                on_read(one)
    return dict(counts)


def let_go(request: Request, entered: Entered) -> None:
    """Takes back what processes held for a run, now that none of them is at work any more: some may have been lost."""
    with Store(request.address) as store:
        free(store, lambda holder: is_for(holder, entered.run) or gone(holder))


def write_out(request: Request, entered: Entered) -> Summary:
    """Everything that lies in OUT beside the store, and what the run came to."""
    with Store(request.address) as store:
        lines = lines_of(store, entered.run)
        if len(lines) < entered.places:  # what it listed belongs to the other run, which writes it
            raise StoreError(f"{shown(request.address)}: 另一次运行又清点了这些文件，结果由它来写；请等它结束再运行 · another run has listed "
                             "these files since and writes them; run again when it has ended")
        outputs = Outputs(store=store, version=entered.version, lines=lines, older=older(store, run=entered.run, version=entered.version))
        whole, files = write_files(outputs, Path(request.out), lake=request.lake)
        finish_run(store, entered.run, {"states": dict(totals(store, run=entered.run))})
    kept = STORE if request.store is None else shown(request.store)
    return summarise(whole, lines=lines, passed_over=entered.passed_over, out=request.out, files=[*files, kept])


def read_here(batches: Iterable[Batch], request: Request) -> None:
    for batch in batches:
        patient(read_batch)(batch, request)


begin_patiently, write_patiently = patient(begin), patient(write_out)


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """The steps of a run; an engine puts its own in their place."""

    begin: Callable[[Request], Entered] = begin_patiently
    read: Callable[[Iterable[Batch], Request], None] = read_here
    write: Callable[[Request, Entered], Summary] = write_patiently


def run(request: Request, *, steps: Steps | None = None, entered: Entered | None = None) -> Summary:
    """Reads what `request` names and writes OUT; `entered` is a run that has begun already.

    UsageError and StoreError come through; what goes wrong with one file stands in the summary.
    """
    steps = steps or Steps()
    with ExitStack() as stack:
        stack.callback(clear, stock_in(request.out))
        begun = entered or steps.begin(request)
        meters = stack.enter_context(watching(request, begun))
        read_all(request, begun, steps)
        summary = steps.write(request, begun)
        patiently(lambda: leave(request, begun, meters))
    return replace(summary, files=(PAGE, *summary.files, LOG))


def read_all(request: Request, entered: Entered, steps: Steps) -> None:
    """Reads until nothing of a run waits."""
    before: tuple[Batch, ...] = ()
    pause = 0.0
    while batches := patiently(lambda: batches_of(request, entered)):
        time.sleep(pause)  # what is tried again may find its server back
        pause = min(MOST_PAUSE_SECONDS, 2 * pause or 1.0)
        if batches == before:
            raise StoreError(f"{request.out}: 有 {sum(len(one.keys) for one in batches)} 份读不下去，请再运行 · the run stands still, run again")
        steps.read(batches, request)
        patiently(lambda: let_go(request, entered))
        before = batches

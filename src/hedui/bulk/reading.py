"""Inputs that wait in the ledger in, their results in the store out; each is read in a process that may be lost with it.

A result and the word of the ledger that it is there are kept in one transaction, with what else came in the same second: whatever is
killed when, an input is either read or still to be read.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hedui.batch import cause_of
from hedui.bulk.crews import Readers
from hedui.bulk.holders import holder_for
from hedui.bulk.intake import entry_of
from hedui.bulk.jobs import Did, Job
from hedui.isolation import Lost
from hedui.store import Store
from hedui.store.ledger import LedgerRow, State, begin, claim, digests_of, done, failed
from hedui.store.store import keep_packed

__all__ = ["Read", "read_inputs"]

AT_ONCE = 64
# results that come faster are kept together: a transaction costs as much as several of them
KEEP_EVERY = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What became of one input that was at hand: the state it is in now, why, and the seconds it took."""

    sha256: str
    name: str
    state: State
    cause: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What everything that is read at one time has in common: where it goes, as which version (and its readers), who holds it,
    where what was fetched already lies."""

    store: Store
    version: str
    readers: str
    holder: str
    stock: Path | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Came:
    """What a reading process made of an input, and how long it took."""

    sha256: str
    name: str
    what: Did | Lost
    seconds: float


def read_inputs(keys: Sequence[str], store: Store, readers: Readers, *, version: str, run: str, stock: Path | None = None) -> Iterator[Read]:
    """Reads those of `keys` that nobody else holds, a few at a time, for `run`, and gives each as it is done; what was fetched and lies in the
    folder `stock` is not fetched again."""
    digests = digests_of(store, version) or {}
    desk = Desk(store=store, version=version, readers=digests.get("readers", ""), holder=holder_for(run), stock=stock)
    yield from read_rows((row for at in range(0, len(keys), AT_ONCE) for row in claim(store, keys[at:at + AT_ONCE], holder=desk.holder)),
                         readers, desk)


def read_rows(rows: Iterable[LedgerRow], readers: Readers, desk: Desk) -> Iterator[Read]:
    # not those whose time was over while others were read, and that are another's now
    jobs = (job_of(row, desk) for row in rows if begin(desk.store, row.sha256, holder=desk.holder))
    waiting: list[Came] = []
    kept_at = 0.0
    for job, what in readers.results(jobs):
        now = time.monotonic()
        waiting.append(Came(sha256=job.entry.sha256 or "", name=job.entry.name, what=what, seconds=round(what.seconds, 3)))
        if now - kept_at >= KEEP_EVERY:
            yield from settled(waiting, desk)
            waiting, kept_at = [], now
    yield from settled(waiting, desk)


def job_of(row: LedgerRow, desk: Desk) -> Job:
    """What is to be done with an input; it is read anew where what a later stage needs was not kept."""
    entry, version = entry_of(row), row.version or ""
    if row.stage not in ("weigh", "extract"):
        return Job(entry=entry, size=row.bytes, stock=desk.stock)
    output = desk.store.packed(row.sha256, version=version)
    signals = desk.store.signals(row.sha256, version=version) if row.stage == "weigh" else b""
    document = desk.store.document(row.sha256, readers=desk.readers) if row.stage == "extract" else b""
    if output is None or signals is None or document is None:
        return Job(entry=entry, size=row.bytes, stock=desk.stock)
    return Job(entry=entry, size=row.bytes, stage=row.stage, output=output, signals=signals, document=document)


def settled(some: Sequence[Came], desk: Desk) -> Iterator[Read]:
    """Keeps what came of some inputs, and says what became of each."""
    kept = {one.sha256: replace(one.what.packed, version=desk.version, readers=desk.readers)
            for one in sorted(some, key=lambda one: one.sha256) if isinstance(one.what, Did) and one.what.packed is not None}
    if kept:
        with desk.store.writing() as connection:
            keep_packed(connection, *kept.values())
            done(connection, {one.sha256: one.seconds for one in some if one.sha256 in kept}, version=desk.version)
    for one in some:
        yield (Read(sha256=one.sha256, name=one.name, state="done", seconds=one.seconds) if one.sha256 in kept else not_read(one, desk))


def not_read(one: Came, desk: Desk) -> Read:
    """Writes why an input has no result, and says what becomes of it."""
    if isinstance(one.what, Lost):
        cause, died, passing = cause_of(one.what), not one.what.said, False
    else:
        cause, died, passing = one.what.cause, False, one.what.passing
    state = failed(desk.store, one.sha256, cause, version=desk.version, seconds=one.seconds, died=died, passing=passing, holder=desk.holder)
    return Read(sha256=one.sha256, name=one.name, state=state, cause=cause, seconds=one.seconds)

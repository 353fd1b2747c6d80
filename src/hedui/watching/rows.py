"""The rows of the ledger in, once over, what the page of a run tells of them out; memory is bounded however many there are."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hedui.watching.causes import kind_of

__all__ = ["Failed", "Gathered", "Row", "Slow", "gathered"]

SLOWEST = 20
NAMED = 100
BUCKETS = 60


class Row(Protocol):
    """What is asked of a row of the ledger; `seconds` is how long reading took, `changed` (UTC) when its state last changed."""

    @property
    def sha256(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str | None: ...
    @property
    def bytes(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def attempts(self) -> int: ...
    @property
    def cause(self) -> str | None: ...
    @property
    def seconds(self) -> float | None: ...
    @property
    def changed(self) -> datetime: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Failed:
    """A content that failed or was quarantined, with its cause."""

    name: str
    sha256: str
    state: str
    cause: str
    attempts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Slow:
    """A content that took long: seconds, and bytes of its file."""

    name: str
    sha256: str
    seconds: float
    bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """Of the rows of a run: `totals` by state; `failures` how many of each kind of cause, `failed` the first NAMED of each kind by name;
    the slowest that this run read; `pace` how many it settled in each of BUCKETS equal parts of its time; `read` how many in all."""

    totals: Mapping[str, int]
    failures: Mapping[str, int]
    failed: Mapping[str, tuple[Failed, ...]]
    slowest: tuple[Slow, ...]
    pace: tuple[int, ...]
    read: int


def gathered(rows: Iterable[Row], *, began: datetime, ended: datetime) -> Gathered:
    """What the rows of the ledger tell of a run from `began` to `ended` (both aware of their zone)."""
    totals, failures, pace = Counter[str](), Counter[str](), [0] * BUCKETS
    named: dict[str, list[Failed]] = {}
    slowest: list[tuple[float, str, Slow]] = []
    span = max((ended - began).total_seconds(), 1e-9)
    for row in rows:
        totals[row.state] += 1
        if row.state in ("failed", "quarantined"):
            kind = kind_of(row.cause)
            failures[kind] += 1
            held = named.setdefault(kind, [])
            held.append(Failed(name=row.name, sha256=row.sha256, state=row.state, cause=row.cause or "", attempts=row.attempts))
            if len(held) >= 2 * NAMED:
                held[:] = sorted(held, key=lambda one: (one.name, one.sha256))[:NAMED]
        if row.state in ("done", "failed", "quarantined") and began <= row.changed <= ended:
            pace[min(int((row.changed - began).total_seconds() / span * BUCKETS), BUCKETS - 1)] += 1
            if row.seconds is not None:
                slow = Slow(name=row.name, sha256=row.sha256, seconds=row.seconds, bytes=row.bytes)
                (heapq.heappush if len(slowest) < SLOWEST else heapq.heappushpop)(slowest, (slow.seconds, slow.sha256, slow))
    first = {kind: tuple(sorted(held, key=lambda one: (one.name, one.sha256))[:NAMED]) for kind, held in named.items()}
    return Gathered(totals=dict(totals), failures=dict(failures.most_common()), failed=first,
                    slowest=tuple(slow for *_, slow in sorted(slowest, key=lambda one: one[:2], reverse=True)), pace=tuple(pace), read=sum(pace))

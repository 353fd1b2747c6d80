"""How fast tasks are done -> how long what is left will take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median

from hedui.store import Store
from hedui.store.tasks import Filter, done_lately

__all__ = ["Pace", "pace_of"]

LOOKED_AT, BREAK = 200, timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Seconds a task (the median of the last ones, breaks left out; None before two were done) and what is left to do."""

    seconds: float | None
    left: int

    @property
    def hours(self) -> float | None:
        return None if self.seconds is None else self.left * self.seconds / 3600


def pace_of(store: Store, wanted: Filter, *, left: int) -> Pace:
    """The pace of those who work on the tasks that `wanted` asks for, of which `left` are to be done."""
    gaps: list[float] = []
    by_person: dict[str, list[float]] = {}
    for person, at in done_lately(store, wanted, limit=LOOKED_AT):
        by_person.setdefault(person, []).append(at.timestamp())
    for times in by_person.values():
        ordered = sorted(times)
        gaps += [b - a for a, b in pairwise(ordered) if 0 < b - a < BREAK.total_seconds()]
    return Pace(seconds=median(gaps) if gaps else None, left=left)

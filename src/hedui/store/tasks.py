"""What is to be looked at, in and out: tasks laid out once for every content, asked for by filters, taken, assigned and done.

The queue is ordered by weight, the heaviest first. A task that somebody holds is passed over by others until the hold runs out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select, tuple_

from hedui.corrections import SHARED, Kind
from hedui.store import tables
from hedui.store.store import Store
from hedui.store.tables_review import readings, routed, tasks

__all__ = ["Filter", "Reason", "Task", "assign", "choices", "done_lately", "hold", "lay_out", "listed", "neighbour", "progress",
           "read_by", "row_of", "skip", "task", "unrouted"]

Reason = Literal["conflict", "doubt", "missing", "audit", "blind", "learn"]
State = Literal["open", "done", "skipped", "blind"]
HOLD = timedelta(minutes=10)
CHOICES = ("reason", "type", "region", "unit", "year")
MOST_CHOICES = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One finding of a report to be looked at, and why. `weight` orders the queue; `title` is what a person reads in it; `chance` is the
    probability with which the finding was routed, below one where it was drawn at random."""

    id: str
    sha256: str
    report: str
    target: str
    kind: Kind
    type: str
    reason: Reason
    weight: float
    confidence: float
    title: str
    file: str
    region: str | None = None
    unit: str | None = None
    year: int | None = None
    reading: str = SHARED
    state: State = "open"
    assigned: str | None = None
    holder: str | None = None
    held_until: datetime | None = None
    done_by: str | None = None
    done_at: datetime | None = None
    chance: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """Which tasks are meant; None asks for any. `below` and `from_` bound the confidence, `text` stands in title or file. `but` names a
    person: reports that they read blind are left out."""

    state: State | None = "open"
    reading: str = SHARED
    reason: str | None = None
    type: str | None = None
    region: str | None = None
    unit: str | None = None
    year: int | None = None
    assigned: str | None = None
    sha256: str | None = None
    from_: float | None = None
    below: float | None = None
    text: str | None = None
    but: str | None = None

    def holds(self) -> ColumnElement[bool]:
        held = tasks.c
        exact = {name: getattr(self, name) for name in ("state", "reason", "type", "region", "unit", "year", "assigned", "sha256")}
        found: list[ColumnElement[bool]] = [held.reading == self.reading]
        found += [held[name] == value for name, value in exact.items() if value is not None]
        if self.from_ is not None:
            found.append(held.confidence >= self.from_)
        if self.below is not None:
            found.append(held.confidence < self.below)
        if self.text:
            found.append(or_(held.title.contains(self.text, autoescape=True), held.file.contains(self.text, autoescape=True)))
        if self.but is not None:
            own = select(readings.c.sha256, readings.c.report).where(readings.c.person == self.but)
            found.append(tuple_(held.sha256, held.report).not_in(own))
        return and_(*found)


COLUMNS = tuple(one.name for one in fields(Task))


def task_of(row: RowMapping) -> Task:
    return Task(**row)


def row_of(one: Task) -> dict[str, Any]:
    """A task as a row of its table."""
    return {name: getattr(one, name) for name in COLUMNS}


def unrouted(store: Store) -> tuple[tuple[str, str, str], ...]:
    """The contents whose tasks are not laid out from their newest result: digest, id of that result, its version."""
    results = tables.results.c
    newest = select(func.max(results.number)).group_by(results.sha256)
    asked = select(results.sha256, results.id, results.version).outerjoin(routed, routed.c.sha256 == results.sha256).where(
        results.number.in_(newest), or_(routed.c.result.is_(None), routed.c.result != results.id))
    with store.reading() as connection:
        return tuple((row.sha256, row.id, row.version) for row in connection.execute(asked.order_by(results.sha256)))


def lay_out(store: Store, sha256: str, result: str, found: Iterable[Task]) -> int:
    """Makes `found` the shared tasks of a content: new ones are added, those that nobody did and that are no longer wanted go. How many are
    new."""
    wanted = {one.id: one for one in found}
    own = (tasks.c.sha256 == sha256) & (tasks.c.reading == SHARED)
    with store.writing() as connection:
        there = {row.id: row.state for row in connection.execute(select(tasks.c.id, tasks.c.state).where(own))}
        gone = [name for name, state in there.items() if name not in wanted and state in ("open", "blind")]
        if gone:
            connection.execute(tasks.delete().where(own & tasks.c.id.in_(gone)))
        new = [row_of(one) for name, one in wanted.items() if name not in there]
        if new:
            connection.execute(tasks.insert(), new)
        connection.execute(routed.delete().where(routed.c.sha256 == sha256))
        connection.execute(routed.insert(), {"sha256": sha256, "result": result, "at": datetime.now(UTC)})
    return len(new)


def in_order(asked: Select[Any]) -> Select[Any]:
    return asked.order_by(tasks.c.weight.desc(), tasks.c.id)


def listed(store: Store, wanted: Filter, *, limit: int = 50, offset: int = 0) -> tuple[Task, ...]:
    """The tasks of the queue, the weightiest first."""
    with store.reading() as connection:
        rows = connection.execute(in_order(select(tasks).where(wanted.holds())).limit(limit).offset(offset)).mappings()
        return tuple(map(task_of, rows))


def task(store: Store, name: str) -> Task | None:
    """One task by its id."""
    with store.reading() as connection:
        row = connection.execute(select(tasks).where(tasks.c.id == name)).mappings().first()
        return None if row is None else task_of(row)


def neighbour(store: Store, wanted: Filter, *, of: Task | None, person: str, back: bool = False) -> Task | None:
    """The task behind `of` in the queue (before it where `back`; the first where None) that nobody else holds."""
    held = tasks.c
    free = or_(held.holder.is_(None), held.holder == person, held.held_until < datetime.now(UTC))
    found = [wanted.holds(), free]
    if of is not None:
        ahead = or_(held.weight > of.weight, (held.weight == of.weight) & (held.id < of.id))
        behind = or_(held.weight < of.weight, (held.weight == of.weight) & (held.id > of.id))
        found.append(ahead if back else behind)
    order = (held.weight.asc(), held.id.desc()) if back else (held.weight.desc(), held.id.asc())
    with store.reading() as connection:
        row = connection.execute(select(tasks).where(*found).order_by(*order).limit(1)).mappings().first()
        return None if row is None else task_of(row)


def hold(store: Store, name: str, person: str) -> bool:
    """Holds a task for ten minutes; whether it was free."""
    held, now = tasks.c, datetime.now(UTC)
    free = or_(held.holder.is_(None), held.holder == person, held.held_until < now)
    with store.writing() as connection:
        done = connection.execute(tasks.update().where(held.id == name, free).values(holder=person, held_until=now + HOLD))
        return done.rowcount == 1


def assign(store: Store, wanted: Filter, person: str | None, *, limit: int) -> int:
    """Gives the first `limit` open tasks of the queue to a person, or to nobody; how many these are."""
    with store.writing() as connection:
        ids = list(connection.scalars(in_order(select(tasks.c.id, tasks.c.weight).where(wanted.holds())).limit(limit)))
        for at in range(0, len(ids), 500):
            connection.execute(tasks.update().where(tasks.c.id.in_(ids[at:at + 500])).values(assigned=person))
    return len(ids)


def skip(store: Store, name: str, person: str) -> bool:
    """Passes over an open task, or opens one that was passed over; whether there is a shared task of that id in either state."""
    held = tasks.c
    own = (held.id == name) & (held.reading == SHARED)
    with store.writing() as connection:
        state = connection.scalar(select(held.state).where(own))
        if state == "open":
            connection.execute(tasks.update().where(own).values(state="skipped", done_by=person, done_at=datetime.now(UTC), holder=None))
        elif state == "skipped":
            connection.execute(tasks.update().where(own).values(state="open", done_by=None, done_at=None))
        return state in ("open", "skipped")


def any_state(wanted: Filter) -> Filter:
    return replace(wanted, state=None)


def progress(store: Store, wanted: Filter) -> dict[str, int]:
    """How many tasks of each state there are, whatever state `wanted` asks for."""
    with store.reading() as connection:
        asked = select(tasks.c.state, func.count().label("count")).where(any_state(wanted).holds()).group_by(tasks.c.state)
        return {row[0]: row[1] for row in connection.execute(asked)}


def choices(store: Store, *, reading: str = SHARED) -> dict[str, tuple[Any, ...]]:
    """For each column one may filter by, the values that open tasks have, the commonest first."""
    found = {}
    with store.reading() as connection:
        for name in CHOICES:
            column = tasks.c[name]
            asked = select(column).where(tasks.c.reading == reading, tasks.c.state == "open", column.is_not(None))
            found[name] = tuple(connection.scalars(asked.group_by(column).order_by(func.count().desc(), column).limit(MOST_CHOICES)))
    return found


def read_by(store: Store, sha256: str, report: str) -> Sequence[tuple[str, bool]]:
    """Who reads a report blind, and whether they are done."""
    held = readings.c
    with store.reading() as connection:
        rows = connection.execute(select(held.person, held.done).where(held.sha256 == sha256, held.report == report).order_by(held.made, held.person))
        return tuple((row.person, row.done is not None) for row in rows)


def done_lately(store: Store, wanted: Filter, *, limit: int) -> tuple[tuple[str, datetime], ...]:
    """Who did the last tasks that `wanted` asks for, and when, the latest first."""
    held = tasks.c
    asked = select(held.done_by, held.done_at).where(any_state(wanted).holds(), held.state == "done", held.done_by.is_not(None))
    with store.reading() as connection:
        return tuple((row.done_by, row.done_at) for row in connection.execute(asked.order_by(held.done_at.desc()).limit(limit)))

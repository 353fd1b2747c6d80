"""Acts of people in, the trail of events out: added in the order they came, each once, and never changed.

Writers of one report write one after the other. An act on a finding that was changed since (`seen` is older than its last event) is refused
whole, with the event that came between. Acts of a group that is in the trail already add nothing: who asks again after a lost
answer gets the first one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from hedui.corrections import SHARED, Event, Saying
from hedui.errors import HeduiError
from hedui.store import tables_review as tables
from hedui.store.blind import settle
from hedui.store.store import Store

__all__ = ["Place", "Stale", "all_events", "append", "event_at", "events_of", "last_seq", "spoken_of"]

PAGE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where acts belong: a report of a content, in one reading; `version` had read it."""

    sha256: str
    report: str
    reading: str = SHARED
    version: str = ""


class Stale(HeduiError):
    """Somebody else was there first: `event` is what they did to the finding."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(f"{event.target}: 已被他人先改 · was changed by somebody else meanwhile")


def packed(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def event_of(row: Row[Any], *, but: Sequence[str] = ()) -> Event:
    held = {name: value for name, value in row._mapping.items() if name not in but}
    at: datetime = held.pop("at")
    return Event(**held | {"before": json.loads(held["before"]), "after": json.loads(held["after"]),
                           "at": at if at.tzinfo else at.replace(tzinfo=UTC)})


def take_turn(connection: Connection, place: Place) -> None:
    """Waits until no other writes on `place`; in SQLite one transaction writes at a time as it is."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{place.sha256} {place.report} {place.reading}", 0))))


def within(place: Place) -> Any:
    held = tables.events.c
    return (held.sha256 == place.sha256) & (held.report == place.report) & (held.reading == place.reading)


def newest(connection: Connection, place: Place, target: str) -> Event | None:
    asked = select(tables.events).where(within(place), tables.events.c.target == target).order_by(tables.events.c.seq.desc()).limit(1)
    row = connection.execute(asked).first()
    return None if row is None else event_of(row)


def append(store: Store, place: Place, sayings: Sequence[Saying], *, person: str, group: str,
           states: Mapping[str, str] | None = None) -> tuple[Event, ...]:
    """Adds the acts of one group, all or none, and returns their events; those that stand already where the group was added before.

    `states` says what becomes of the tasks on these targets, in the same transaction. Stale where a target has a later event than the act
    had `seen`.
    """
    held = tables.events.c
    with store.writing() as connection:
        take_turn(connection, place)
        own = select(tables.events).where(within(place), held.group == group).order_by(held.seq)
        if known := connection.execute(own).all():
            return tuple(map(event_of, known))
        for saying in sayings:
            last = newest(connection, place, saying.target)
            if last is not None and last.seq > saying.seen:
                raise Stale(last)
        now = datetime.now(UTC)
        connection.execute(tables.events.insert(), [
            {"sha256": place.sha256, "report": place.report, "reading": place.reading, "target": one.target, "kind": one.kind, "act": one.act,
             "before": packed(one.before), "after": packed(one.after), "group": group, "person": person, "at": now, "version": place.version}
            for one in sayings])
        for target, state in (states or {}).items():
            done = {"done_by": person, "done_at": now} if state == "done" else {"done_by": None, "done_at": None}
            task = (tables.tasks.c.sha256 == place.sha256) & (tables.tasks.c.target == target) & (tables.tasks.c.reading == place.reading)
            connection.execute(tables.tasks.update().where(task).values(state=state, **done))
        if place.reading != SHARED:
            settle(connection, place.sha256, place.report, place.reading)
        return tuple(map(event_of, connection.execute(own)))


def events_of(store: Store, place: Place, *, until: int | None = None) -> tuple[Event, ...]:
    """The events of a report in one reading, oldest first, up to number `until` where one is given."""
    asked = select(tables.events).where(within(place)).order_by(tables.events.c.seq)
    if until is not None:
        asked = asked.where(tables.events.c.seq <= until)
    with store.reading() as connection:
        return tuple(map(event_of, connection.execute(asked)))


def spoken_of(store: Store, *, reading: str = SHARED) -> tuple[tuple[str, str], ...]:
    """Content and id of every report that somebody said something of, in their order."""
    held = tables.events.c
    asked = select(held.sha256, held.report).where(held.reading == reading).distinct().order_by(held.sha256, held.report)
    with store.reading() as connection:
        return tuple((row.sha256, row.report) for row in connection.execute(asked))


def event_at(store: Store, seq: int) -> Event | None:
    """The event of that number."""
    with store.reading() as connection:
        row = connection.execute(select(tables.events).where(tables.events.c.seq == seq)).first()
        return None if row is None else event_of(row)


def last_seq(store: Store) -> int:
    """The number of the last event of the store, 0 where there is none."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(tables.events.c.seq))) or 0


def all_events(store: Store, *, after: int = 0) -> Iterator[Event]:
    """Every event behind number `after`, oldest first, read a thousand at a time."""
    while True:
        with store.reading() as connection:
            asked = select(tables.events).where(tables.events.c.seq > after).order_by(tables.events.c.seq).limit(PAGE)
            found = tuple(map(event_of, connection.execute(asked)))
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].seq

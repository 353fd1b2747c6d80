"""The trail of events as an auditor reads it: filtered, the newest first, or all of it from the oldest on, with the names of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true, tuple_

from hedui.corrections import SHARED, Event
from hedui.store.store import Store
from hedui.store.tables import names
from hedui.store.tables_review import events, readings, tasks
from hedui.store.trail import event_of

__all__ = ["Line", "Wanted", "groups_of", "line_count", "lines", "lines_from"]

PAGE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which events are meant; None asks for any. `file` stands in a name of the content. `but` names a person: of reports that they read
    blind only their own events are meant."""

    person: str | None = None
    act: str | None = None
    kind: str | None = None
    sha256: str | None = None
    report: str | None = None
    target: str | None = None
    file: str | None = None
    but: str | None = None

    def holds(self) -> ColumnElement[bool]:
        held = events.c
        exact = {name: getattr(self, name) for name in ("person", "act", "kind", "sha256", "report", "target")}
        found = [held[name] == value for name, value in exact.items() if value is not None]
        if self.file:
            found.append(held.sha256.in_(select(names.c.sha256).where(names.c.name.contains(self.file, autoescape=True))))
        if self.but is not None:
            own = select(readings.c.sha256, readings.c.report).where(readings.c.person == self.but)
            found.append(or_(held.reading == self.but, tuple_(held.sha256, held.report).not_in(own)))
        return and_(true(), *found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An event, the file it is about and, where a task was on the finding, what the queue calls that."""

    event: Event
    file: str
    title: str


OF_FINDING = (tasks.c.sha256 == events.c.sha256) & (tasks.c.target == events.c.target) & (tasks.c.reading == SHARED)
FILE = select(func.min(names.c.name)).where(names.c.sha256 == events.c.sha256).correlate(events).scalar_subquery().label("file")
TITLE = select(func.min(tasks.c.title)).where(OF_FINDING).correlate(events).scalar_subquery().label("title")


def line_of(row: Row[Any]) -> Line:
    return Line(event=event_of(row, but=("file", "title")), file=row.file or "", title=row.title or "")


def lines(store: Store, wanted: Wanted, *, before: int | None = None, limit: int = 50) -> tuple[Line, ...]:
    """The events that are wanted, the newest first, before number `before` where one is given."""
    asked = select(events, FILE, TITLE).where(wanted.holds()).order_by(events.c.seq.desc()).limit(limit)
    if before is not None:
        asked = asked.where(events.c.seq < before)
    with store.reading() as connection:
        return tuple(map(line_of, connection.execute(asked)))


def lines_from(store: Store, wanted: Wanted) -> Iterator[Line]:
    """The events that are wanted, the oldest first, read a thousand at a time."""
    after = 0
    while True:
        asked = select(events, FILE, TITLE).where(wanted.holds(), events.c.seq > after).order_by(events.c.seq).limit(PAGE)
        with store.reading() as connection:
            found = tuple(map(line_of, connection.execute(asked)))
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].event.seq


def line_count(store: Store, wanted: Wanted) -> int:
    """How many events are wanted."""
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(events).where(wanted.holds())) or 0


def groups_of(store: Store, groups: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The first and last number of the acts of each group, without those that took it back or forward."""
    held = events.c
    asked = select(held.group, func.min(held.seq), func.max(held.seq)).where(held.group.in_(tuple(groups))).group_by(held.group)
    with store.reading() as connection:
        return {group: (first, last) for group, first, last in connection.execute(asked)}

"""Who reads which report blind, in and out: two people, each in a reading of their own, until an adjudicator has settled what they differ on.

While a report is read blind its tasks are out of the queue that all share (state `blind`). Who reads a report blind is shown none of its
tasks but their own, then and later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, case, func, select

from hedui.corrections import SHARED
from hedui.store.store import Store
from hedui.store.tables import results
from hedui.store.tables_review import events, readings, tasks
from hedui.store.tasks import Filter, Task, listed, neighbour, progress, row_of

__all__ = ["Blind", "Doubled", "acted_on", "doubled", "give", "listed_in", "load", "neighbour_in", "progress_in",
           "reading_of", "reads_blind", "release", "scopes", "settle", "standing", "take_back"]

Report = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Blind:
    """One person's blind reading of a report: how many of its tasks are done and how many there are."""

    person: str
    done: bool
    tasks_done: int
    tasks: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubled:
    """A report that goes to two people blind; `judged` once an adjudicator has settled it."""

    sha256: str
    report: str
    file: str
    readers: tuple[Blind, ...]
    judged: bool

    @property
    def ready(self) -> bool:
        return len(self.readers) > 1 and all(one.done for one in self.readers)


def reading_of(store: Store, person: str, sha256: str, report: str) -> str:
    """The reading that a person works in on a report: their own where they read it blind, else the one that all share."""
    held = readings.c
    with store.reading() as connection:
        found = connection.scalar(select(held.person).where(held.sha256 == sha256, held.report == report, held.person == person))
    return person if found is not None else SHARED


def reads_blind(store: Store, person: str) -> bool:
    """Whether a person reads, or has read, any report blind."""
    with store.reading() as connection:
        return connection.scalar(select(readings.c.person).where(readings.c.person == person).limit(1)) is not None


def scopes(store: Store, wanted: Filter, person: str) -> tuple[Filter, ...]:
    """What `wanted` means for a person: the shared tasks but those of reports they read blind, and their own blind ones."""
    if not reads_blind(store, person):
        return (wanted,)
    return replace(wanted, but=person), replace(wanted, reading=person)


def rank(one: Task) -> tuple[float, str]:
    return -one.weight, one.id


def listed_in(store: Store, scopes: Sequence[Filter], *, limit: int = 50, offset: int = 0) -> tuple[Task, ...]:
    """The tasks of all `scopes` as one queue, the weightiest first."""
    if len(scopes) == 1:
        return listed(store, scopes[0], limit=limit, offset=offset)
    found = (task for scope in scopes for task in listed(store, scope, limit=offset + limit))
    return tuple(sorted(found, key=rank)[offset:offset + limit])


def neighbour_in(store: Store, scopes: Sequence[Filter], *, of: Task | None, person: str, back: bool = False) -> Task | None:
    """The task behind `of` (before it where `back`) in the queue of all `scopes` that nobody else holds."""
    found = [one for scope in scopes if (one := neighbour(store, scope, of=of, person=person, back=back)) is not None]
    return sorted(found, key=rank, reverse=back)[0] if found else None


def progress_in(store: Store, scopes: Sequence[Filter]) -> dict[str, int]:
    """How many tasks of each state there are in all `scopes`. What is left out is taken off, which is less work than to count all but that."""
    total: Counter[str] = Counter()
    for scope in scopes:
        total.update(progress(store, replace(scope, but=None)))
        if scope.but is not None:
            total.subtract(left_out(store, scope, scope.but))
    return dict(+total)


def left_out(store: Store, scope: Filter, person: str) -> dict[str, int]:
    """How many tasks of each state are passed over because this person reads their reports blind."""
    # an outer join keeps SQLite on the few reports of this person: it would go through all tasks first
    meant = (tasks.c.sha256 == readings.c.sha256) & (tasks.c.report == readings.c.report) & replace(scope, but=None, state=None).holds()
    asked = select(tasks.c.state).select_from(readings.outerjoin(tasks, meant)).where(readings.c.person == person)
    with store.reading() as connection:
        return Counter(state for state in connection.scalars(asked) if state is not None)


def give(store: Store, sha256: str, report: str, found: Mapping[str, Iterable[Task]]) -> int:
    """Gives a report to the people in `found`, each with their tasks, and takes its shared tasks out of the queue; how many tasks are new.

    Asked again after the report was read anew, it adds tasks that are new and drops open ones that are no longer wanted.
    """
    now, held, new = datetime.now(UTC), readings.c, 0
    own = (tasks.c.sha256 == sha256) & (tasks.c.report == report)
    with store.writing() as connection:
        there = set(connection.scalars(select(held.person).where(held.sha256 == sha256, held.report == report)))
        for person, wanted in found.items():
            if person not in there:
                connection.execute(readings.insert(), {"sha256": sha256, "report": report, "person": person, "made": now})
            new += put(connection, own & (tasks.c.reading == person), {one.id: one for one in wanted})
        connection.execute(tasks.update().where(own, tasks.c.reading == SHARED, tasks.c.state == "open").values(state="blind"))
    return new


def put(connection: Connection, own: ColumnElement[bool], wanted: Mapping[str, Task]) -> int:
    there = {row.id: row.state for row in connection.execute(select(tasks.c.id, tasks.c.state).where(own))}
    gone = [name for name, state in there.items() if name not in wanted and state == "open"]
    for at in range(0, len(gone), 500):
        connection.execute(tasks.delete().where(tasks.c.id.in_(gone[at:at + 500])))
    added = [row_of(one) for name, one in wanted.items() if name not in there]
    if added:
        connection.execute(tasks.insert(), added)
    return len(added)


def take_back(store: Store, sha256: str, report: str, person: str) -> None:
    """Takes a report from somebody who is not done with it; what they did stays in the trail."""
    held, own = readings.c, (tasks.c.sha256 == sha256) & (tasks.c.report == report) & (tasks.c.reading == person)
    with store.writing() as connection:
        connection.execute(tasks.delete().where(own))
        connection.execute(readings.delete().where(held.sha256 == sha256, held.report == report, held.person == person))


def settle(connection: Connection, sha256: str, report: str, reading: str) -> None:
    """Says of a blind reading whether it is done: once none of its tasks is open."""
    left = select(tasks.c.id).where(tasks.c.sha256 == sha256, tasks.c.report == report, tasks.c.reading == reading, tasks.c.state == "open")
    done = None if connection.scalar(left.limit(1)) is not None else datetime.now(UTC)
    held = readings.c
    connection.execute(readings.update().where(held.sha256 == sha256, held.report == report, held.person == reading).values(done=done))


def release(store: Store, sha256: str, report: str) -> int:
    """Ends the blind reading of a report: it counts as judged, and shared tasks that nobody decided go back to the queue; how many these are."""
    held = readings.c
    with store.writing() as connection:
        connection.execute(readings.update().where(held.sha256 == sha256, held.report == report).values(judged=datetime.now(UTC)))
        back = tasks.update().where(tasks.c.sha256 == sha256, tasks.c.report == report, tasks.c.reading == SHARED, tasks.c.state == "blind")
        return int(connection.execute(back.values(state="open")).rowcount)


def doubled(store: Store, *, sha256: str | None = None, report: str | None = None) -> tuple[Doubled, ...]:
    """The reports that go to two people blind, the last given out first; of one content or report where these are named."""
    held = readings.c
    done = func.sum(case((tasks.c.state == "done", 1), else_=0))
    asked = select(held.sha256, held.report, held.person, held.made, held.done, held.judged, func.count(tasks.c.id).label("all"),
                   done.label("decided"), func.max(tasks.c.file).label("file")).outerjoin(
        tasks, (tasks.c.sha256 == held.sha256) & (tasks.c.report == held.report) & (tasks.c.reading == held.person)).group_by(
        held.sha256, held.report, held.person, held.made, held.done, held.judged).order_by(
        held.made.desc(), held.sha256, held.report, held.person)
    for column, value in ((held.sha256, sha256), (held.report, report)):
        if value is not None:
            asked = asked.where(column == value)
    found: dict[Report, Doubled] = {}
    with store.reading() as connection:
        for row in connection.execute(asked):
            one = Blind(person=row.person, done=row.done is not None, tasks_done=row.decided or 0, tasks=row.all)
            there = found.get((row.sha256, row.report))
            if there is None:
                there = Doubled(sha256=row.sha256, report=row.report, file=row.file or "", readers=(), judged=row.judged is not None)
            found[row.sha256, row.report] = replace(there, readers=(*there.readers, one), file=there.file or row.file or "")
    return tuple(found.values())


def standing(store: Store) -> Hashable:
    """What blind readings that are done rest on: it stays the same as long as nobody acts in one of them, judges, or reads the file anew."""
    held, said, read = readings.c, events.c, results.c
    of_report = (said.sha256 == held.sha256) & (said.report == held.report)
    own = select(func.max(said.seq)).where(of_report, said.reading == held.person).correlate(readings).scalar_subquery()
    shared = select(func.max(said.seq)).where(of_report, said.reading == SHARED, held.judged.is_not(None)).correlate(readings).scalar_subquery()
    newest = select(func.max(read.made)).where(read.sha256 == held.sha256).correlate(readings).scalar_subquery()
    asked = select(held.sha256, held.report, held.person, held.done, held.judged, own, shared, newest).order_by(held.sha256, held.report, held.person)
    with store.reading() as connection:
        return tuple(tuple(row) if row.done is not None else (row.sha256, row.report, row.person) for row in connection.execute(asked))


def load(store: Store) -> dict[str, int]:
    """How many blind tasks each person has open."""
    held = tasks.c
    asked = select(held.reading, func.count()).where(held.reading != SHARED, held.state == "open").group_by(held.reading)
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(asked)}


def acted_on(store: Store, sha256: str, report: str) -> frozenset[str]:
    """Who has said anything of a report in any reading: they are no longer blind to it."""
    asked = select(events.c.person).where(events.c.sha256 == sha256, events.c.report == report).distinct()
    with store.reading() as connection:
        return frozenset(connection.scalars(asked))

"""How much of each report may be wrong, by what was read of it; and tasks that are put into the queue to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from hedui.corrections import SHARED
from hedui.store import tables
from hedui.store.store import Store
from hedui.store.tables_review import events, readings, routed, tasks
from hedui.store.tasks import Task, row_of

__all__ = ["Doubt", "add_tasks", "doubts"]

ASK_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A report by what was read of it: how many `fields` its records have and how many of them are wrong by expectation, the sum over its
    records of (1 − confidence) × filled fields. `words` are its title and the names in its records; `seen` tells that somebody has said
    something of it, or reads it blind."""

    sha256: str
    report: str
    title: str
    expected: float
    fields: int
    words: str
    seen: bool


def doubts(store: Store) -> Iterator[Doubt]:
    """Every report whose tasks are laid out, in the order of contents."""
    reports, records, results = tables.reports.c, tables.records.c, tables.results.c
    of = select(results.sha256, reports.result, reports.place, reports.id, reports.title, reports.unit, reports.programme).join_from(
        tables.reports, tables.results).join(routed, routed.c.sha256 == results.sha256).order_by(results.sha256, reports.start, reports.id)
    with store.reading() as connection:
        seen = {(row.sha256, row.report) for table in (events, readings)
                for row in connection.execute(select(table.c.sha256, table.c.report).distinct())}
        heads = connection.execute(of).all()
        sums: dict[tuple[int, int], tuple[float, int, list[str]]] = {}
        asked = select(records.result, records.report, records.confidence, records.filled, records.name)
        for row in connection.execute(asked.order_by(records.result, records.place)):
            wrong, fields, words = sums.get((row.result, row.report), (0.0, 0, []))
            words.append(row.name)
            sums[row.result, row.report] = wrong + (1 - row.confidence) * row.filled, fields + row.filled, words
    for head in heads:
        wrong, fields, words = sums.get((head.result, head.place), (0.0, 0, []))
        yield Doubt(sha256=head.sha256, report=head.id, title=head.title or "", expected=wrong, fields=fields, seen=(head.sha256, head.id) in seen,
                    words=" ".join([head.title or "", head.unit or "", head.programme or "", *words]))


def add_tasks(store: Store, found: Iterable[Task]) -> int:
    """Adds shared tasks on findings that have none; how many are new."""
    wanted = {one.id: one for one in found}
    with store.writing() as connection:
        there: set[str] = set()
        for at in range(0, len(names := list(wanted)), ASK_AT_ONCE):
            there |= set(connection.scalars(select(tasks.c.id).where(tasks.c.id.in_(names[at:at + ASK_AT_ONCE]), tasks.c.reading == SHARED)))
        new = [row_of(one) for name, one in wanted.items() if name not in there]
        if new:
            connection.execute(tasks.insert(), new)
    return len(new)

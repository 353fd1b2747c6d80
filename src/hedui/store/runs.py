"""Runs in the order they began: what each was asked for, with which version, and its story in figures once it has ended."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select

from hedui.findings import content_id
from hedui.store.store import Store
from hedui.store.tables_ledger import runs

__all__ = ["Run", "finish_run", "last_runs", "run_of", "start_run"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run: `asked` is what it was called with, `story` what it came to (empty until it has `finished`)."""

    id: str
    version: str
    started: datetime
    finished: datetime | None
    asked: Mapping[str, Any]
    story: Mapping[str, Any]


def moment(found: datetime | None) -> datetime | None:
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def read(row: Row[Any]) -> Run:
    return Run(id=row.id, version=row.version, started=moment(row.started) or row.started, finished=moment(row.finished),
               asked=json.loads(row.inputs) or {}, story=json.loads(row.story))


def start_run(store: Store, asked: Mapping[str, Any], *, version: str) -> str:
    """The id of a run that begins now."""
    now = datetime.now(UTC)
    run = content_id("u", version, now.isoformat(), secrets.token_hex(8))
    with store.writing() as connection:
        connection.execute(runs.insert(), {"id": run, "version": version, "started": now, "story": "{}",
                                           "inputs": json.dumps(dict(asked), ensure_ascii=False)})
    return run


def finish_run(store: Store, run: str, story: Mapping[str, Any]) -> None:
    """Writes that a run has ended, and its story."""
    with store.writing() as connection:
        connection.execute(runs.update().where(runs.c.id == run).values(
            finished=datetime.now(UTC), story=json.dumps(dict(story), ensure_ascii=False)))


def run_of(store: Store, run: str) -> Run:
    with store.reading() as connection:
        return read(connection.execute(select(runs).where(runs.c.id == run)).one())


def last_runs(store: Store, many: int = 1, *, finished: bool = False) -> Sequence[Run]:
    """The runs that began last, the newest first; only those that ended where `finished`."""
    asked = select(runs).order_by(runs.c.started.desc(), runs.c.id).limit(many)
    if finished:
        asked = asked.where(runs.c.finished.is_not(None))
    with store.reading() as connection:
        return tuple(map(read, connection.execute(asked)))

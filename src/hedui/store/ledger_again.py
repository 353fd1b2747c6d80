"""What a run listed and another version would make otherwise: by what is kept of it, and marked to be done again without being listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, select

from hedui.store.ledger import HELD, LedgerRow, Stage, State, chunks, listed_by, row_of
from hedui.store.runs import Run, read
from hedui.store.store import Store
from hedui.store.tables import outputs, parsed, results
from hedui.store.tables_ledger import inputs, places, runs

__all__ = ["Due", "due", "listing_run", "mark", "older", "rows_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """An input that a version has not done yet, the stage it is to be done from, and whether it has a result of an older version."""

    sha256: str
    state: State
    stage: Stage
    has_result: bool


def listing_run(store: Store) -> Run | None:
    """The last run that has listed anything; None where there was none."""
    asked = select(runs).where(exists().where(places.c.run == runs.c.id)).order_by(runs.c.started.desc(), runs.c.id).limit(1)
    with store.reading() as connection:
        row = connection.execute(asked).first()
    return None if row is None else read(row)


def due(store: Store, *, run: str, version: str, readers: str, stage_of: Callable[[str], Stage]) -> tuple[Due, ...]:
    """What a run listed and `version` has not done: from the stage that `stage_of` an older version names, or by reading where what that stage needs
    was not kept. What could not be read is tried again where its findings might be others; what is quarantined is not."""
    of_version = and_(results.c.sha256 == inputs.c.sha256, results.c.version == inputs.c.version)
    document = exists().where(parsed.c.sha256 == inputs.c.sha256, parsed.c.readers == readers)
    asked = select(inputs.c.sha256, inputs.c.state, inputs.c.version, results.c.number, outputs.c.signals.is_not(None).label("signals"),
                   document.label("document")).join(results, of_version, isouter=True).join(
        outputs, outputs.c.result == results.c.number, isouter=True).where(inputs.c.state != "quarantined", listed_by(run)).order_by(inputs.c.sha256)
    stages: dict[str | None, Stage] = {None: "read", version: "nothing"}
    found = []
    with store.reading() as connection:
        for row in connection.execute(asked):
            if row.version not in stages:
                stages[row.version] = stage_of(row.version)
            stage, waits = stages[row.version], row.state in ("seen", "reading")
            if row.state == "failed":
                stage = "read" if stage in ("read", "extract") else "nothing"
            elif (waits and (stage == "nothing" or row.number is None)) or (stage == "weigh" and not row.signals) or (
                    stage == "extract" and not row.document):
                stage = "read"
            if stage != "nothing":
                found.append(Due(sha256=row.sha256, state=row.state, stage=stage, has_result=row.number is not None))
    return tuple(found)


def rows_of(store: Store, keys: Sequence[str]) -> tuple[LedgerRow, ...]:
    """The rows of some inputs, in the order of their names."""
    found: list[LedgerRow] = []
    with store.reading() as connection:
        for some in chunks(keys):
            found += map(row_of, connection.execute(HELD.where(inputs.c.sha256.in_(some))))
    return tuple(sorted(found, key=lambda row: (row.name, row.sha256)))


def mark(store: Store, again: Mapping[Stage, Sequence[str]], kept: Mapping[str, str], *, listed: str, run: str) -> None:
    """Gives `run` the places that `listed` found, has the inputs in `again` wait at their stages, and leaves those in `kept` at the results they
    have, with the cause why."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        connection.execute(places.update().where(places.c.run == listed).values(run=run))
        for stage, keys in again.items():
            anew = {"state": "seen", "stage": stage, "attempts": 0, "deaths": 0, "cause": "", "changed": now}
            put(connection, keys, anew, ("seen", "done", "failed"))
        for key, cause in kept.items():
            put(connection, [key], {"state": "done", "stage": "read", "cause": cause}, ("seen", "done"))


def put(connection: Connection, keys: Sequence[str], values: Mapping[str, Any], states: Sequence[State]) -> None:
    for some in chunks(keys):
        connection.execute(inputs.update().where(inputs.c.sha256.in_(some), inputs.c.state.in_(states)).values(**values))


def older(store: Store, *, run: str, version: str) -> dict[str, str]:
    """The contents that a run listed and that have a result of another version than its own, with that version."""
    asked = select(inputs.c.sha256, inputs.c.version).where(inputs.c.state == "done", inputs.c.version != version, listed_by(run))
    with store.reading() as connection:
        return {row.sha256: row.version for row in connection.execute(asked)}

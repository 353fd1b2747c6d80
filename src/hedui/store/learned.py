"""What people decided on proposals that were made from their corrections, in and out: added, never changed, the last word on each counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import Row, select

from hedui.errors import UsageError
from hedui.store.store import Store
from hedui.store.tables_learned import learned

__all__ = ["Choice", "Decided", "decide", "decided", "history"]

Choice = Literal["accepted", "declined", "withdrawn"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What `person` decided on the proposal `key`: that `row` belongs into `file`, or not. `told` names the reports that it was proposed from,
    each with the number of the event."""

    seq: int
    key: str
    decision: Choice
    file: str
    row: str
    told: tuple[tuple[str, int], ...]
    person: str
    at: datetime


def decided_of(row: Row[tuple[object, ...]]) -> Decided:
    held = dict(row._mapping)
    at = held.pop("at")
    told = tuple((report, seq) for report, seq in json.loads(held.pop("told")))
    return Decided(**held, told=told, at=at if at.tzinfo else at.replace(tzinfo=UTC))


def history(store: Store) -> tuple[Decided, ...]:
    """Every decision, the oldest first."""
    with store.reading() as connection:
        return tuple(map(decided_of, connection.execute(select(learned).order_by(learned.c.seq))))


def decided(store: Store) -> Mapping[str, Decided]:
    """The last decision on each proposal, by its key."""
    return {one.key: one for one in history(store)}


def decide(store: Store, *, key: str, decision: Choice, file: str, row: str, told: Sequence[tuple[str, int]], person: str) -> bool:
    """Adds a decision; whether it was added: deciding the same again adds nothing. UsageError where there is no such decision."""
    if decision not in get_args(Choice):
        raise UsageError(f"{decision}: 应为其中之一 one of {' · '.join(get_args(Choice))}")
    with store.writing() as connection:
        last = connection.scalar(select(learned.c.decision).where(learned.c.key == key).order_by(learned.c.seq.desc()).limit(1))
        if last == decision:
            return False
        connection.execute(learned.insert(), {"key": key, "decision": decision, "file": file, "row": row, "person": person,
                                              "told": json.dumps([list(one) for one in told]), "at": datetime.now(UTC)})
    return True

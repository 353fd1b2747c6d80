"""Inputs in, each in one state until it is done: seen → reading → done, failed or quarantined. Nothing that came in is ever out of sight.

A program that reads holds its inputs by name (`holder`) until a moment (`until`); those of a holder that is gone go back to be seen.
An input whose reading process died of it `MOST_DEATHS` times, or whose holder was lost `MOST_ATTEMPTS` times while it was at it, is
quarantined: nothing reads it until somebody releases it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal, cast

from sqlalchemy import Connection, Row, and_, bindparam, exists, func, or_, select, union_all

from hedui.store.store import ASK_AT_ONCE, Store
from hedui.store.tables import documents
from hedui.store.tables_ledger import inputs, places, versions
from hedui.store.upserts import add, put

__all__ = [
    "LEASE",
    "MOST_ATTEMPTS",
    "MOST_DEATHS",
    "STATES",
    "Input",
    "LedgerRow",
    "Place",
    "Stage",
    "State",
    "begin",
    "claim",
    "digests_of",
    "done",
    "enter",
    "failed",
    "forget",
    "free",
    "known",
    "ledger_rows",
    "lying",
    "names_in",
    "placed",
    "release",
    "remember",
    "retry",
    "stay",
    "totals",
    "waiting",
]

State = Literal["seen", "reading", "done", "failed", "quarantined"]
Stage = Literal["nothing", "weigh", "extract", "read"]
STATES: tuple[State, ...] = ("seen", "reading", "done", "failed", "quarantined")
MOST_DEATHS, MOST_ATTEMPTS = 2, 5
LEASE = timedelta(minutes=30)
LONGEST = timedelta(hours=4)  # as long as a reader may take (readers.limits.MAX_SECONDS)
TOO_OFTEN = "读它的程序多次中断 · the program was lost too often while it read this"
PAGE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a file lies (path or address; members of archives behind `!`), what it is called, the digest of its own content and the
    `stamp` that tells whether it was written since."""

    place: str
    name: str
    sha256: str | None = None
    stamp: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """One thing to read: a content, or the files of a case, under the digest of both. `parts` are the files of a case as
    (name, path, sha256, archive); `cause` says why it could not even be opened."""

    sha256: str
    name: str
    path: str
    places: tuple[Place, ...]
    parts: tuple[tuple[str, str, str, str], ...] = ()
    bytes: int = 0
    cause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """An input and what became of it. `stage` is what is still to do (`read`, or from what is kept `extract` or `weigh`); `deaths` counts the
    processes that died of it, `attempts` how often it was begun; `seconds` and `version` are of the last result."""

    sha256: str
    name: str
    place: str
    media_type: str | None
    bytes: int
    state: State
    stage: Stage
    attempts: int
    deaths: int
    cause: str
    seconds: float | None
    version: str | None
    changed: datetime
    parts: tuple[tuple[str, str, str, str], ...] = ()


def aware(moment: datetime) -> datetime:
    """A moment of the store with its zone, which SQLite does not keep."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def row_of(row: Row[Any]) -> LedgerRow:
    return LedgerRow(sha256=row.sha256, name=row.name, place=row.path, media_type=row.media_type, bytes=row.bytes, state=row.state,
                     stage=row.stage, attempts=row.attempts, deaths=row.deaths, cause=row.cause, seconds=row.seconds, version=row.version,
                     changed=aware(row.changed), parts=tuple((name, path, sha256, archive) for name, path, sha256, archive in json.loads(row.parts)))


HELD = select(inputs, documents.c.media_type).join(documents, documents.c.sha256 == inputs.c.sha256, isouter=True)
BEGUN = inputs.update().where(
    inputs.c.sha256 == bindparam("key"), inputs.c.state == "reading", inputs.c.holder == bindparam("by")).values(
    attempts=inputs.c.attempts + 1, until=bindparam("end"))
PRESENT = exists().where(places.c.input == inputs.c.sha256)


def listed_by(run: str | None) -> Any:
    """Whether an input lies anywhere, or where a run is named, that this run listed it."""
    return PRESENT if run is None else exists().where(places.c.input == inputs.c.sha256, places.c.run == run)


def chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(keys), ASK_AT_ONCE):
        yield keys[at:at + ASK_AT_ONCE]


def remember(store: Store, version: str, digests: Mapping[str, str | None]) -> None:
    """Keeps what is behind a version."""
    with store.writing() as connection:
        add(connection, versions, {"version": version, "digests": json.dumps(dict(digests), sort_keys=True), "first_used": datetime.now(UTC)})


def digests_of(store: Store, version: str) -> dict[str, Any] | None:
    """The digests behind a version by stage; None where the store does not know them."""
    with store.reading() as connection:
        told = connection.scalar(select(versions.c.digests).where(versions.c.version == version))
    return None if told is None else dict(json.loads(told))


def enter(store: Store, entered: Sequence[Input], *, version: str, run: str, stage_of: Callable[[str], Stage],
          archives: Sequence[Place] = ()) -> None:
    """Takes in what a run listed, and the `archives` it opened. What is new is seen; what is done by an older version is seen again at
    the stage that `stage_of` that version names; the same content at many places is one input. Places that this run no longer finds are
    left to `forget`."""
    by_key = {one.sha256: one for one in entered}
    now = datetime.now(UTC)
    with store.writing() as connection:
        known: dict[str, Row[Any]] = {}
        for some in chunks(list(by_key)):
            known.update((row.sha256, row) for row in connection.execute(select(inputs).where(inputs.c.sha256.in_(some))))
        fresh = [fresh_row(one, now, version) for key, one in by_key.items() if key not in known]
        add(connection, inputs, *fresh)  # another run may have entered the same a moment ago
        stage_of = cache(stage_of)
        for key, row in known.items():
            if change := changed_row(row, by_key[key], now, version, stage_of):
                connection.execute(inputs.update().where(inputs.c.sha256 == key).values(**change))
        put(connection, places, [{"place": place.place, "name": place.name, "input": one.sha256, "sha256": place.sha256,
                                        "stamp": place.stamp, "run": run} for one in entered for place in one.places])
        put(connection, places, [{"place": one.place, "name": one.name, "input": None, "sha256": one.sha256, "stamp": one.stamp, "run": run}
                                 for one in archives])


def fresh_row(one: Input, now: datetime, version: str) -> dict[str, Any]:
    return {"sha256": one.sha256, "name": one.name, "path": one.path, "parts": json.dumps(one.parts, ensure_ascii=False), "bytes": one.bytes,
            "state": "failed" if one.cause else "seen", "stage": "read", "attempts": 0, "deaths": 0, "cause": one.cause,
            "version": version if one.cause else None, "changed": now}


def changed_row(row: Row[Any], one: Input, now: datetime, version: str, stage_of: Callable[[str], Stage]) -> dict[str, Any]:
    """What changes of a known input: where it lies and is called now; whether another version has something left to do with it."""
    change: dict[str, Any] = {}
    parts = json.dumps(one.parts, ensure_ascii=False)
    if (row.name, row.path, row.parts) != (one.name, one.path, parts):
        change |= {"name": one.name, "path": one.path, "parts": parts, "bytes": one.bytes}
    if one.cause:  # it cannot be opened, so that reading it again would only hide why
        return change | ({"state": "failed", "cause": one.cause, "version": version, "changed": now} if row.state == "seen" else {})
    if row.state == "failed" and not row.attempts:  # it could not be opened then
        return change | {"state": "seen", "cause": "", "changed": now}
    done_in_part = row.state == "seen" and row.stage != "read"  # it waits to be done again by a version that may not be this one
    if (row.state in ("done", "failed") or done_in_part) and row.version != version:
        stage = stage_of(row.version) if row.state != "failed" and row.version else "read"
        change |= {"state": "seen", "stage": stage, "attempts": 0, "deaths": 0, "cause": "", "changed": now} if stage != "nothing" else {}
    return change


def stay(store: Store, keys: Sequence[str], *, run: str) -> None:
    """Has what lay at the places `keys`, or in archives there, belong to `run`, which has not looked at them."""
    with store.writing() as connection:
        for some in chunks(keys):
            connection.execute(places.update().where(places.c.place.in_(some)).values(run=run))
        for key in keys if connection.scalar(select(exists().where(places.c.place.contains("!")))) else ():  # members of archives
            connection.execute(places.update().where(func.substr(places.c.place, 1, len(key) + 1) == f"{key}!").values(run=run))


def forget(store: Store, roots: Sequence[str], *, run: str) -> int:
    """Takes away the places at or under `roots` that `run` has not found again; how many. What was read there is kept."""
    under = frozenset(root.rstrip("/") for root in roots)
    with store.writing() as connection:
        others = connection.scalars(select(places.c.place).where(places.c.run != run)).all()
        gone = [place for place in others if any(above in under for above in aboves(place))]
        for some in chunks(gone):
            connection.execute(places.delete().where(places.c.place.in_(some), places.c.run != run))
    return len(gone)


def aboves(place: str) -> Iterator[str]:
    """A place and everything it lies in: folders, archives."""
    yield place
    yield from (place[:at] for at, sign in enumerate(place) if sign in "/!")


def known(store: Store) -> dict[str, tuple[str, str]]:
    """From each place its stamp and the digest of what lay there, where the stamp can be told by again."""
    asked = select(places.c.place, places.c.stamp, places.c.sha256).where(places.c.stamp != "", places.c.sha256.is_not(None))
    with store.reading() as connection:
        return {row.place: (row.stamp, row.sha256) for row in connection.execute(asked)}


def lying(store: Store) -> dict[str, tuple[str, str]]:
    """From each place of a file its stamp and digest, both empty where they are not sure; members of archives are left out."""
    asked = select(places.c.place, places.c.stamp, places.c.sha256).where(or_(places.c.stamp != "", ~places.c.place.contains("!")))
    with store.reading() as connection:
        return {row.place: (row.stamp, row.sha256 or "") for row in connection.execute(asked)}


def waiting(store: Store, *, run: str | None = None) -> tuple[tuple[str, datetime], ...]:
    """The inputs that are seen and wait to be read, with the moment since when, of one run, or all; in the order of their names, behind them
    those that were begun and not ended, and last those whose process died."""
    held = inputs.c
    asked = select(held.sha256, held.changed).where(held.state == "seen", listed_by(run)).order_by(held.deaths, held.attempts, held.name, held.sha256)
    with store.reading() as connection:
        return tuple((row.sha256, row.changed) for row in connection.execute(asked))


def claim(store: Store, keys: Sequence[str], *, holder: str) -> tuple[LedgerRow, ...]:
    """Takes those of `keys` that nobody else holds; in the order given."""
    found: dict[str, LedgerRow] = {}
    mine = and_(inputs.c.state == "reading", inputs.c.holder == holder)
    with store.writing() as connection:
        for some in chunks(keys):
            connection.execute(inputs.update().where(inputs.c.sha256.in_(some), or_(inputs.c.state == "seen", mine)).values(
                state="reading", holder=holder, until=datetime.now(UTC) + LEASE))
            found.update((row.sha256, row_of(row)) for row in connection.execute(HELD.where(inputs.c.sha256.in_(some), mine)))
    return tuple(found[key] for key in keys if key in found)


def begin(store: Store, key: str, *, holder: str) -> bool:
    """Counts one attempt on an input that `holder` is about to read, and has it hold it as long as reading may take; whether it still held it."""
    with store.writing() as connection:
        return connection.execute(BEGUN, {"key": key, "by": holder, "end": datetime.now(UTC) + LEASE + LONGEST}).rowcount == 1


def done(connection: Connection, seconds: Mapping[str, float], *, version: str) -> None:
    """Writes that inputs have their results, and how long each took, in the transaction that keeps them."""
    connection.execute(inputs.update().where(inputs.c.sha256 == bindparam("key")).values(
        state="done", stage="read", cause="", seconds=bindparam("took"), version=version, holder=None, until=None, deaths=0,
        changed=datetime.now(UTC)), [{"key": key, "took": took} for key, took in seconds.items()])


def failed(store: Store, key: str, cause: str, *, version: str, seconds: float, died: bool = False, passing: bool = False,
           holder: str | None = None) -> State:
    """Writes why an input was not read and gives the state it is in now: one that its process `died` of is seen once more before it
    is quarantined, one whose trouble is `passing` as often as `MOST_ATTEMPTS` allows. Where a `holder` is named that holds it no longer,
    nothing is written."""
    with store.writing() as connection:
        row = connection.execute(select(inputs.c.deaths, inputs.c.attempts, inputs.c.state, inputs.c.holder).where(
            inputs.c.sha256 == key).with_for_update()).one()
        if holder is not None and row.holder != holder:
            return cast("State", row.state)
        deaths = row.deaths + died
        state: State = "quarantined" if deaths >= MOST_DEATHS else "seen" if died or (passing and row.attempts < MOST_ATTEMPTS) else "failed"
        connection.execute(inputs.update().where(inputs.c.sha256 == key).values(
            state=state, cause=cause, seconds=seconds, version=version, holder=None, until=None, deaths=deaths, changed=datetime.now(UTC)))
    return state


def free(store: Store, gone: Callable[[str], bool]) -> int:
    """Takes back what holders hold that are `gone` or whose time is over; how many."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        held = connection.execute(select(inputs.c.holder, func.min(inputs.c.until).label("until")).where(
            inputs.c.state == "reading").group_by(inputs.c.holder)).all()
        lost = [row.holder for row in held if row.holder is None or gone(row.holder)]
        mine = or_(inputs.c.holder.in_(lost), inputs.c.until < now, inputs.c.holder.is_(None))
        reading = and_(inputs.c.state == "reading", mine)
        back = {"holder": None, "until": None, "changed": now}
        often = connection.execute(inputs.update().where(reading, inputs.c.attempts >= MOST_ATTEMPTS).values(
            state="quarantined", cause=TOO_OFTEN, **back)).rowcount
        return often + connection.execute(inputs.update().where(reading).values(state="seen", **back)).rowcount


def back_to_seen(store: Store, states: Sequence[State], keys: Iterable[str] | None) -> int:
    changed = 0
    again = {"state": "seen", "stage": "read", "attempts": 0, "deaths": 0, "cause": "", "changed": datetime.now(UTC)}
    with store.writing() as connection:
        for some in [None] if keys is None else chunks(tuple(keys)):
            which = [] if some is None else [inputs.c.sha256.in_(some)]
            changed += connection.execute(inputs.update().where(inputs.c.state.in_(states), PRESENT, *which).values(**again)).rowcount
    return changed


def retry(store: Store, keys: Iterable[str] | None = None) -> int:
    """Has what failed (all of it, or `keys`) wait to be read again; how many."""
    return back_to_seen(store, ("failed",), keys)


def release(store: Store, keys: Iterable[str] | None = None) -> int:
    """Lets what is quarantined (all of it, or `keys`) be read again; how many."""
    return back_to_seen(store, ("quarantined",), keys)


def totals(store: Store, *, run: str | None = None) -> dict[State, int]:
    """How many inputs are in each state, of one run or all that lie anywhere."""
    apart = select(inputs.c.sha256).where(~listed_by(run))
    every = select(inputs.c.state, func.count().label("many")).group_by(inputs.c.state)
    less = select(inputs.c.state, -func.count()).where(inputs.c.sha256.in_(apart)).group_by(inputs.c.state)
    found = Counter[State]()
    with store.reading() as connection:
        for row in connection.execute(union_all(every, less)):  # one statement, so that both see the same moment
            found[row.state] += row.many
    return {state: found[state] for state in STATES}


def ledger_rows(store: Store, states: Sequence[State] | None = None, *, run: str | None = None) -> Iterator[LedgerRow]:
    """Every input, or those in `states`, in the order of their names, read a thousand at a time."""
    asked = HELD.where(listed_by(run)).order_by(inputs.c.name, inputs.c.sha256).limit(PAGE)
    asked = asked if states is None else asked.where(inputs.c.state.in_(states))
    after: tuple[str, str] | None = None
    while True:
        beyond = asked if after is None else asked.where(or_(inputs.c.name > after[0], and_(inputs.c.name == after[0], inputs.c.sha256 > after[1])))
        with store.reading() as connection:
            found = tuple(map(row_of, connection.execute(beyond)))
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].name, found[-1].sha256


def placed(store: Store, *, run: str) -> Iterator[tuple[str, LedgerRow]]:
    """The name of every place that a run listed, in their order, with the input that lies there."""
    asked = select(inputs, documents.c.media_type, places.c.name.label("called"), places.c.place).join(
        places, places.c.input == inputs.c.sha256).join(documents, documents.c.sha256 == inputs.c.sha256, isouter=True).where(
        places.c.run == run).order_by(places.c.name, places.c.place)
    with store.reading() as connection:
        for row in connection.execute(asked):
            yield row.called, row_of(row)


def names_in(store: Store, *, run: str) -> dict[str, str | None]:
    """The names of the files that a run listed, with the digests of their own contents."""
    asked = select(places.c.name, places.c.sha256).where(places.c.run == run, places.c.input.is_not(None))
    with store.reading() as connection:
        return {row.name: row.sha256 for row in connection.execute(asked)}

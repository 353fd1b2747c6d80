"""A store in, the versions whose results it keeps with their documents and bytes out; results that nothing needs any more freed.

What stays whoever asks: the newest result of every content, and the one that the ledger says an input has. What people have said something
of stays unless that is asked for too: their decisions are kept in any case, but not what they saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, not_, or_, select, text

from hedui.errors import UsageError
from hedui.store.ledger import chunks, digests_of
from hedui.store.results import versions_held
from hedui.store.store import Store
from hedui.store.tables import outputs, parsed, results
from hedui.store.tables_ledger import inputs
from hedui.store.tables_review import events, routed

__all__ = ["Freed", "Held", "free_version", "freed_by", "store_bytes", "vacuum", "versions_in"]

BYTES = func.length(outputs.c.output) + func.coalesce(func.length(outputs.c.signals), 0)
WHOLE = ("outputs", "parsed", "results")


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What a store keeps of a version: how many contents it read and the bytes of these results, of how many of them it is the newest or what
    the ledger says, and on how many others people decided something."""

    version: str
    contents: int
    bytes: int
    needed: int
    decided: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Freed:
    """What goes of a version: results, kept Documents that no other result was made from, the bytes of both; and how many results stay as they
    are `needed` or people `decided` something on them."""

    version: str
    results: int
    documents: int
    bytes: int
    needed: int
    decided: int


def needed() -> ColumnElement[bool]:
    """Whether a result is the newest of its content, or what the ledger says an input has."""
    newer = results.alias()
    passed = exists().where(newer.c.sha256 == results.c.sha256, newer.c.number > results.c.number)
    told = exists().where(inputs.c.sha256 == results.c.sha256, inputs.c.version == results.c.version)
    return not_(passed) | told


def decided() -> ColumnElement[bool]:
    """Whether people said something of what a result holds, or may have: events of an older hedui name no version."""
    return exists().where(events.c.sha256 == results.c.sha256, or_(events.c.version == results.c.version, events.c.version == ""))


def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def versions_in(store: Store) -> tuple[Held, ...]:
    """The versions that results were made by, the one that read last first."""
    asked = select(results.c.version, func.count().label("contents"), func.sum(BYTES).label("bytes"), counted(needed()).label("needed"),
                   counted(and_(not_(needed()), decided())).label("decided")).join(outputs, outputs.c.result == results.c.number).group_by(
        results.c.version).order_by(func.max(results.c.number).desc())
    with store.reading() as connection:
        return tuple(Held(version=row.version, contents=row.contents, bytes=int(row.bytes), needed=int(row.needed), decided=int(row.decided))
                     for row in connection.execute(asked))


def going(version: str, also_decided: bool) -> ColumnElement[bool]:
    """Whether a result of `version` may go."""
    free = and_(results.c.version == version, not_(needed()))
    return free if also_decided else and_(free, not_(decided()))


def same_readers(store: Store, version: str) -> tuple[str | None, tuple[str, ...]]:
    """The digest of the readers behind a version, None where it is not known, and the other versions that may have read with them."""
    readers = {name: (digests_of(store, name) or {}).get("readers") for name in {version, *versions_held(store)}}
    own = readers.pop(version)
    return own, tuple(name for name, other in readers.items() if other in (None, own))


def orphaned(readers: str, others: Sequence[str]) -> ColumnElement[bool]:
    """Whether a kept Document of `readers` is one that no result of `others` was made from."""
    return and_(parsed.c.readers == readers, ~exists().where(results.c.sha256 == parsed.c.sha256, results.c.version.in_(others)))


def known(store: Store, version: str) -> Held:
    """What is kept of a version. UsageError where there is nothing."""
    found = versions_in(store)
    for one in found:
        if one.version == version:
            return one
    there = "、".join(one.version for one in found)
    raise UsageError(f"{version}: 库里没有这个版本的结果，有 {there or '–'} · no results of this version here, these are")


def freed_by(store: Store, version: str, *, also_decided: bool = False) -> Freed:
    """What `free_version` would free. UsageError where the store keeps nothing of the version."""
    held, (readers, others) = known(store, version), same_readers(store, version)
    goes = going(version, also_decided)
    with store.reading() as connection:
        many, size = connection.execute(select(func.count(), func.sum(BYTES)).join_from(
            results, outputs, outputs.c.result == results.c.number).where(goes)).one()
        documents, their = connection.execute(select(func.count(), func.sum(func.length(parsed.c.document))).where(
            orphaned(readers, others), parsed.c.sha256.in_(select(results.c.sha256).where(goes)))).one() if readers else (0, 0)
    return Freed(version=version, results=many, documents=documents, bytes=int(size or 0) + int(their or 0), needed=held.needed,
                 decided=0 if also_decided else held.decided)


def free_version(store: Store, version: str, *, also_decided: bool = False) -> Freed:
    """Takes away the results of a version that nothing needs, and the Documents that they alone were made from, in one transaction; what went.

    Where tasks were laid out from such a result they are laid out anew when the desk is opened. UsageError where the store keeps nothing of
    the version.
    """
    freed, (readers, others) = freed_by(store, version, also_decided=also_decided), same_readers(store, version)
    asked = select(results.c.number, results.c.id, results.c.sha256).where(going(version, also_decided)).order_by(results.c.number)
    with store.writing() as connection:
        rows = connection.execute(asked.with_for_update(of=results)).all()
        for some in chunks([row.id for row in rows]):
            connection.execute(routed.delete().where(routed.c.result.in_(some)))
            connection.execute(results.delete().where(results.c.id.in_(some)))
        for some in chunks([row.sha256 for row in rows]) if readers else ():
            connection.execute(parsed.delete().where(orphaned(readers or "", others), parsed.c.sha256.in_(some)))
    return freed


def store_bytes(store: Store) -> int:
    """The bytes that the database takes on its disk, without its log."""
    with store.reading() as connection:
        if connection.dialect.name == "postgresql":
            return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)
        return int(pragma(connection, "page_count")) * int(pragma(connection, "page_size"))


def pragma(connection: Connection, name: str) -> Any:
    return connection.scalar(text(f"PRAGMA {name}"))


def statements(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "postgresql":
        yield "SET lock_timeout = '30s'"
        yield from (f"VACUUM (FULL, ANALYZE) {table}" for table in WHOLE)
    else:
        yield "VACUUM"
        yield "PRAGMA wal_checkpoint(TRUNCATE)"


def vacuum(store: Store) -> None:
    """Gives the space that freed rows took back to the disk; others wait meanwhile. StoreError where it is held for half a minute, or the disk
    has no room for the copy that is made."""
    with store.outside() as connection:
        for statement in statements(connection):
            connection.exec_driver_sql(statement)

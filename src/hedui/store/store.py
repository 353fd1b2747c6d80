"""Findings in, kept for good: each content once a version, with its names, rows and whole output.

Everything is keyed by content: keeping the same findings again adds nothing. A result is written in one transaction,
so that a run that was stopped leaves whole results or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select, text

from hedui.errors import StoreError
from hedui.store import tables
from hedui.store.engine import guarded, make_engine, shown
from hedui.store.packed import Packed, packed
from hedui.store.packing import unpack
from hedui.store.schema import bring_up, state
from hedui.store.upserts import add, adding

__all__ = ["Store", "keep_packed"]

ASK_AT_ONCE = 500


def keep_packed(connection: Connection, *found: Packed) -> int:
    """Writes what was found in some contents, which is their newest result from now on; how many results are new. Rows of other results of
    these contents go, their outputs stay."""
    now = datetime.now(UTC)
    once = {one.result: one for one in reversed(found)}.values()
    add(connection, tables.documents, *({"sha256": one.sha256, "media_type": one.media_type, "pages": one.pages, "characters": one.characters,
                                         "first_seen": now} for one in once))
    add(connection, tables.names, *({"sha256": one.sha256, "name": one.name} for one in found))
    add(connection, tables.parsed, *({"sha256": one.sha256, "readers": one.readers, "document": one.document}
                                     for one in once if one.document is not None))
    added = numbered(connection, [{"id": one.result, "sha256": one.sha256, "version": one.version, "made": now} for one in once])
    again = renumbered(connection, [one.result for one in once if one.result not in added], now)
    fresh = {(added | again)[one.result]: one for one in once if one.result in added or one.result in again}
    if fresh:
        connection.execute(tables.outputs.insert(), [{"result": at, "output": one.output, "signals": one.signals, "profile": one.profile}
                                                     for at, one in fresh.items()])
        keep_rows(connection, fresh)
    return len(added)


def numbered(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Adds rows of results; the numbers of those that were not there, by their ids."""
    held = tables.results.c
    asked = adding(connection, tables.results).returning(held.id, held.number)
    return {name: made for name, made in connection.execute(asked, rows)} if rows else {}


def renumbered(connection: Connection, ids: Sequence[str], now: datetime) -> dict[str, int]:
    """Gives those results that others were made after new numbers, so that they are the newest of their contents, and takes away what was
    kept of them, which is to be kept anew; the numbers by their ids."""
    results, newer = tables.results, tables.results.alias()
    if not ids:
        return {}
    passed = exists().where(newer.c.sha256 == results.c.sha256, newer.c.number > results.c.number)
    asked = select(results).where(results.c.id.in_(ids), passed).order_by(results.c.number).with_for_update(of=results)
    stale = connection.execute(asked).all()
    if not stale:
        return {}
    drawn = numbered(connection, [{"id": f"~{row.id}", "sha256": row.sha256, "version": row.version, "made": now} for row in stale])
    connection.execute(results.delete().where(results.c.id.in_(list(drawn))))
    for table in (tables.outputs, *tables.CHILDREN):
        connection.execute(table.delete().where(table.c.result.in_([row.number for row in stale])))
    connection.execute(results.update().where(results.c.number == bindparam("old")).values(number=bindparam("new"), made=now),
                       [{"old": row.number, "new": drawn[f"~{row.id}"]} for row in stale])
    return {row.id: drawn[f"~{row.id}"] for row in stale}


def keep_rows(connection: Connection, new: Mapping[int, Packed]) -> None:
    """Writes the rows of new results by their numbers, and takes away those of results that are no longer the newest of their content."""
    held = tables.results.c
    asked = select(held.sha256, held.number).where(held.sha256.in_({one.sha256 for one in new.values()})).order_by(held.number)
    known = [(sha256, at) for sha256, at in connection.execute(asked)]
    newest = dict(known)
    earlier = [at for sha256, at in known if at != newest[sha256]]
    for table in tables.CHILDREN:
        if earlier:
            connection.execute(table.delete().where(table.c.result.in_(earlier)))
        rows = [{"result": at, **row} for at, one in new.items() if newest[one.sha256] == at for row in one.rows.get(table.name, ())]
        if rows:
            connection.execute(table.insert(), rows)


class Store:
    """The store at a path (SQLite) or a database URL, made or brought up to this version when it is opened.

    `durable` syncs every write to the disk before it counts as done; `existing` makes none where there is none. StoreError where it cannot
    be opened or written, or was made by a newer version.
    """

    def __init__(self, address: str | Path, *, durable: bool = False, existing: bool = False) -> None:
        self.address = address
        self._engine = make_engine(address, durable=durable)
        with self.reading() as connection:
            found = state(connection)
        if found == "new" and existing:
            raise StoreError(f"{shown(address)}: 不是结果库 · not a store of results")
        if found == "current":
            return
        with self.writing() as connection:
            bring_up(connection, name=shown(address))

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def kind(self) -> str:
        """What database it is, as SQLAlchemy names it: sqlite, postgresql."""
        return self._engine.dialect.name

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes; it stands whole or not at all. StoreError where it cannot be kept."""
        with guarded(self.address), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One view of the store that nothing else changes; it keeps no one from writing."""
        with guarded(self.address), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    @contextmanager
    def outside(self) -> Iterator[Connection]:
        """A connection outside of transactions, for what a database does in none (VACUUM)."""
        level = {"isolation_level": "AUTOCOMMIT"} if self._engine.dialect.name == "postgresql" else {}
        with guarded(self.address), self._engine.connect().execution_options(outside=True, **level) as connection:
            yield connection

    def keep(self, output: str, *, version: str) -> bool:
        """Keeps what `version` found in one file, its whole `output` of schema hedui/1; whether that was new."""
        return self.keep_many([packed(json.loads(output), text=output, version=version)]) == 1

    def keep_many(self, found: Iterable[Packed]) -> int:
        """Keeps what was found in many files, all of it or nothing; how many are new."""
        ordered = sorted(found, key=lambda one: one.sha256)  # so that of two who write the same one waits for the other, and never both
        with self.writing() as connection:
            return sum([keep_packed(connection, *ordered[at:at + ASK_AT_ONCE]) for at in range(0, len(ordered), ASK_AT_ONCE)])

    def tidy(self) -> None:
        """Has the database look anew at how its rows are spread, so that queries take the shortest way; worth it after many were written."""
        with self.writing() as connection:
            connection.execute(text("ANALYZE"))

    def output(self, sha256: str, *, version: str) -> str:
        """The whole output that `version` gave for a content; StoreError where there is none."""
        found = self.packed(sha256, version=version)
        if found is None:
            raise StoreError(f"{shown(self.address)}: 没有 {sha256[:12]} 的结果 · no result of {version} for {sha256[:12]}")
        return unpack(found)

    def packed(self, sha256: str, *, version: str) -> bytes | None:
        """The output that `version` gave for a content as it is kept (`hedui.store.packing`); None where there is none."""
        held = tables.results.c
        asked = select(tables.outputs.c.output).join(tables.results).where(held.sha256 == sha256, held.version == version)
        with self.reading() as connection:
            return connection.scalar(asked)

    def signals(self, sha256: str, *, version: str) -> bytes | None:
        """The raw signals behind the confidences of a result; None where they were not kept."""
        held = tables.results.c
        asked = select(tables.outputs.c.signals).join(tables.results).where(held.sha256 == sha256, held.version == version)
        with self.reading() as connection:
            return connection.scalar(asked)

    def document(self, sha256: str, *, readers: str) -> bytes | None:
        """A content as the version `readers` of the readers left it; None where it was not kept."""
        held = tables.parsed.c
        with self.reading() as connection:
            return connection.scalar(select(held.document).where(held.sha256 == sha256, held.readers == readers))

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self.reading() as connection:
            return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                    for table in tables.metadata.sorted_tables}

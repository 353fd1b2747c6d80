"""Findings in, kept for good: each content once a version, with its names, rows and whole output; runs.

Everything is keyed by content: keeping the same findings again adds nothing. A result is written in one transaction,
so that a run that was stopped leaves whole results or none.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from hedui.document import Document
from hedui.errors import StoreError
from hedui.findings import Findings, content_id
from hedui.store import tables
from hedui.store.engine import guarded, make_engine
from hedui.store.rows import rows
from hedui.store.schema import bring_up

__all__ = ["Store"]

ASK_AT_ONCE = 500


class Store:
    """The store at a path (SQLite) or a database URL, made or brought up to this version when it is opened.

    `durable` syncs every write to the disk before it counts as done. StoreError where it cannot be opened or written, or was made by a
    newer version.
    """

    def __init__(self, address: str | Path, *, durable: bool = False) -> None:
        self.address = address
        self._engine = make_engine(address, durable=durable)
        with self.writing() as connection:
            bring_up(connection, name=str(address))

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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

    def _add(self, connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
        """Adds `row` unless its key is there; whether it was added."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        adding = dialect.insert(table).values(**row).on_conflict_do_nothing()
        return connection.execute(adding, execution_options={"preserve_rowcount": True}).rowcount == 1

    def _add_document(self, connection: Connection, document: Document) -> None:
        self._add(connection, tables.documents, {
            "sha256": document.sha256, "media_type": document.media_type, "pages": document.pages,
            "characters": len(document.text), "first_seen": datetime.now(UTC)})
        self._add(connection, tables.names, {"sha256": document.sha256, "name": document.name})

    def keep(self, findings: Findings, output: str, *, version: str) -> bool:
        """Keeps what `version` found in one file and its whole `output`; whether that was new."""
        document = findings.document
        result = content_id("o", document.sha256, version)
        with self.writing() as connection:
            self._add_document(connection, document)
            new = self._add(connection, tables.results, {
                "id": result, "sha256": document.sha256, "version": version,
                "output": zlib.compress(output.encode()), "made": datetime.now(UTC)})
            if new:
                for table, found in rows(findings, result):
                    connection.execute(table.insert(), found)
        return new

    def add_name(self, sha256: str, name: str) -> None:
        """One more name of a content that is in the store."""
        with self.writing() as connection:
            self._add(connection, tables.names, {"sha256": sha256, "name": name})

    def done(self, digests: Sequence[str], *, version: str) -> frozenset[str]:
        """Which of the contents `digests` have a result of `version`."""
        found: set[str] = set()
        asked = select(tables.results.c.sha256).where(tables.results.c.version == version)
        with self.reading() as connection:
            for at in range(0, len(digests), ASK_AT_ONCE):
                some = digests[at:at + ASK_AT_ONCE]
                found.update(connection.scalars(asked.where(tables.results.c.sha256.in_(some))))
        return frozenset(found)

    def output(self, sha256: str, *, version: str) -> str:
        """The whole output that `version` gave for a content; StoreError where there is none."""
        asked = select(tables.results.c.output).where(
            tables.results.c.sha256 == sha256, tables.results.c.version == version)
        with self.reading() as connection:
            packed = connection.scalar(asked)
        if packed is None:
            raise StoreError(f"{self.address}: 没有 {sha256[:12]} 的结果 · no result of {version} for {sha256[:12]}")
        return zlib.decompress(packed).decode()

    def start_run(self, digests: Iterable[str], *, version: str) -> str:
        """The id of a run over contents; the same contents and version are the same run."""
        run = content_id("u", version, sorted(digests))
        with self.writing() as connection:
            self._add(connection, tables.runs, {"id": run, "version": version, "started": datetime.now(UTC)})
        return run

    def finish_run(self, run: str, files: Mapping[str, tuple[str | None, str | None]]) -> None:
        """Writes what each file of a run came to: name to (sha256, cause of failure)."""
        own = tables.run_files.c.run == run
        with self.writing() as connection:
            connection.execute(tables.run_files.delete().where(own))
            if files:
                connection.execute(tables.run_files.insert(), [
                    {"run": run, "name": name, "sha256": sha256, "failure": failure}
                    for name, (sha256, failure) in files.items()])
            connection.execute(
                tables.runs.update().where(tables.runs.c.id == run).values(finished=datetime.now(UTC)))

    def failures(self, run: str) -> dict[str, str]:
        """The files of a run that could not be read, with their causes."""
        files = tables.run_files.c
        asked = select(files.name, files.failure).where(files.run == run, files.failure.is_not(None))
        with self.reading() as connection:
            return {name: failure for name, failure in connection.execute(asked.order_by(files.name))}

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self.reading() as connection:
            return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                    for table in tables.metadata.sorted_tables}

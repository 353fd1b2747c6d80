"""Rows of tables in, one SQLite file out that Datasette and any SQL tool open as it is: keys, references, indexes and full text.

SQLite has no decimals: one of up to fifteen digits comes back as it was (IEEE 754 binary64), a longer one is the nearest number, and all its
digits stand in Parquet and CSV. Lists are JSON arrays. Full text goes by pieces of three characters (FTS5 `trigram`), which finds any Chinese word of
three or more without a dictionary. What a row's report tells of itself stands in `reports` alone. The same rows make the same bytes.

https://www.sqlite.org/fts5.html#the_trigram_tokenizer
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from hedui.research.publishing.as_csv import json_array
from hedui.research.publishing.shape import Field, Kind, Shape

__all__ = ["SqliteFile", "SqliteTable", "full_text", "lean"]

AFFINITY: dict[Kind, str] = {"text": "TEXT", "integer": "INTEGER", "decimal": "NUMERIC", "float": "REAL", "flag": "INTEGER", "list": "TEXT"}
LARGEST = 2**63
REPORTS, OF_REPORT = "reports", frozenset({"report_year"})
FTS = "{}_fts"


def lean(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Shapes without what `reports` tells of a row's report, but for what people narrow by: a join gives it back (third normal form)."""
    of_report = {field.name for shape in shapes if shape.name == REPORTS for field in shape.fields
                 if field.kind in ("text", "float") or field.name in OF_REPORT}
    return tuple(shape if shape.name in (REPORTS, *(one.table for other in shapes if other.name == REPORTS for one in other.references)) else
                 replace(shape, fields=tuple(field for field in shape.fields if field.name not in of_report or field.name in shape.kept))
                 for shape in shapes)


class SqliteFile:
    """A database that is filled table by table, those that others refer to first."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size=4096", "journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "temp_store=MEMORY", "encoding='UTF-8'"):
            self.connection.execute(f"PRAGMA {pragma}")

    def table(self, shape: Shape) -> SqliteTable:
        """An empty table of a shape."""
        return SqliteTable(self.connection, shape)

    def close(self, shapes: Iterable[Shape]) -> None:
        """Adds indexes and full text, and closes."""
        for shape in shapes:
            for column in dict.fromkeys((*(one.column for one in shape.references), *shape.facets)):
                if shape.key[0] != column:  # the key serves as its index
                    self.connection.execute(f"CREATE INDEX {named(f'{shape.name}_{column}')} ON {named(shape.name)} ({named(column)})")
            full_text(self.connection, shape)
        self.connection.execute("ANALYZE")
        self.connection.close()


class SqliteTable:
    """One table of the database, filled batch by batch."""

    def __init__(self, connection: sqlite3.Connection, shape: Shape) -> None:
        self.connection, self.shape = connection, shape
        columns = [f"{named(field.name)} {AFFINITY[field.kind]}" for field in shape.fields]
        keys = [f"PRIMARY KEY ({', '.join(map(named, shape.key))})"]
        keys += [f"FOREIGN KEY ({named(one.column)}) REFERENCES {named(one.table)} ({named(one.key)})" for one in shape.references]
        connection.execute(f"CREATE TABLE {named(shape.name)} ({', '.join(columns + keys)})")
        self.insert = f"INSERT INTO {named(shape.name)} VALUES ({', '.join('?' * len(shape.fields))})"

    def add(self, batch: Any) -> None:
        columns = [values(batch.column(field.name), field) for field in self.shape.fields]
        self.connection.execute("BEGIN")
        self.connection.executemany(self.insert, zip(*columns, strict=True))
        self.connection.execute("COMMIT")

    def close(self) -> None:
        """Nothing is left to do."""


def full_text(connection: sqlite3.Connection, shape: Shape) -> None:
    """Makes the index of what people search in a table."""
    if not shape.searched:
        return
    index, columns = named(FTS.format(shape.name)), ", ".join(map(named, shape.searched))
    connection.execute(f"CREATE VIRTUAL TABLE {index} USING FTS5 ({columns}, tokenize='trigram', content={named(shape.name)})")
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def values(column: Any, field: Field) -> list[Any]:
    """The values of a column as SQLite takes them."""
    if field.kind == "list":
        return list(json_array(column).to_pylist())
    if field.kind == "decimal":
        return [number(one) for one in column.to_pylist()]
    return list(column.to_pylist())


def number(value: Decimal | None) -> int | float | None:
    """A decimal as the nearest number of SQLite: whole ones below 2^63 and all of fifteen digits give back each digit.

    >>> number(Decimal("31800000.000")), number(Decimal("0.9834")), number(Decimal("1234567890123456.75"))
    (31800000, 0.9834, 1234567890123456.8)
    """
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value and abs(whole) < LARGEST else float(value)

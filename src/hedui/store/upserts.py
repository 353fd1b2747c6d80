"""Rows into a table that may hold them already, in SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert

__all__ = ["add", "adding", "put"]


def inserting(connection: Connection, table: Table) -> Insert:
    """An insert of the dialect at hand; both say alike what is to be done with rows that are there."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert: Insert = dialect.insert(table)
    return insert


def adding(connection: Connection, table: Table) -> Insert:
    """An insert that passes over a row whose key is there."""
    return inserting(connection, table).on_conflict_do_nothing()


def add(connection: Connection, table: Table, *rows: Mapping[str, Any]) -> None:
    """Adds `rows` but for those whose keys are there."""
    if rows:
        connection.execute(adding(connection, table), rows)


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds `rows`, which have the same columns; one whose key is there takes the place of what stood under it."""
    if not rows:
        return
    putting = inserting(connection, table)
    keys = [column.name for column in table.primary_key]
    changed = {name: putting.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(putting.on_conflict_do_update(index_elements=keys, set_=changed), [dict(row) for row in rows])

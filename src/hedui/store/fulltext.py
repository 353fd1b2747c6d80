"""A store in PostgreSQL in, its index for search out: tables of their own in the schema `hedui_search`, tokens as tsvectors under GIN.

Nothing in it is more than a copy of what was read; it may be dropped at any time and is made again. What the tokens are, who asks decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from hedui.store.store import Store

__all__ = ["Asking", "held_in", "indexing", "is_laid_out", "lay_out", "searching", "settle"]

TABLES = """
create schema hedui_search;
create table hedui_search.about (name text primary key, value text not null);
create table hedui_search.contents (number bigint primary key, sha256 text not null unique, version text not null, file text not null,
  passages bigint not null, size bigint not null);
create table hedui_search.reports (
  number bigserial primary key, content bigint not null, first bigint not null, last bigint not null, report text, file text, title text, unit text,
  region text, province text, year bigint, programme text, kind text, conflicts bigint not null, tokens tsvector not null);
create index on hedui_search.reports (content);
create index on hedui_search.reports using gin (tokens);
create table hedui_search.said (number bigserial primary key, text text not null unique);
create table hedui_search.passages (
  number bigint primary key, kind text not null, section bigint not null, start bigint not null, "end" bigint not null, page bigint,
  text text not null, figures text not null, gravity double precision not null, size integer not null,
  tokens tsvector not null);
create index on hedui_search.passages using gin (tokens);
create table hedui_search.claims (
  passage bigint not null, id text not null, type text not null, name bigint, origin text, status text, measure text, level1 text, level2 text,
  yuan bigint, value bigint, target bigint, completion bigint, score bigint, weight bigint, confidence bigint);
create index on hedui_search.claims (passage);
create index on hedui_search.claims (name, value);
create table hedui_search.checks (
  passage bigint not null, id text not null, kind text not null, verdict text not null, tier text, confidence bigint,
  gravity double precision not null);
create index on hedui_search.checks (passage)
"""
# one lays out the index, others wait
LOCK = 7_202_611


class Asking:
    """A connection that answers SQL with `:names` in rows by their columns."""

    row_factory: Any = None

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def execute(self, question: str, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> Any:
        found = self.connection.execute(text(question), values or {})
        return found.mappings() if found.returns_rows else None


@contextmanager
def searching(store: Store) -> Iterator[Asking]:
    """The index, to ask it: one view of it, which nobody changes meanwhile. StoreError where the database cannot be reached."""
    with store.reading() as connection:
        connection.execute(text("set transaction isolation level repeatable read, read only"))
        connection.execute(text("set local search_path to hedui_search"))
        connection.execute(text("set local jit to off"))
        yield Asking(connection)


@contextmanager
def indexing(store: Store) -> Iterator[Asking]:
    """The index, to change it at one stroke, alone."""
    with store.writing() as connection:
        connection.execute(text(f"select pg_advisory_xact_lock({LOCK})"))
        connection.execute(text("set local search_path to hedui_search"))
        yield Asking(connection)


def recipe_of(recipe: str) -> str:
    return hashlib.sha256(f"{recipe}\n{TABLES}".encode()).hexdigest()[:16]


def there_by(connection: Connection, recipe: str) -> bool:
    if connection.scalar(text("select to_regclass('hedui_search.about')")) is None:
        return False
    return bool(connection.scalar(text("select value from hedui_search.about where name = 'recipe'")) == recipe_of(recipe))


def is_laid_out(store: Store, recipe: str) -> bool:
    """Whether there is an index of this recipe, whatever it holds. DeniedError where it may not be seen."""
    with store.reading() as connection:
        return there_by(connection, recipe)


def held_in(store: Store, recipe: str) -> Mapping[str, str] | None:
    """The contents of the index with their versions; None where there is no index, or one of another recipe. DeniedError where it may not be seen."""
    with store.reading() as connection:
        if not there_by(connection, recipe):
            return None
        return {row.sha256: row.version for row in connection.execute(text("select sha256, version from hedui_search.contents"))}


def lay_out(store: Store, recipe: str) -> None:
    """Makes the tables where there are none, or those of another recipe. DeniedError where the database does not allow that."""
    with indexing(store) as asking:
        there = asking.execute("select to_regclass('hedui_search.about') as found").fetchone()["found"]
        if there and [row["value"] for row in asking.execute("select value from about where name = 'recipe'")] == [recipe_of(recipe)]:
            return
        asking.execute("drop schema if exists hedui_search cascade")
        for statement in TABLES.split(";"):
            asking.execute(statement)
        asking.execute("insert into about values ('recipe', :recipe)", {"recipe": recipe_of(recipe)})


def settle(store: Store) -> None:
    """Has the database look anew at how the rows of the index are spread; worth it after many were written."""
    with store.writing() as connection:
        for table in ("contents", "reports", "said", "passages", "claims", "checks"):
            connection.execute(text(f"analyze hedui_search.{table}"))

"""A query as people type it in, the passages that hold it out, the best first, from an index that grows by what is new.

The index is a file beside the store, or, of results in PostgreSQL, the full text of that database, which all share; both give the same answers.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedui.errors import DeniedError, StoreError
from hedui.research.opened import Opened
from hedui.research.query import Query, parse_query
from hedui.research.search.asking import SqliteIndex
from hedui.research.search.conditions import conditions_of
from hedui.research.search.contents import contents_in
from hedui.research.search.hits import Hits
from hedui.research.search.index import connected, damaged, remade, update
from hedui.research.search.reading import Around, around_in, hits_at
from hedui.research.search.stages import Place, ask, place_of
from hedui.research.search.terms import read_terms

if TYPE_CHECKING:
    from hedui.store import Store

__all__ = ["Around", "around", "index_path", "search", "up_to_date"]

FOLDER, NAME = "search", "index.sqlite"
TABLES = ("reports", "records", "claims", "checks", "mentions", "passages")
DENIED = ("{error}：数据库不许建或更新检索索引（模式 hedui_search），这次用本机的 {path}；要大家共用，请有权的人检索一次，"
          "再 GRANT USAGE 和 SELECT 给别人 · the database does not allow making or mending the index of search (schema hedui_search), "
          "so that {path} on this machine is used; to share one, have somebody who may search once and grant others usage and select")


def index_path(home: Path) -> Path:
    return home / FOLDER / NAME


def up_to_date(store: Opened) -> Path:
    """Sees to it that the index file of a store holds what the store holds; its path."""
    path = index_path(store.home)
    update(path, {key.sha256: key.version for key in store.keys}, partial(fetched, store))
    return path


def fetched(store: Opened, sha256s: Collection[str]) -> Iterator[Any]:
    for table in TABLES:
        store.there(table)
    return contents_in(store.cursor, sha256s)


def full_text_of(store: Opened, *, fresh: bool) -> Store | None:
    """The database whose full text holds what the store holds, or, without `fresh`, what it happens to hold; None where there is none, or one that
    may not be had: that is said."""
    if store.full_text is None:
        return None
    from hedui.research.search.postgres import bring_up, can_be_asked

    try:
        if fresh:
            bring_up(store.full_text, {key.sha256: key.version for key in store.keys}, partial(fetched, store))
        elif not can_be_asked(store.full_text):
            return None
    except DeniedError as error:
        warnings.warn(DENIED.format(error=error, path=index_path(store.home)), stacklevel=4)
        return None
    return store.full_text


def search(store: Opened, query: str | Query, *, limit: int = 20, after: str | None = None, expand: bool = True, fresh: bool = True) -> Hits:
    """The `limit` best passages for a query (`parse_query`), behind the hit whose `place` is `after`. With `expand` words are looked for by
    other names too (医保, 医疗保险), told in `also`; without `fresh` the index is asked as it is, while somebody else brings it up to date.
    UsageError for a query that cannot be understood or asks for nothing, StoreError where there is no index to be had."""
    asked, place = parse_query(query) if isinstance(query, str) else query, place_of(after)
    database = full_text_of(store, fresh=fresh)
    if database is not None:
        from hedui.research.search.postgres import search_postgres

        return search_postgres(database, asked, limit=limit, after=place, expand=expand)
    path = up_to_date(store) if fresh else index_path(store.home)
    try:
        return found_in(path, asked, limit=limit, after=place, expand=expand)
    except sqlite3.DatabaseError as error:
        if not fresh or not remade(error):
            raise StoreError(f"{path}: 检索索引读不出（{error}）· the search index cannot be read") from error
    damaged(path)
    path.unlink(missing_ok=True)
    return found_in(up_to_date(store), asked, limit=limit, after=place, expand=expand)


def around(store: Opened, id: str, query: str = "", *, width: int = 3, fresh: bool = True) -> Around | None:
    """The passage `id` (t-…) with `width` others of its file on either side, what `query` looks for marked in it; None where there is none."""
    sought = [one for wanted in read_terms(parse_query(query).terms).wanted for one in wanted.sought]
    database = full_text_of(store, fresh=fresh)
    if database is not None:
        from hedui.research.search.postgres import around_postgres

        return around_postgres(database, id, sought, width=width)
    with connected(up_to_date(store) if fresh else index_path(store.home)) as connection:
        connection.row_factory = sqlite3.Row
        return around_in(connection, id, sought, width=width)


def found_in(path: Path, query: Query, *, limit: int, after: Place | None, expand: bool) -> Hits:
    reading = read_terms(query.terms, expand=expand)
    conditions = conditions_of(query.filters, driven=bool(reading.wanted))
    with connected(path) as connection:
        answer = ask(SqliteIndex(connection=connection, conditions=conditions), reading, limit=limit, after=after)
        connection.row_factory = sqlite3.Row
        sought = [one for wanted in reading.wanted for one in wanted.sought]
        found = tuple(hits_at(connection, answer.places, conditions, sought))
    return Hits(found=found, count=answer.count, more=answer.more, also=reading.also, loose=answer.loose)

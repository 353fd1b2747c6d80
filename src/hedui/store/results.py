"""What the store holds of a content: its newest result and its names."""

from __future__ import annotations

import zlib

from sqlalchemy import func, select

from hedui.errors import StoreError
from hedui.store import tables
from hedui.store.store import Store

__all__ = ["contents", "names_of", "newest_result", "output_of", "reports_held"]


def newest_result(store: Store, sha256: str, *, version: str | None = None) -> tuple[str, str] | None:
    """The id of the result that was made last of a content, and the version that made it; None where there is none. That of `version` where
    one is named and there is one."""
    held = tables.results.c
    named = [] if version is None else [(held.version == version).desc()]
    asked = select(held.id, held.version).where(held.sha256 == sha256).order_by(*named, held.made.desc(), held.id).limit(1)
    with store.reading() as connection:
        row = connection.execute(asked).first()
    return None if row is None else (row.id, row.version)


def output_of(store: Store, result: str) -> str:
    """The whole output of a result; StoreError where there is none."""
    with store.reading() as connection:
        kept = connection.scalar(select(tables.results.c.output).where(tables.results.c.id == result))
    if kept is None:
        raise StoreError(f"{store.address}: 没有结果 {result} · no such result")
    return zlib.decompress(kept).decode()


def names_of(store: Store, sha256: str) -> tuple[str, ...]:
    """What a content was called, in the order of the names."""
    held = tables.names.c
    with store.reading() as connection:
        return tuple(connection.scalars(select(held.name).where(held.sha256 == sha256).order_by(held.name)))


def reports_held(store: Store) -> tuple[tuple[str, str], ...]:
    """Content and id of every report in the newest results, in their order."""
    results, reports = tables.results.c, tables.reports.c
    newest = select(results.sha256, func.max(results.made).label("made")).group_by(results.sha256).subquery()
    asked = select(results.sha256, reports.id).join(tables.results, reports.result == results.id).join(
        newest, (results.sha256 == newest.c.sha256) & (results.made == newest.c.made)).order_by(results.sha256, reports.start, reports.id)
    with store.reading() as connection:
        return tuple((row.sha256, row.id) for row in connection.execute(asked))


def contents(store: Store) -> tuple[str, ...]:
    """Every content that has a result, in the order of the names."""
    asked = select(tables.results.c.sha256, func.min(tables.names.c.name).label("name")).join(
        tables.names, tables.names.c.sha256 == tables.results.c.sha256, isouter=True).group_by(tables.results.c.sha256)
    with store.reading() as connection:
        return tuple(row.sha256 for row in sorted(connection.execute(asked), key=lambda row: (row.name or "", row.sha256)))

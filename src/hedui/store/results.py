"""What the store holds of a content: its newest result and its names."""

from __future__ import annotations

import zlib

from sqlalchemy import select

from hedui.errors import StoreError
from hedui.store import tables
from hedui.store.store import Store

__all__ = ["names_of", "newest_result", "output_of"]


def newest_result(store: Store, sha256: str) -> tuple[str, str] | None:
    """The id of the result that was made last of a content, and the version that made it; None where there is none."""
    held = tables.results.c
    asked = select(held.id, held.version).where(held.sha256 == sha256).order_by(held.made.desc(), held.id).limit(1)
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

"""What a file was found to hold when it was looked at, kept so that it is not opened or fetched again to be listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from hedui.store.store import ASK_AT_ONCE, Store
from hedui.store.tables_ledger import looks
from hedui.store.upserts import put

__all__ = ["keep_looks", "looks_of"]


def looks_of(store: Store, keys: Sequence[str]) -> dict[str, bytes]:
    """What is kept under `keys`."""
    found: dict[str, bytes] = {}
    with store.reading() as connection:
        for at in range(0, len(keys), ASK_AT_ONCE):
            rows = connection.execute(select(looks).where(looks.c.key.in_(keys[at:at + ASK_AT_ONCE])))
            found.update((row.key, row.told) for row in rows)
    return found


def keep_looks(store: Store, found: Mapping[str, bytes]) -> None:
    """Keeps what was `found` under its keys."""
    if found:
        with store.writing() as connection:
            put(connection, looks, [{"key": key, "told": told} for key, told in found.items()])

"""A moment in, the inputs that were settled since then out, with how long their texts are: for those who watch a run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hedui.store.ledger import HELD, LedgerRow, listed_by, row_of
from hedui.store.store import Store
from hedui.store.tables import documents
from hedui.store.tables_ledger import inputs

__all__ = ["SETTLED", "settled_since"]

SETTLED = ("done", "failed", "quarantined")


def settled_since(store: Store, since: datetime, *, run: str | None = None) -> Iterator[tuple[LedgerRow, int]]:
    """The inputs of a run, or of all, that became done, failed or quarantined at `since` or after it, with the characters of their texts (0
    where none was read), in the order of the moments."""
    asked = HELD.add_columns(documents.c.characters).where(
        inputs.c.state.in_(SETTLED), inputs.c.changed >= since, listed_by(run)).order_by(inputs.c.changed, inputs.c.sha256)
    with store.reading() as connection:
        for row in connection.execute(asked):
            yield row_of(row), row.characters or 0

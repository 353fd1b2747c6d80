"""A moment in, the inputs that were settled since then out, with how long their texts are: for those who watch a run."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime

from sqlalchemy import select

from hedui.store.ledger import HELD, LedgerRow, aware, chunks, listed_by, row_of
from hedui.store.store import Store
from hedui.store.tables import documents
from hedui.store.tables_ledger import inputs

__all__ = ["SETTLED", "settled_since"]

SETTLED = ("done", "failed", "quarantined")


def settled_since(store: Store, since: datetime, *, run: str | None = None, told: Container[tuple[str, datetime]] = ()) -> Iterator[
        tuple[LedgerRow, int]]:
    """The inputs of a run, or of all, that became done, failed or quarantined at `since` or after it, with the characters of their texts (0
    where none was read), in the order of the moments; but for those that are `told` already, by their digest and moment (aware of its zone)."""
    asked = select(inputs.c.sha256, inputs.c.changed).where(inputs.c.state.in_(SETTLED), inputs.c.changed >= since, listed_by(run)).order_by(
        inputs.c.changed, inputs.c.sha256)
    with store.reading() as connection:
        new = [key for key, changed in connection.execute(asked) if (key, aware(changed)) not in told]
        for some in chunks(new):
            whole = connection.execute(HELD.add_columns(documents.c.characters).where(inputs.c.sha256.in_(some)))
            found = {row.sha256: row for row in whole if row.state in SETTLED}  # not what another has begun again meanwhile
            yield from ((row_of(found[key]), found[key].characters or 0) for key in some if key in found)

"""The profiles of results: in short what was found in each content, so that nothing is unpacked to count over many."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from hedui.store.ledger import listed_by
from hedui.store.store import Store
from hedui.store.tables import outputs, results
from hedui.store.tables_ledger import inputs

__all__ = ["profiles_of"]


def profiles_of(store: Store, *, run: str | None = None, cases: bool = False) -> Iterator[tuple[str, str | None]]:
    """The content and profile of every present result of a run, or of all that lie anywhere; of `cases` those of files put together or out of
    archives alone."""
    asked = select(results.c.sha256, outputs.c.profile).join(outputs, outputs.c.result == results.c.number).join(
        inputs, (inputs.c.sha256 == results.c.sha256) & (inputs.c.version == results.c.version)).where(
        inputs.c.state == "done", listed_by(run), *([inputs.c.parts != "[]"] if cases else []))
    with store.reading() as connection:
        for row in connection.execute(asked):
            yield row.sha256, row.profile

"""A store in, the table of what its reports say against themselves out: made by content, once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from hedui.export.columnar import Key
from hedui.research.derived import Derived
from hedui.research.mining.contradictions import CHECKS, CLAIMS, MORE, PASSAGES, of_file
from hedui.research.mining.found import findings_rows
from hedui.research.mining.mined_table import MINED_SCHEMA
from hedui.research.mining.reading import Row, in_step
from hedui.research.mining.words import recipe
from hedui.research.opened import Opened

__all__ = ["FileRows", "TableRows", "contradictions_derived", "contradictions_table"]

CONTRADICTIONS_SCHEMA = pa.schema([*(one.with_type(pa.int64()) if pa.types.is_integer(one.type) else one for one in MINED_SCHEMA),
                                   *((name, pa.string()) for name in MORE)])


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRows:
    """What the tables of a store tell of a content: rows of passages, claims and checks."""

    key: Key
    passages: Sequence[Row]
    claims: Sequence[Row]
    checks: Sequence[Row]


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRows:
    """A store as the place that rows of contents come from."""

    store: Opened

    def outputs(self, keys: Collection[Key]) -> Iterator[FileRows]:
        """The rows of `keys`, contents without passages last."""
        wanted = {key.sha256: key for key in keys}
        tables = self.store.passages, self.store.claims, self.store.checks
        if len(wanted) < len(self.store.keys):
            tables = tuple(table.where(sha256=list(wanted)) for table in tables)  # type: ignore[assignment]
        for sha256, (passages, claims, checks) in in_step(*zip(tables, (PASSAGES, CLAIMS, CHECKS), strict=True)):
            yield FileRows(key=wanted.pop(sha256), passages=passages, claims=claims, checks=checks)
        yield from (FileRows(key=key, passages=(), claims=(), checks=()) for key in wanted.values())


def contradictions_derived() -> Derived:
    """How the table of contradictions is made."""
    return Derived(name="contradictions", recipe=recipe(), schema=CONTRADICTIONS_SCHEMA, make=contradictions_table)


def contradictions_table(told: Sequence[FileRows]) -> Any:
    """The contradictions of contents, in their order."""
    found = (finding for one in told for finding in of_file(one.passages, one.claims, one.checks))
    return pa.Table.from_pylist(findings_rows(found, MORE), schema=CONTRADICTIONS_SCHEMA)

"""Tables of a store or frames in, their rows file by file out, several tables in step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

import pandas as pd

from hedui.progress import step
from hedui.research.table import Table

__all__ = ["Reading", "Row", "in_step", "rows_of"]

Row = Mapping[str, Any]
ROWS = 20_000
Reading: TypeAlias = Table | pd.DataFrame


def rows_of(source: Reading, columns: Sequence[str], what: str = "") -> Iterator[Row]:
    """The rows of a table, or of a frame with the columns of one, by content; what is missing is None. With `what`, how far a table is read is
    told as steps of that name."""
    if isinstance(source, Table):
        done, total = 0, source.count() if what else 0
        for batch in source.batches(columns, rows=ROWS):
            yield from (dict(zip(columns, row, strict=True)) for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))
            done += len(batch)
            if what:
                step(what, done, total)
        return
    held = source.sort_values("sha256", kind="stable")[list(columns)].astype(object).to_dict("records")
    yield from ({str(name): None if missing(value) else value for name, value in row.items()} for row in held)


def missing(value: Any) -> bool:
    """Whether a cell of a frame is empty: None, NaN or NA; a list never is."""
    return value is None or (not hasattr(value, "__len__") and str(value) in ("nan", "<NA>", "NaT"))


def in_step(first: tuple[Reading, Sequence[str]], *others: tuple[Reading, Sequence[str]]) -> Iterator[tuple[str, list[list[Row]]]]:
    """The rows of each file of the first table with those of the same file in the others."""
    following = [groupby(rows_of(*one), key=lambda row: str(row["sha256"])) for one in others]
    waiting: list[tuple[str, list[Row]] | None] = [pulled(one) for one in following]
    for sha256, rows in groupby(rows_of(*first), key=lambda row: str(row["sha256"])):
        parts = [list(rows)]
        for at, groups in enumerate(following):
            while (held := waiting[at]) is not None and held[0] < sha256:
                waiting[at] = pulled(groups)
            parts.append(held[1] if held is not None and held[0] == sha256 else [])
        yield sha256, parts


def pulled(groups: Iterator[tuple[str, Iterator[Row]]]) -> tuple[str, list[Row]] | None:
    found = next(groups, None)
    return None if found is None else (found[0], list(found[1]))

"""Outputs in, one Parquet file a table out.

Figures stay exact: as text with the digits as stated, and beside it (`yuan`, `value_number`) as decimal128(38, 12),
which sums without error; a figure that does not fit there is null and stands in the text alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hedui.export.tables import COLUMNS, LISTS, Row, rows_of

__all__ = ["write_parquet"]

NUMBER = pa.decimal128(38, 12)
DIGITS, PLACES = 38, 12
ROWS_AT_ONCE = 20_000
TYPES = {"start": pa.int64(), "end": pa.int64(), "report_year": pa.int32(), "fund_year": pa.int32(),
         "confidence": pa.float64(), "model": pa.float64(), "yuan": NUMBER, "value_number": NUMBER}
BESIDE = {"yuan": "yuan_text", "value": "value_number"}
NUMERIC = frozenset({"AMOUNT", "RATE", "QUANTITY"})


def exact(value: str | None) -> Decimal | None:
    """`value` as decimal128(38, 12), None where it is no number or does not fit without loss.

    >>> exact("12005000.00"), exact("1E-20"), exact(None)
    (Decimal('12005000.00'), None, None)
    """
    try:
        number = Decimal(value) if value is not None else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite():
        return None
    places = -int(number.as_tuple().exponent)
    return number if places <= PLACES and number.adjusted() < DIGITS - PLACES else None


def columns(table: str) -> list[str]:
    """The columns of `table`, with those that hold a figure a second time."""
    return [name for column in COLUMNS[table] for name in (column, BESIDE.get(column, "")) if name]


def schema(table: str) -> pa.Schema:
    kinds = [(name, pa.list_(pa.string()) if name in LISTS else TYPES.get(name, pa.string())) for name in columns(table)]
    return pa.schema(kinds)


def with_numbers(row: Row) -> Row:
    if "yuan" in row:
        row |= {"yuan_text": row["yuan"], "yuan": exact(row["yuan"])}
    if "value" in row:
        row["value_number"] = exact(row["value"]) if row["label"] in NUMERIC else None
    return row


def write_parquet(outputs: Iterable[Mapping[str, Any]], folder: Path) -> tuple[Path, ...]:
    """Writes records, claims, checks and mentions of all `outputs` to `folder`; the paths written."""
    paths = {table: folder / f"{table}.parquet" for table in COLUMNS}
    with ExitStack() as stack:
        writers = {table: stack.enter_context(pq.ParquetWriter(path, schema(table))) for table, path in paths.items()}
        waiting: dict[str, list[Row]] = {table: [] for table in paths}
        for output in outputs:
            for table, rows in waiting.items():
                rows += [with_numbers(row) for row in rows_of(output, table)]
                if len(rows) >= ROWS_AT_ONCE:
                    writers[table].write_table(pa.Table.from_pylist(rows, schema=schema(table)))
                    rows.clear()
        for table, rows in waiting.items():
            writers[table].write_table(pa.Table.from_pylist(rows, schema=schema(table)))
    return tuple(paths.values())

"""Arrow tables in, pandas frames out: exact decimals, categories where a column has few values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.types as pat

from hedui.research.columns import columns_of

__all__ = ["columns_frame", "frame_of"]


def frame_of(table: str, rows: Any) -> pd.DataFrame:
    """The rows of a table as a frame: Arrow's own types but for categories, which are pandas' categoricals."""
    kinds = {column.name: column.dtype for column in columns_of(table)}
    for at, name in enumerate(rows.column_names):
        if kinds.get(name) == "category" and not pat.is_dictionary(rows.schema.field(at).type):
            rows = rows.set_column(at, name, rows.column(at).dictionary_encode())
    frame: pd.DataFrame = rows.to_pandas(types_mapper=lambda kind: None if pat.is_dictionary(kind) else pd.ArrowDtype(kind))
    return frame


def columns_frame(table: str, names: Sequence[str]) -> pd.DataFrame:
    """What each of `names` is, a row a column."""
    told = {column.name: column for column in columns_of(table)}
    known = [told[name] for name in names if name in told]
    return pd.DataFrame([(one.dtype, one.unit, one.zh, one.en) for one in known], columns=["dtype", "unit", "zh", "en"],
                        index=pd.Index([one.name for one in known], name="column")).astype(pd.ArrowDtype(pa.string()))

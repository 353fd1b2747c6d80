"""Rows of a table in, one Parquet file out, the same bytes for the same rows: row groups of a fixed size, no dates, one thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hedui.research.publishing.shape import Shape

__all__ = ["ParquetFile"]


class ParquetFile:
    """A Parquet file that is filled batch by batch; each column tells its meaning and unit in its metadata. A row group a batch."""

    def __init__(self, path: Path, shape: Shape) -> None:
        self.schema = shape.schema
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd", version="2.6", store_schema=True)

    def add(self, batch: Any) -> None:
        self.writer.write_table(pa.Table.from_batches([batch]).cast(self.schema))

    def close(self) -> None:
        self.writer.close()

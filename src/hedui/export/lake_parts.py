"""Tables in, the files of a part out: the rows of some contents in one home, a file a table, named for what it holds.

`<table>/year=2021/province=云南省/<name>.parquet`, the layout of Hive that pandas, DuckDB, Spark and Arrow read as one table. The name is
a digest of the keys, the rows are in the order of the keys: the same contents make the same bytes, whoever wrote them and when.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hedui.export.columnar import TABLES, Home, Key, schema_of
from hedui.export.files import DRAFT
from hedui.export.lake_folder import Folder
from hedui.progress import step

__all__ = ["Part", "merged", "name_of", "ours", "path_of", "reader_of", "write_part"]

Read = Callable[[str, str], Any]
OWN = re.compile(rf"(?:{'|'.join(TABLES)})/year=-?\d+/province=[^/]+/[0-9a-f]{{16}}\.parquet(?:{re.escape(DRAFT)})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The contents `keys` in one home; `files` has bytes and rows of each table that holds any. What a manifest tells of holds just these
    keys; while a lake changes, `keys` may be what still counts of them."""

    home: Home
    name: str
    keys: tuple[Key, ...]
    files: Mapping[str, tuple[int, int]]

    @property
    def whole(self) -> bool:
        """Whether all that the files hold counts."""
        return name_of(self.keys) == self.name

    @property
    def paths(self) -> dict[str, str]:
        """Where the file of each table lies."""
        return {table: path_of(table, self.home, self.name) for table in self.files}


def name_of(keys: Sequence[Key]) -> str:
    """Sixteen hex digits that tell a set of keys."""
    return hashlib.sha256("\n".join("\t".join(key) for key in keys).encode()).hexdigest()[:16]


def path_of(table: str, home: Home, name: str) -> str:
    """The path of a file in the lake."""
    return f"{table}/year={home.year}/province={home.province}/{name}.parquet"


def ours(path: str) -> bool:
    """Whether a path is one that the lake gives to its files, finished or not."""
    return OWN.fullmatch(path) is not None


def sorted_rows(table: Any) -> Any:
    """Rows in the order of contents; those of one content keep their order (Arrow sorts stably)."""
    return table.take(pc.sort_indices(table["sha256"])).combine_chunks()


def write_part(folder: Folder, home: Home, tables: Mapping[str, Any]) -> Part:
    """Writes the tables of one home and gives the part that they are. OSError where that fails."""
    reports = tables["reports"]
    keys = tuple(sorted({Key(*row) for row in zip(*(reports[name].to_pylist() for name in Key._fields), strict=True)}))
    name, files = name_of(keys), dict[str, tuple[int, int]]()
    for table, rows in tables.items():
        if rows.num_rows:
            step("table", len(files), len(tables))
            data = packed(sorted_rows(rows))
            folder.put(path_of(table, home, name), data)
            files[table] = (len(data), rows.num_rows)
    return Part(home=home, name=name, keys=keys, files=dict(sorted(files.items())))


def packed(rows: Any) -> bytes:
    with pa.BufferOutputStream() as buffer:
        pq.write_table(rows, buffer, compression="zstd", row_group_size=100_000)
        return bytes(buffer.getvalue())


def reader_of(folder: Folder, *, files: int = 3 * len(TABLES)) -> Read:
    """Reads the rows of a file of a part; the last few stay at hand, since cells that follow one another lie in the same ones."""
    @lru_cache(maxsize=files)
    def read(path: str, table: str) -> Any:
        return pq.read_table(pa.BufferReader(folder.read(path)), schema=schema_of(table), partitioning=None)

    return read


def merged(folder: Folder, home: Home, parts: Sequence[Part], keys: Collection[Key], read: Read) -> Part | None:
    """The rows of `keys`, which lie in `parts` of one home, as one part; None where there are none."""
    wanted = [(part, held) for part in parts if (held := set(keys).intersection(part.keys))]
    found: dict[str, list[Any]] = {}
    for part, held in wanted:
        digests = pa.array(sorted(key.sha256 for key in held), pa.string())
        for table, path in part.paths.items():
            rows = read(path, table)
            found.setdefault(table, []).append(rows.filter(pc.is_in(rows["sha256"], digests)))
    return write_part(folder, home, {table: pa.concat_tables(some) for table, some in found.items()}) if found else None

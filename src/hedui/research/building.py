"""The parts of a lake in, the tables of the research desk out: one Parquet file a table, with figures as numbers and links to other tables.

They are made whole from the parts that the lake's manifest names, in a folder named for all that they are made of, which is put in place at
one stroke; the next state of the lake has a folder of its own, and older ones go.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from hedui.export.columnar import ITEMS, TABLES, schema_of
from hedui.export.lake_parts import Part
from hedui.export.tables import LISTS
from hedui.progress import step
from hedui.research.derived import alone_in

__all__ = ["FIGURES", "LINKS", "TABLE_NAMES", "build_tables", "digest_of_parts", "tables_folder"]

BEFORE = "tables-"
TABLE_NAMES = ("reports", *ITEMS)
# figures told as text that get a column of numbers beside them
FIGURES = ("target", "actual", "completion", "deviation", "weight", "score", "full")
ROW_GROUP = 50_000
MEMORY = "1GB"
LINKS = "links.parquet"


def digest_of_parts(parts: Sequence[Part]) -> str:
    """Changes with what the lake holds and with how tables are made of it."""
    told = hashlib.sha256(files("hedui.research").joinpath("tables.sql").read_bytes())
    for path in (Path(__file__), *sorted((Path(__file__).parent / "linking").rglob("*.[pt]*"))):
        if path.suffix in (".py", ".tsv"):
            told.update(path.read_bytes())
    for table in TABLES:
        told.update(str(schema_of(table)).encode())
    for part in parts:
        told.update("\t".join(part.paths.values()).encode())
    return told.hexdigest()[:16]


def tables_folder(home: Path, digest: str) -> Path:
    """Where the tables lie that are made of what `digest` tells."""
    return home / f"{BEFORE}{digest}"


def build_tables(home: Path, root: str, parts: Sequence[Part]) -> Path:
    """The folder of the tables of a lake at the local path `root`, made where they are not there yet."""
    folder = tables_folder(home, digest_of_parts(parts))
    if folder.is_dir():
        return folder
    with alone_in(home):
        if not folder.is_dir():
            for left in home.glob(f".{BEFORE}*"):
                shutil.rmtree(left, ignore_errors=True)
            draft = home / f".{folder.name}.{os.getpid()}"
            draft.mkdir()
            write_tables(draft, root, parts)
            draft.rename(folder)
            for old in home.glob(f"{BEFORE}*"):
                if old != folder:
                    shutil.rmtree(old, ignore_errors=True)
    return folder


def write_tables(folder: Path, root: str, parts: Sequence[Part]) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = true")
        connection.execute("set temp_directory = ?", [str(folder / ".spill")])
        for table in TABLE_NAMES:
            lake_view(connection, table, [f"{root}/{part.paths[table]}" for part in parts if table in part.files])
        put_links(connection, folder)
        told = files("hedui.research").joinpath("tables.sql").read_text(encoding="utf-8")
        queries = dict(cut(told))
        connection.execute(queries.pop("beforehand"))
        for done, (table, query) in enumerate(queries.items(), 1):
            path = str(folder / f"{table}.parquet").replace("'", "''")
            connection.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd, row_group_size {ROW_GROUP})")
            step("tables", done, len(queries))
    shutil.rmtree(folder / ".spill", ignore_errors=True)


def put_links(connection: Any, folder: Path) -> None:
    """What the names of each report mean, as a table and as a file beside the others."""
    from hedui.research.linked import ASKED, links_of_reports

    names = ", ".join(f"nullif(province, '_') as {name}" if name == "province" else name for name in ASKED)
    reports = connection.sql(f"select distinct on (sha256, report) {names} from lake_reports where report is not null "
                             "order by sha256, report").to_arrow_table()
    connection.register("links_made", links_of_reports(reports))
    connection.execute("create table links as from links_made")
    path = str(folder / LINKS).replace("'", "''")
    connection.execute(f"copy (select * exclude (linked_province) from links order by sha256, report) to '{path}' (format parquet, compression zstd)")


def cut(told: str) -> list[tuple[str, str]]:
    """The pieces of tables.sql by the names in the lines `-- # name` above them."""
    pieces = told.split("-- # ")[1:]
    return [(piece.partition("\n")[0].strip(), piece.partition("\n")[2].strip().rstrip(";")) for piece in pieces]


def lake_view(connection: Any, table: str, paths: Sequence[str]) -> None:
    """A view of the files of a table under `lake_<table>`; of no rows where there are none."""
    if paths:
        told = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        connection.execute(f"create view lake_{table} as select * from read_parquet([{told}], hive_partitioning = true, "
                           "hive_types = {'year': integer, 'province': varchar})")
        return
    names = {**{name: kind_of(name, schema_of(table)) for name in TABLES[table]}, "year": "integer", "province": "varchar"}
    columns = ", ".join(f'null::{kind} as "{name}"' for name, kind in names.items())
    connection.execute(f"create view lake_{table} as select {columns} where false")


KINDS: Mapping[str, str] = {"string": "varchar", "int32": "integer", "int64": "bigint", "double": "double", "decimal128(38, 12)": "decimal(38, 12)"}


def kind_of(name: str, schema: Any) -> str:
    return "varchar[]" if name in LISTS else KINDS[str(schema.field(name).type)]

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
import pyarrow as pa
import pyarrow.parquet as pq

from hedui.export.columnar import ITEMS, TABLES, schema_of
from hedui.export.files import put_file
from hedui.export.lake_parts import Part
from hedui.export.tables import LISTS
from hedui.progress import step
from hedui.research.derived import alone_in

__all__ = ["FIGURES", "LINKS", "TABLE_NAMES", "build_tables", "digest_of_parts", "parquet_in_sql", "tables_folder"]

BEFORE = "tables-"
TABLE_NAMES = ("reports", *ITEMS)
# figures told as text that get a column of numbers beside them
FIGURES = ("target", "actual", "completion", "deviation", "weight", "score", "full")
ROW_GROUP = 50_000
MEMORY = "1GB"
LINKS = "links.parquet"
# the home of a row by the last folders over its file, whatever stands above
OF_FOLDERS = ("regexp_extract(filename, 'year=(-?[0-9]+)/province=[^/]+/[^/]+$', 1)::integer as year",
              "regexp_extract(filename, 'province=([^/]+)/[^/]+$', 1) as province")
# the unit that a value is told in: 户 of 2860户, % of ≥95%
INDICATOR_KEY = """create macro measured_in(actual, target) as
    nullif(regexp_extract(coalesce(actual, target, ''), '[0-9.][ ]*([^0-9.,，~至\\-+ ]{1,6})$', 1), '')"""


def digest_of_parts(parts: Sequence[Part]) -> str:
    """Changes with what the lake holds and with how tables are made of it."""
    told = hashlib.sha256(files("hedui.research").joinpath("tables.sql").read_bytes())
    told.update(Path(__file__).read_bytes() + linking_digest().encode())
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
    put_indicators(connection, folder)
    path = str(folder / LINKS).replace("'", "''")
    connection.execute(f"copy (select * exclude (linked_province) from links order by sha256, report) to '{path}' (format parquet, compression zstd)")


def put_indicators(connection: Any, folder: Path) -> None:
    """What the names of indicators mean, as a table and as a file under home: names that were linked before keep their ids."""
    from hedui.research.linked import links_of_indicators

    connection.execute(INDICATOR_KEY)
    names = connection.sql("select distinct name, level1, level2, measured_in(actual, target) as unit from (select name, level1, level2, actual, "
                           "target from lake_records where type = 'indicator' union all select name, level1, level2, actual, target from lake_claims "
                           "where type = 'indicator') where name is not null order by all").to_arrow_table()
    path = folder.parent / f"indicators-{linking_digest()}.parquet"
    known = pq.read_table(path, partitioning=None) if path.is_file() else None
    found = links_of_indicators(names, known)
    connection.register("indicators_made", found)
    connection.execute("create table indicators as select name, level1, level2, unit, indicator_id, indicator_name, score as indicator_score "
                       "from indicators_made")
    with pa.BufferOutputStream() as buffer:
        pq.write_table(found, buffer, compression="zstd")
        put_file(path, bytes(buffer.getvalue()))
    for old in folder.parent.glob("indicators-*.parquet"):
        if old != path:
            old.unlink(missing_ok=True)


def linking_digest() -> str:
    """Changes with how names are linked."""
    told = hashlib.sha256()
    for path in sorted((Path(__file__).parent / "linking").rglob("*.[pt]*")):
        if path.suffix in (".py", ".tsv"):
            told.update(path.read_bytes())
    return told.hexdigest()[:12]


def cut(told: str) -> list[tuple[str, str]]:
    """The pieces of tables.sql by the names in the lines `-- # name` above them."""
    pieces = told.split("-- # ")[1:]
    return [(piece.partition("\n")[0].strip(), piece.partition("\n")[2].strip().rstrip(";")) for piece in pieces]


def parquet_in_sql(paths: Sequence[Path | str], *more: str) -> str:
    """The rows of files as SQL names them, with columns `more` of DuckDB's own (filename). Folders that are called like `year=2021` are no columns,
    since they may stand anywhere above."""
    told = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{told}], hive_partitioning = false{''.join(f', {name} = true' for name in more)})"


def lake_view(connection: Any, table: str, paths: Sequence[str]) -> None:
    """A view of the files of a table under `lake_<table>`; of no rows where there are none."""
    if paths:
        held = parquet_in_sql(paths, "filename")
        connection.execute(f"create view lake_{table} as select * exclude (filename), {', '.join(OF_FOLDERS)} from {held}")
        return
    names = {**{name: kind_of(name, schema_of(table)) for name in TABLES[table]}, "year": "integer", "province": "varchar"}
    columns = ", ".join(f'null::{kind} as "{name}"' for name, kind in names.items())
    connection.execute(f"create view lake_{table} as select {columns} where false")


KINDS: Mapping[str, str] = {"string": "varchar", "int32": "integer", "int64": "bigint", "double": "double", "decimal128(38, 12)": "decimal(38, 12)"}


def kind_of(name: str, schema: Any) -> str:
    return "varchar[]" if name in LISTS else KINDS[str(schema.field(name).type)]

"""A store and a request in, the rows of every table of the package out: in one order, a batch at a time, whatever there are of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from hedui.errors import UsageError
from hedui.research.publishing.request import Request
from hedui.research.publishing.shape import Shape, known_tables, shape_of, standing
from hedui.research.publishing.splits import group_sql, split_sql
from hedui.research.table import Table
from hedui.research.wheres import Condition

if TYPE_CHECKING:
    from hedui.research.store import ResearchStore

__all__ = ["BATCH", "Rows", "bounded", "rows_of"]

BATCH, MEMORY = 50_000, "1GB"
ITEMS = ("records", "claims", "checks", "mentions")
# what `reports` tells of the file as a whole
OF_FILE = ("media_type", "pages", "characters", "issues")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """The rows of one table."""

    shape: Shape
    cursor: Any
    sql: str
    values: tuple[Any, ...]

    def count(self) -> int:
        """How many there are."""
        return int(self.cursor().execute(f"select count(*) from ({self.sql})", list(self.values)).fetchone()[0])

    def __iter__(self) -> Iterator[Any]:
        """Record batches of just `BATCH` rows, but for the last."""
        ordered = f"select * from ({self.sql}) order by {', '.join(self.shape.order)}"
        return even(self.cursor().sql(ordered, params=list(self.values)).to_arrow_reader(BATCH), self.shape.schema)


def even(batches: Any, schema: Any) -> Iterator[Any]:
    """The rows of batches of any size in batches of one, columns as they are published."""
    held: list[Any] = []
    waiting = 0
    for batch in batches:
        held.append(pa.Table.from_batches([batch]).cast(schema))
        waiting += batch.num_rows
        while waiting >= BATCH:
            whole = pa.concat_tables(held).combine_chunks()
            yield from whole.slice(0, BATCH).to_batches()
            held, waiting = [whole.slice(BATCH)], waiting - BATCH
    if waiting:
        yield from pa.concat_tables(held).combine_chunks().to_batches()


def bounded(store: ResearchStore, folder: Path) -> None:
    """Has sorting use the disk beyond `MEMORY`."""
    cursor = store.cursor()
    cursor.execute(f"set memory_limit = '{MEMORY}'")
    cursor.execute(f"set temp_directory = '{str(folder).replace(chr(39), chr(39) * 2)}'")


def rows_of(store: ResearchStore, request: Request) -> tuple[tuple[Rows, ...], tuple[str, ...]]:
    """The rows of the tables asked for, those that others refer to first, and the names of tables that know nothing of what the query asks
    and are left out. UsageError where that leaves none."""
    items, left_out = picked(store, request)
    reports = plain(store.reports)
    if request.query:
        reports = reports.also([within("report", items.values())])
    tables: dict[str, tuple[str, tuple[Any, ...]]] = {"files": files_sql(reports), "reports": reports_sql(reports)}
    tables |= {name: sql_of(table) for name, table in items.items()}
    if request.text != "none":
        tables["passages"] = passages_sql(store, request, reports, items)
    wanted = [name for name in known_tables() if name in tables]
    found = [split(store, request, name, *tables[name]) for name in wanted]
    shapes = standing(shape_of(name, schema_of(store, *told), told_as="reports" if name == "files" else None)
                      for name, told in zip(wanted, found, strict=True))
    return tuple(Rows(shape=shape, cursor=store.cursor, sql=sql, values=values)
                 for shape, (sql, values) in zip(shapes, found, strict=True)), left_out


def picked(store: ResearchStore, request: Request) -> tuple[dict[str, Table], tuple[str, ...]]:
    """The tables of things with their conditions, and those that cannot be asked."""
    tables: dict[str, Table] = {}
    left_out: dict[str, Exception] = {}
    for name in ITEMS:
        if request.tables and name not in request.tables:
            continue
        table = plain(getattr(store, name))
        try:
            table = table.query(request.query) if request.query else table
            schema_of(store, *sql_of(table))
        except (UsageError, duckdb.BinderException) as error:
            left_out[name] = error
            continue
        tables[name] = table if request.min_confidence is None else table.where(confidence=(request.min_confidence, None))
    if left_out and not tables:
        cause = next(iter(left_out.values()))
        raise cause if isinstance(cause, UsageError) else UsageError(f"{request.query}: 没有一张表能这样问 · no table can be asked so")
    return tables, tuple(left_out)


def plain(table: Table) -> Table:
    return replace(table, order=())


def sql_of(table: Table) -> tuple[str, tuple[Any, ...]]:
    sql, values = table.sql()
    return sql, tuple(values)


def within(column: str, tables: Any) -> Condition:
    """Rows whose `column` is that of a row of any of `tables`."""
    asked = [replace(table, order=()).sql([column]) for table in tables]
    return Condition(sql=f"{column} in ({' union '.join(sql for sql, _ in asked)})", values=tuple(value for _, values in asked for value in values))


def files_sql(reports: Table) -> tuple[str, tuple[Any, ...]]:
    """One row a file: what its reports tell of it, and how many they are."""
    sql, values = reports.sql()
    told = ("sha256", "file", "version", *(name for name in OF_FILE if name in reports.names))
    return f"select {', '.join(told)}, count(report)::integer as reports from ({sql}) group by {', '.join(told)}", tuple(values)


def reports_sql(reports: Table) -> tuple[str, tuple[Any, ...]]:
    """One row a report; a file without one has none."""
    sql, values = reports.sql([name for name in reports.names if name not in OF_FILE])
    return f"select * from ({sql}) where report is not null", tuple(values)


def passages_sql(store: ResearchStore, request: Request, reports: Table, items: Mapping[str, Table]) -> tuple[str, tuple[Any, ...]]:
    """The passages of the reports; short of `full`, those alone that a published claim or check lies in."""
    passages = plain(store.passages)
    if request.query:
        passages = passages.also([within("report", [reports])])
    sql, values = passages.sql()
    if request.text == "full":
        return sql, tuple(values)
    quoting = [replace(items[name], order=()).sql(["sha256", "start", "end"]) for name in ("claims", "checks", "mentions") if name in items][:2]
    if not quoting:
        raise UsageError("--text sentences: 要有 claims、checks 或 mentions 才知道是哪些句子；请加上其一或用 --text full · sentences are those that "
                         "claims, checks or mentions lie in, ask for one of these tables or for --text full")
    places = " union ".join(asked for asked, _ in quoting)
    return (f'select p.* from ({sql}) p semi join ({places}) q on p.sha256 = q.sha256 and q.start < p."end" and q."end" > p.start',
            (*values, *(value for _, held in quoting for value in held)))


def split(store: ResearchStore, request: Request, name: str, sql: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """The rows with the split of their report, where one is wanted."""
    if request.split is None or name == "files":
        return sql, values
    group = group_sql(request.split, store.reports.names)
    of_report = f"select report, {split_sql(group)} as split from reports where report is not null"
    return f"select t.*, s.split from ({sql}) t left join ({of_report}) s on t.report = s.report", values


def schema_of(store: ResearchStore, sql: str, values: tuple[Any, ...]) -> Any:
    return store.cursor().sql(f"select * from ({sql}) limit 0", params=list(values)).to_arrow_table().schema

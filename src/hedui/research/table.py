"""A table of the store and conditions in, its rows out, when they are asked for: as pandas, as Arrow, or counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import duckdb

from hedui.errors import StoreError, UsageError
from hedui.research.query import Query, parse_query
from hedui.research.wheres import Condition, condition_of, conditions_of, missing

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Table", "told_plainly"]

BATCH = 100_000


@contextmanager
def told_plainly(what: str) -> Iterator[None]:
    """What DuckDB cannot do as an error of hedui: StoreError where files cannot be read, UsageError where a question cannot be answered."""
    try:
        yield
    except duckdb.IOException as error:
        raise StoreError(f"{what}: 表读不出（{error}）；若结果已更新，请再次 open_store · cannot be read; if the results have changed, open "
                         "the store again") from error
    except duckdb.Error as error:
        raise UsageError(f"{what}: {error}") from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of one table, those that pass all `conditions`; nothing is read before it is asked for, and nothing changes it.

    `names` are its columns; `order` those it is sorted by, so that the same rows come in the same order each time.
    """

    name: str
    names: tuple[str, ...]
    order: tuple[str, ...] = field(repr=False, default=())
    conditions: tuple[Condition, ...] = field(repr=False, default=())
    cursor: Callable[[], Any] = field(repr=False)

    def where(self, **wanted: Any) -> Table:
        """The rows whose columns are as `wanted`: one value, a list of which any, a tuple `(low, high)` with None for an open end, None for
        empty; `region` takes the beginning of the name of a place, `conflict` True or False. UsageError for a column it has not.

        `claims.where(type="indicator", report_year=(2019, 2022), region="新疆", confidence=(0.8, None))`
        """
        return self.also(condition_of(self.name, self.names, name, value) for name, value in wanted.items())

    def query(self, query: str | Query) -> Table:
        """The rows that pass a query as people type it (`parse_query`): `执行率<50% region:新疆 year:2020 conflict:yes`."""
        return self.also(conditions_of(self.name, self.names, parse_query(query) if isinstance(query, str) else query))

    def also(self, conditions: Any) -> Table:
        return replace(self, conditions=(*self.conditions, *conditions))

    def sql(self, columns: Sequence[str] | None = None, *, limit: int | None = None) -> tuple[str, list[Any]]:
        """The question in SQL and its parameters."""
        for name in columns or ():
            if name not in self.names:
                raise missing(self.name, self.names, name)
        chosen = ", ".join(f'"{name}"' for name in columns or self.names)
        order = f" order by {', '.join(self.order)}" if self.order else ""
        return f"select {chosen} from {self.name}{self.wheres}{order}{f' limit {limit}' if limit is not None else ''}", self.values

    @property
    def wheres(self) -> str:
        return (" where " + " and ".join(f"({one.sql})" for one in self.conditions)) if self.conditions else ""

    @property
    def values(self) -> list[Any]:
        return [value for one in self.conditions for value in one.values]

    def count(self) -> int:
        """How many rows there are."""
        with told_plainly(self.name):
            return int(self.cursor().execute(f"select count(*) from {self.name}{self.wheres}", self.values).fetchone()[0])

    def __len__(self) -> int:
        return self.count()

    def arrow(self, columns: Sequence[str] | None = None, *, limit: int | None = None) -> Any:
        """The rows as a `pyarrow.Table`; money and rates are decimal128."""
        question, values = self.sql(columns, limit=limit)
        with told_plainly(self.name):
            return self.cursor().sql(question, params=values).to_arrow_table()

    def batches(self, columns: Sequence[str] | None = None, *, rows: int = BATCH) -> Iterator[Any]:
        """The rows as Arrow record batches of at most `rows`, so that not all need be held at once."""
        question, values = self.sql(columns)
        with told_plainly(self.name):
            yield from self.cursor().sql(question, params=values).to_arrow_reader(rows)

    def frame(self, columns: Sequence[str] | None = None, *, limit: int | None = None) -> pd.DataFrame:
        """The rows as a pandas DataFrame; its columns keep the types of Arrow (money and rates exact), categories are categorical."""
        from hedui.research.frames import frame_of

        return frame_of(self.name, self.arrow(columns, limit=limit))

    def head(self, rows: int = 5) -> pd.DataFrame:
        """The first few rows."""
        return self.frame(limit=rows)

    def row(self, **wanted: Any) -> dict[str, Any]:
        """The first row that is as `wanted`. UsageError where there is none."""
        found = self.where(**wanted).arrow(limit=1).to_pylist()
        if not found:
            told = "、".join(f"{name}={value}" for name, value in wanted.items())
            raise UsageError(f"{self.name}: 没有 {told} · no such row")
        return dict(found[0])

    @property
    def columns(self) -> pd.DataFrame:
        """What each column is: dtype, unit and meaning, in Chinese and English."""
        from hedui.research.frames import columns_frame

        return columns_frame(self.name, self.names)

    def _repr_html_(self) -> str:
        shown: str = self.head(10).to_html(notebook=True, max_cols=30)
        return f"<p>{self.name}: {self.count():,} 行 rows</p>{shown}"

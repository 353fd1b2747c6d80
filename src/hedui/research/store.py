"""The store as researchers see it: tables that are read when they are asked for, and a way back from each row to its sentence."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from hedui.errors import UsageError
from hedui.export.lake_parts import Part
from hedui.research.building import LINKS, TABLE_NAMES, build_tables, parquet_in_sql
from hedui.research.query import Query
from hedui.research.table import Table, told_plainly
from hedui.research.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

    from hedui.export.columnar import Key
    from hedui.research.evidence import Evidence
    from hedui.research.near import Neighbour
    from hedui.research.near.index import Wordings
    from hedui.research.search import Hits
    from hedui.store import Store

__all__ = ["ResearchStore"]

# the other tables lie in one file in their order (tables.sql), which DuckDB keeps
ORDER = {"passages": ("sha256", "passage")}
MEMORY, SPILL = "1GB", ".spill"
TABLES_OF_IDS = {"m-": "mentions", "c-": "claims", "k-": "checks", "r-": "records"}


class ResearchStore:
    """What reports claim, as tables: `reports`, `records`, `claims`, `checks`, `mentions`, `passages`. Made by `open_store`.

    `home` is the folder of derived files, `place` where it was opened, `keys` the contents it holds with version and name; `full_text` is the
    PostgreSQL database that is searched by its own index, `address` that of the database of results, where what people decided lies.
    """

    def __init__(self, *, place: str, home: Path, root: str, parts: tuple[Part, ...], texts: Texts | None, full_text: Store | None = None,
                 address: str | Path | None = None) -> None:
        self.place, self.home, self.texts, self.full_text, self.address = place, home, texts, full_text, address
        self.keys = tuple(sorted({key for part in parts for key in part.keys}))
        self._root, self._parts = root, parts
        self._lock = threading.RLock()
        self._there: dict[str, tuple[str, ...]] = {}
        self._wordings: Wordings | None = None

    def __repr__(self) -> str:
        return f"ResearchStore({self.place!r}, {len(self.keys)} 份文件 files)"

    @property
    def reports(self) -> Table:
        """A row a report, and one a file without."""
        return self.table("reports")

    @property
    def records(self) -> Table:
        """A row a thing claimed, the places that tell of it put together."""
        return self.table("records")

    @property
    def claims(self) -> Table:
        """A row a claim, each place that tells of a thing by itself."""
        return self.table("claims")

    @property
    def checks(self) -> Table:
        """A row a check: figures held against one another."""
        return self.table("checks")

    @property
    def mentions(self) -> Table:
        """A row a figure, date, place, body, title or document number in the text."""
        return self.table("mentions")

    @property
    def passages(self) -> Table:
        """A row a heading, sentence or row of a table; made when first asked for. StoreError where only a lake is at hand, which has no texts."""
        return self.table("passages")

    def table(self, name: str) -> Table:
        """A table by its name."""
        names = self.there(name)
        self.there("claims")  # where conditions on figures look
        return Table(name=name, names=names, order=ORDER.get(name, ()), cursor=self.cursor)

    def there(self, name: str) -> tuple[str, ...]:
        """Sees to it that a table is there; its columns."""
        with self._lock:
            if name not in self._there:
                with told_plainly(name):
                    self._show(name, self._files(name))
            return self._there[name]

    def _files(self, name: str) -> list[Path]:
        if name in TABLE_NAMES:
            return [self._folder / f"{name}.parquet"]
        if name == "passages":
            return list(self._passages())
        raise UsageError(f"{name}: 没有这张表，有 {'、'.join((*TABLE_NAMES, 'passages'))} · no such table")

    @cached_property
    def _folder(self) -> Path:
        return build_tables(self.home, self._root, self._parts)

    def _passages(self) -> tuple[Path, ...]:
        from hedui.research.derived import bring_up_to_date
        from hedui.research.passages_table import passages_derived

        if self.texts is None:
            raise UsageError(f"{self.place}: 只有数据湖，没有原文；请打开 hedui run 的输出文件夹或结果库 · a lake alone has no texts, "
                             "open OUT of hedui run or its database")
        return bring_up_to_date(passages_derived(), self.home, self.keys, self.texts)

    def _show(self, name: str, paths: list[Path]) -> None:
        joined = f" as told left join {parquet_in_sql([self._folder / LINKS])} as links using (sha256, report)" if name == "passages" else ""
        self._connection.execute(f'create or replace view "{name}" as select * from {parquet_in_sql(paths)}{joined}')
        self._there[name] = tuple(row[0] for row in self._connection.execute(f'describe "{name}"').fetchall())

    @cached_property
    def _connection(self) -> Any:
        connection = duckdb.connect()
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set temp_directory = ?", [str(self.home / SPILL)])
        return connection

    def cursor(self) -> Any:
        """A cursor of DuckDB over the tables that were asked for so far; each thread takes its own."""
        with self._lock:
            return self._connection.cursor()

    def arrow(self, question: str, values: Any = None) -> Any:
        """The answer to a question in SQL over all tables, as a `pyarrow.Table`."""
        for name in (*TABLE_NAMES, "passages"):
            if name != "passages" or "passages" in question.lower():
                self.there(name)
        with told_plainly("SQL"):
            return self.cursor().sql(question, params=values).to_arrow_table()

    def sql(self, question: str, values: Any = None) -> pd.DataFrame:
        """The answer to a question in SQL over the tables, as a DataFrame with Arrow's types: `select province, count(*) from claims group by all`.
        `values` stand for its question marks. UsageError, with what DuckDB says, where it cannot be answered."""
        from hedui.research.frames import frame_of

        return frame_of("", self.arrow(question, values))

    def drawn(self, count: int) -> tuple[Key, ...]:
        """`count` contents drawn at random, the same ones each time, a smaller draw part of a larger one; all where there are no more. UsageError
        for less than one."""
        from hedui.research.mining.drawn import drawn_from

        return drawn_from(self.keys, count)

    def mine(self, theme: str, *, among: Sequence[Key] | None = None) -> pd.DataFrame:
        """What a theme of mining finds in the reports, a row a finding (`hedui.research.mining.mine`): `untabled`, `hedges`, `reasons`,
        `boilerplate`, `carried`, `contradictions`; `among` some contents alone (`drawn`)."""
        from hedui.research.mining.mine import mine

        return mine(self, theme, among=among)

    def by(self, *keys: str, measure: str = "execution_rate", **options: Any) -> pd.DataFrame:
        """A panel: the figure of each group of `keys` (region, prefecture, county, year, unit, programme, fund, indicator, or any column), with
        the range that holds the truth, the rows and the reports it rests on: `store.by("region", "year", measure="self_score")`.

        Measures are those of `hedui.research.panels.measures()`; `options` as of `hedui.research.panels.panel`: where, wide, level, least …
        """
        from hedui.research.panels import panel

        return panel(self, keys, measure, **options)

    def evidence(self, row: str | Mapping[str, Any], *, sha256: str | None = None) -> Evidence:
        """Where a row was read: the sentences and cells behind it, with what was read marked. `row` is a `ref`, an `id` (with `sha256` where
        several files hold it), or a row itself (a dict or a pandas Series). UsageError where there is none, or several."""
        from hedui.research.evidence import evidence_in

        name, content = self._named(row, sha256)
        key = next((key for key in self.keys if key.sha256.startswith(content)), None)
        if key is None or self.texts is None:
            raise UsageError(f"{content}: 这里没有这份文件的原文 · the text of this file is not at hand")
        kept = next(iter(self.texts.outputs([key])), None)
        if kept is None:
            raise UsageError(f"{key.file}: 原文已不在原处，请再运行 hedui run · its output is gone, run hedui run again")
        output = json.loads(kept.output)
        output["source"]["name"] = key.file
        return evidence_in(output, name, version=key.version)

    def _named(self, row: str | Mapping[str, Any], sha256: str | None) -> tuple[str, str]:
        """The id of a row and the beginning of its content."""
        if not isinstance(row, str):
            return str(row["id"]), str(row["sha256"])
        content, _, name = row.rpartition("/")
        if name.startswith("t-") and name.count("-") == 2:
            return name, name.split("-")[1]
        if content or sha256:
            return name, content or sha256 or ""
        table = TABLES_OF_IDS.get(name[:2])
        if table is None:
            raise UsageError(f"{row}: 编号以 m-、c-、k-、r-、t- 开头 · ids begin with m-, c-, k-, r- or t-")
        found = [one["sha256"] for one in self.table(table).where(id=name).arrow(["sha256"]).to_pylist()]
        if len(found) != 1:
            raise UsageError(f"{row}: {'没有这个编号' if not found else f'{len(found)} 份文件里都有，请用 ref 或加 sha256='} · "
                             f"{'no such id' if not found else 'in several files; give its ref, or sha256='}")
        return name, str(found[0])

    def search(self, query: str | Query, *, limit: int = 20, after: str | None = None, expand: bool = True, fresh: bool = True) -> Hits:
        """The `limit` best passages for words, figures and filters as people type them (`执行率<50% region:新疆 "资金使用效益" -疫情`), behind
        the hit whose `place` is `after`. The first search makes an index under `home` (in PostgreSQL, in the database), later ones add what is new;
        without `fresh` it is asked as it is. With `expand`, words are looked for by their other names too, told in `Hits.also`. UsageError for a
        query that cannot be understood."""
        from hedui.research.search import search

        return search(self, query, limit=limit, after=after, expand=expand, fresh=fresh)

    def near(self, id: str, *, limit: int = 10) -> tuple[Neighbour, ...]:
        """The `limit` claims of other wordings that say most nearly what the claim `id` does, the nearest first. The first call reads the wordings
        of all claims with the shipped encoder and keeps what it makes of them under `home`. UsageError where there is no such claim."""
        from hedui.research.near import near

        return near(self, id, limit=limit)

    def wordings(self) -> Wordings:
        """The distinct wordings of all claims with their vectors."""
        from hedui.research.near.index import wordings_of

        self.there("claims")
        with self._lock:
            if self._wordings is None:
                self._wordings = wordings_of(self.home, self.cursor)
            return self._wordings

    def close(self) -> None:
        """Lets go of what is held in memory, and of the database."""
        if self.full_text is not None:
            self.full_text.close()
        with self._lock:
            if "_connection" in self.__dict__:
                self._connection.close()
                del self.__dict__["_connection"]
                self._there.clear()



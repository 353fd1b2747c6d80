"""Facts of many reports in, kept in a temporary SQLite file; whose they are stays in memory, the rest comes back by report or key.

Reports are numbered in the order of file and report id, whatever order they came in.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

from hedui.across.facts import FundRow, Head, IndicatorRow, PaperRow, Paragraph, ReportFacts
from hedui.across.owners import with_owners

__all__ = ["Shelf", "blocks", "by_land", "labels"]

TABLES: dict[str, tuple[type[Any], str]] = {
    "funds": (FundRow, "start, end, measure, yuan"), "papers": (PaperRow, "start, end"), "indicators": (IndicatorRow, "start, end"),
    "paragraphs": (Paragraph, "start")}


class Shelf:
    """Where the facts of a run lie; a context, gone with its file when it is left."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hedui-across-")
        self._base = sqlite3.connect(Path(self._folder.name) / "facts.sqlite")
        self._base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=FILE;")
        for name, (row, _) in TABLES.items():
            self._base.execute(f"CREATE TABLE {name} (report INTEGER, {', '.join(quoted(field) for field in row._fields)})")
        self._came: list[Head] = []
        self._numbers: list[int] = []
        self.heads: list[Head] = []
        self.limits: dict[str, None] = {}

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._base.close()
        self._folder.cleanup()

    def put(self, facts: ReportFacts) -> None:
        """Keeps what one report gives."""
        number = len(self._came)
        self._came.append(facts.head)
        if facts.cut:
            self.limit(f"{facts.head.file}：只比较前 {len(facts.paragraphs)} 段 · only the first {len(facts.paragraphs)} paragraphs are compared")
        for name in TABLES:
            rows = getattr(facts, name)
            if rows:
                marks = ", ".join("?" * (len(rows[0]) + 1))
                self._base.executemany(f"INSERT INTO {name} VALUES ({marks})", ((number, *row) for row in rows))

    def limit(self, line: str) -> None:
        """Says in one line what is not compared, because there is too much of it."""
        self.limits[line] = None

    def close_entry(self, names: Mapping[str, str]) -> None:
        """Orders what came in, files by what `names` calls them; nothing may be put in afterwards."""
        self._came = [head._replace(file=names.get(head.file, head.file)) for head in self._came]
        for name in TABLES:
            self._base.execute(f"CREATE INDEX of_{name} ON {name} (report)")
        self._base.execute("CREATE INDEX by_number ON papers (number)")
        self._numbers = sorted(range(len(self._came)), key=lambda n: (self._came[n].file, self._came[n].report))
        self.heads = with_owners([self._came[number] for number in self._numbers])

    def _rows(self, name: str, report: int) -> Iterator[Any]:
        row, order = TABLES[name]
        order = ", ".join(quoted(field) for field in order.split(", "))
        asked = f"SELECT * FROM {name} WHERE report = ? ORDER BY {order}"
        return (row(*found[1:]) for found in self._base.execute(asked, (self._numbers[report],)))

    def funds(self, report: int) -> list[FundRow]:
        """The amounts of a report, in the order of its text."""
        return list(self._rows("funds", report))

    def indicators(self, report: int) -> list[IndicatorRow]:
        """The results of a report."""
        return list(self._rows("indicators", report))

    def papers(self, report: int) -> list[PaperRow]:
        """The documents that a report cites."""
        return list(self._rows("papers", report))

    def paragraphs(self, report: int) -> list[Paragraph]:
        """The running text of a report."""
        return list(self._rows("paragraphs", report))

    def citations(self) -> Iterator[tuple[str, list[tuple[int, PaperRow]]]]:
        """Each document number that is cited, with the reports that cite it."""
        places = {number: place for place, number in enumerate(self._numbers)}
        found = self._base.execute("SELECT * FROM papers ORDER BY number")
        for number, rows in groupby(found, key=lambda row: row[1]):
            told = [(places[row[0]], PaperRow(*row[1:])) for row in rows]
            yield str(number), sorted(told, key=lambda one: (one[0], one[1].start))


def quoted(field: str) -> str:
    return f'"{field}"'


def blocks(heads: Iterable[tuple[int, Head]], *fields: str) -> dict[tuple[Any, ...], list[int]]:
    """The numbers of reports that share the values of `fields`, none of them empty."""
    found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, head in heads:
        key = tuple(getattr(head, field) for field in fields)
        if all(key):
            found[key].append(number)
    return found


def by_land(heads: Sequence[Head], numbers: Iterable[int]) -> list[list[int]]:
    """The reports that may be of one province: one group a province, each with those that do not tell theirs."""
    found: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        found[heads[number].province].append(number)
    unsaid = found.pop("", [])
    return [sorted((*group, *unsaid)) for group in found.values()] or [unsaid]


def labels(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A name for every path: that of its source, or the path itself where two sources have one name. (path, name) come in.

    >>> labels([("a/1.json", "报告.docx"), ("b/1.json", "报告.docx"), ("c.json", "表.xlsx")])
    {'a/1.json': 'a/1.json', 'b/1.json': 'b/1.json', 'c.json': '表.xlsx'}
    """
    pairs = list(names)
    taken = Counter(name for _, name in pairs)
    return {path: name if taken[name] == 1 else path for path, name in pairs}

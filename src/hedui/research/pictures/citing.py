"""Documents that reports rest on (文件依据): reports in, documents and which are named together out, drawn in columns by the year of their number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from markupsafe import Markup

from hedui.research.pictures.svg import drawing, linked, path, rect, text, written
from hedui.research.pictures.told import cut, reports
from hedui.research.pictures.types import Cited, Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["Document", "Together", "citing", "documents_of", "key_of"]

TITLE = Words("报告依据的文件", "Documents that reports rest on")
MOST, MOST_TIES, MOST_COLUMNS = 36, 120, 7
PLATE, TALL, ACROSS, BETWEEN, TOP, EDGE = 190.0, 38.0, 70.0, 12.0, 34.0, 10.0
SWEEPS = 6
# 财教〔2021〕250号
NUMBERED = re.compile(r"[〔\[（(【](\d{4})[〕\]）)】]")
LOOSE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document by its number, else its title, the year of its number, and the reports that name it."""

    key: str
    number: str | None
    title: str | None
    year: int | None
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """Two documents that the same reports name."""

    first: str
    second: str
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        return f"{self.first} + {self.second}"


def key_of(one: Cited) -> str:
    """What makes two tellings one document: its number with one kind of brackets, else its title.

    >>> key_of(Cited("r-1", "财教（2021）65号", None)), key_of(Cited("r-2", None, "财政专项资金 管理办法"))
    ('财教〔2021〕65号', '财政专项资金管理办法')
    """
    if one.number:
        return LOOSE.sub("", NUMBERED.sub(r"〔\1〕", one.number))
    return LOOSE.sub("", one.title or "")


def documents_of(facts: Sequence[ReportFacts]) -> tuple[Document, ...]:
    """Every document with the reports that name it, those named by most first."""
    named: dict[str, dict[int, Cited]] = defaultdict(dict)
    for at, one in enumerate(facts):
        for cited in one.documents:
            named[key_of(cited)].setdefault(at, cited)

    def document(key: str, held: Mapping[int, Cited]) -> Document:
        titles = Counter(cited.title for cited in held.values() if cited.title)
        number = key if any(cited.number for cited in held.values()) else None
        year = NUMBERED.search(number or "")
        items = tuple(Item(report=facts[at], told=cited.number or cited.title or "", finding=cited.record) for at, cited in held.items())
        return Document(key=key, number=number, title=min(titles, key=lambda one: (-titles[one], one)) if titles else None,
                        year=int(year[1]) if year else None, items=items)
    return tuple(sorted((document(key, held) for key, held in named.items()), key=lambda one: (-len(one.items), one.key)))


def together_of(shown: Sequence[Document]) -> tuple[Together, ...]:
    """Pairs of the documents shown that reports name both of, those of most first."""
    by_report: dict[tuple[str, str], list[tuple[str, Item]]] = defaultdict(list)
    for one in sorted(shown, key=lambda one: one.key):
        for item in one.items:
            by_report[item.report.sha256, item.report.report].append((one.key, item))
    held: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for some in by_report.values():
        for (first, item), (second, _) in combinations(some, 2):
            held[first, second].append(item)
    ties = (Together(first=first, second=second, items=tuple(items)) for (first, second), items in held.items())
    return tuple(sorted(ties, key=lambda one: (-len(one.items), one.key)))


def shown_of(every: Sequence[Document]) -> tuple[Document, ...]:
    """Those named by two reports at least, where there are some; else any."""
    shared = [one for one in every if len(one.items) > 1]
    return tuple((shared if len(shared) >= 3 else every)[:MOST])


def columns_of(shown: Sequence[Document], ties: Sequence[Together]) -> tuple[list[Words], list[list[str]]]:
    """The heads of the columns, by year, and the documents in each, those near one another that are named together."""
    years = sorted({one.year for one in shown if one.year})
    own = years[-MOST_COLUMNS + 2:] if len(years) > MOST_COLUMNS - 1 else years
    heads = [*([0] if any(not one.year for one in shown) else []), *([-1] if len(own) < len(years) else []), *own]
    at = {year: n for n, year in enumerate(heads)}
    columns: list[list[str]] = [[] for _ in heads]
    for one in shown:
        columns[at[(one.year or 0) if (one.year or 0) in at else -1]].append(one.key)
    near: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for tie in ties:
        near[tie.first].append((tie.second, len(tie.items)))
        near[tie.second].append((tie.first, len(tie.items)))
    for _ in range(SWEEPS):
        place = {key: (n + 0.5) / len(column) for column in columns for n, key in enumerate(column)}
        for column in columns:
            column.sort(key=lambda key: (sum(place[one] * n for one, n in near[key]) / sum(n for _, n in near[key]) if near[key] else place[key], key))
    words = {0: Words("无文号", "no number"), -1: Words("更早", "earlier")}
    return [words.get(year, Words(str(year), str(year))) for year in heads], columns


def citing(facts: Sequence[ReportFacts], href: Href) -> Picture:
    """The documents named by most reports, and which of them are named together."""
    every = documents_of(facts)
    shown = shown_of(every)
    ties = together_of(shown)
    held = {one.key: one for one in shown}
    marks = {one.key: Mark(key=one.key, items=one.items, said=Words(f"{one.name}{f'《{one.title}》' if one.number and one.title else ''}：{reports(len(one.items)).zh}",
                                                                  f"named by {reports(len(one.items)).en}")) for one in shown}
    marks |= {tie.key: Mark(key=tie.key, items=tie.items, said=Words(f"{held[tie.first].name} 与 {held[tie.second].name} 同见于 {reports(len(tie.items)).zh}",
                                                                     f"named together by {reports(len(tie.items)).en}")) for tie in ties}
    alt = Words("每块是一个文件，按文号年份分列，线连着同一份报告都提到的文件，越粗越多", "Plates are documents in columns by year, lines join those that the same reports "
                "name, thicker for more")
    rows = [Row((one.number or "", one.title or "", str(len(one.items))), one.key) for one in shown]
    rows += [Row((f"{held[tie.first].name} + {held[tie.second].name}", "", str(len(tie.items))), tie.key) for tie in ties]
    return Picture(name="documents", title=TITLE, alt=alt, marks=marks, rows=tuple(rows), svg=drawn(shown, ties[:MOST_TIES], marks, alt, href) if shown else None,
                   head=(Words("文号", "number"), Words("标题", "title"), Words("报告数 n", "reports n")), notes=tuple(notes_of(facts, every, shown, ties)))


def notes_of(facts: Sequence[ReportFacts], every: Sequence[Document], shown: Sequence[Document], ties: Sequence[Together]) -> Iterator[Words]:
    if not every:
        yield Words(f"所选的 {len(facts):,} 份报告里没有一份写明依据的文件。", f"None of the {len(facts):,} reports chosen names a document.")
        return
    n = sum(1 for one in facts if one.documents)
    yield Words(f"n = {n:,} 份报告（共 {len(facts):,} 份）提到 {len(every):,} 个文件，画出提到最多的 {len(shown)} 个；文号相同即同一文件，没有文号的按标题。",
                f"n = {n:,} reports of {len(facts):,} name {len(every):,} documents; drawn are the {len(shown)} named by most. One number is one document, "
                "without a number one title.")
    if len(ties) > MOST_TIES:
        yield Words(f"{len(ties):,} 对文件同见于报告，画出最多的 {MOST_TIES} 对，其余见下表。", f"{len(ties):,} pairs are named together; drawn are the {MOST_TIES} named most, "
                    "the rest stand in the table.")


def drawn(shown: Sequence[Document], ties: Sequence[Together], marks: Mapping[str, Mark], alt: Words, href: Href) -> Markup:
    heads, columns = columns_of(shown, ties)
    tallest = max(map(len, columns))
    held = {one.key: one for one in shown}
    spots = {key: (n, EDGE + n * (PLATE + ACROSS), TOP + (tallest - len(column)) * (TALL + BETWEEN) / 2 + row * (TALL + BETWEEN), row)
             for n, column in enumerate(columns) for row, key in enumerate(column)}
    most = max((len(tie.items) for tie in ties), default=1)

    def body() -> Iterator[Markup]:
        for n, head in enumerate(heads):
            yield written(EDGE + n * (PLATE + ACROSS) + PLATE / 2, 16, head, "tick")
        for tie in reversed(ties):
            weight = 1 + sum(len(tie.items) > most * share for share in (0.15, 0.4, 0.7))
            curve = path(curve_of(spots[tie.first], spots[tie.second]), f"tie w{weight}")
            yield linked(marks[tie.key], curve + path(curve_of(spots[tie.first], spots[tie.second]), "near"), href)
        for key, (column, x, y, row) in spots.items():
            one = held[key]
            plate = rect(x, y, PLATE, TALL, "plate")
            plate += text(x + 8, y + 15, cut(one.number or "（无文号）", 11), "number-of")
            plate += text(x + 8, y + 31, cut(one.title or "", 14), "title-of")
            plate += text(x + PLATE - 8, y + 15, f"{len(one.items):,}", "count")
            yield linked(marks[key], plate, href, at=(row, column))
    width, height = EDGE * 2 + len(columns) * PLATE + (len(columns) - 1) * ACROSS + 40, TOP + tallest * (TALL + BETWEEN) + 10
    return drawing(width, height, alt, body(), "citing")


def curve_of(one: tuple[int, float, float, int], other: tuple[int, float, float, int]) -> list[tuple[float, float]]:
    """An S between columns; within one column a bow to its right."""
    (n, x, y, _), (m, u, v, _) = sorted((one, other))
    y, v = y + TALL / 2, v + TALL / 2
    if n == m:
        bow = 26 + min(abs(v - y) / 12, 30)
        return [(x + PLATE, y), (x + PLATE + bow, y), (x + PLATE + bow, v), (x + PLATE, v)]
    bend = (u - x - PLATE) / 2
    return [(x + PLATE, y), (x + PLATE + bend, y), (u - bend, v), (u, v)]

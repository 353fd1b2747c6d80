"""Documents that reports rest on (文件依据): reports in, documents and which are named together out, drawn in columns by the year of their number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from markupsafe import Markup

from hedui.research.pictures.svg import drawing, linked, path, rect, text, written
from hedui.research.pictures.told import cut, reports, say
from hedui.research.pictures.types import Cited, Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["Document", "Together", "citing", "documents_of", "key_of"]

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
            column.sort(key=lambda key: (pulled(place[key], [(place[one], n) for one, n in near[key]]), key))
    words = {0: say("number.none"), -1: say("year.earlier")}
    return [words.get(year, Words(str(year), str(year))) for year in heads], columns


def pulled(own: float, others: Sequence[tuple[float, int]]) -> float:
    """The mean place of what a document is named with, by how often; its own where it is named alone."""
    return sum(place * n for place, n in others) / sum(n for _, n in others) if others else own


def citing(facts: Sequence[ReportFacts], href: Href) -> Picture:
    """The documents named by most reports, and which of them are named together."""
    every = documents_of(facts)
    shown = shown_of(every)
    ties = together_of(shown)
    held = {one.key: one for one in shown}
    marks = {one.key: Mark(key=one.key, items=one.items, said=said(one)) for one in shown}
    marks |= {tie.key: Mark(key=tie.key, items=tie.items, said=say("tie", one=held[tie.first].name, other=held[tie.second].name,
                                                                   n=reports(len(tie.items)))) for tie in ties}
    alt = say("documents.alt")
    rows = [Row((one.number or "", one.title or "", str(len(one.items))), one.key) for one in shown]
    rows += [Row((f"{held[tie.first].name} + {held[tie.second].name}", "", str(len(tie.items))), tie.key) for tie in ties]
    return Picture(name="documents", title=say("documents.title"), alt=alt, marks=marks, rows=tuple(rows),
                   svg=drawn(shown, ties[:MOST_TIES], marks, alt, href) if shown else None, head=(say("number"), say("title"), say("n")),
                   notes=tuple(notes_of(facts, every, shown, ties)))


def said(one: Document) -> Words:
    title = f"《{one.title}》" if one.number and one.title else ""
    return say("document", name=f"{one.name}{title}", n=reports(len(one.items)))


def notes_of(facts: Sequence[ReportFacts], every: Sequence[Document], shown: Sequence[Document], ties: Sequence[Together]) -> Iterator[Words]:
    if not every:
        yield say("documents.none", of=len(facts))
        return
    yield say("documents.n", n=sum(1 for one in facts if one.documents), of=len(facts), every=len(every), shown=len(shown))
    if len(ties) > MOST_TIES:
        yield say("documents.ties", ties=len(ties), most=MOST_TIES)


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

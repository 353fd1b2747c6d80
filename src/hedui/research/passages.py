"""An output in, its passages out: every heading, sentence and row of a table once, in the order of the text.

A sentence is a piece of a paragraph up to `。！？；`, as it stands in the text; its paragraph is put together over line breaks as layout does.
A row is the text of its cells, merged ones with it, joined by ` | `, line breaks as spaces; `cells` says where each of them stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hedui.document import Block, Document, Span
from hedui.layout.paragraphs import runs_of
from hedui.view import clean

__all__ = ["BETWEEN", "Passage", "passages_of"]

BETWEEN, WITHIN = " | ", " › "
SENTENCE = re.compile(r"[^。！？!?；;]*[。！？!?；;]+[”’」』）)》]*|[^。！？!?；;]+")
TITLE_WITHIN = 400
ONE_LINE = dict.fromkeys(map(ord, "\t\n\r\v\f"), " ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One heading, sentence or row of a table. `start` and `end` are its span in the text of the file; `text` stands there, but for a row,
    whose `cells` are start and end of each of its cells; `section` the headings that it stands under, of a row
    with the caption of its table; `grid` and `row` count from 0."""

    report: str | None
    passage: int
    kind: str
    section: str
    start: int
    end: int
    text: str
    page: int | None = None
    grid: int | None = None
    row: int | None = None
    cells: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """Where sections begin and what the way to each is called."""

    starts: Sequence[int] = field(default=())
    paths: Sequence[str] = field(default=())

    def at(self, start: int) -> str:
        found = bisect_right(self.starts, start) - 1
        return self.paths[found] if found >= 0 else ""


def passages_of(output: Mapping[str, Any]) -> list[Passage]:
    """The passages of an output of schema hedui/1 (`text`, `source`, `reports` with `span`, `title` and `mentions`, `sections`, `grids`)."""
    text, grids = output["text"] or "", output.get("grids") or ()
    reports = output["reports"] or ()
    sections = output.get("sections") or ()
    starts, ids = [one["span"][0] for one in reports], [one["id"] for one in reports]
    outline, pages = outline_of(sections), pages_of(reports)
    captions = {at: clean(text[slice(*grid["caption"])]) for at, grid in enumerate(grids) if grid["caption"]}
    found = [*told_in(text, output, grids, sections, reports), *(piece for at, grid in enumerate(grids) for piece in rows_of(text, at, grid))]
    found.sort(key=lambda one: (one[0], one[1]))
    return [Passage(report=ids[max(bisect_right(starts, start) - 1, 0)] if ids else None, passage=at, kind=kind,
                    section=WITHIN.join(part for part in (outline.at(start), captions.get(place.get("grid", -1))) if part),
                    start=start, end=end, text=words, page=pages.at(start, end), **place)
            for at, (start, end, kind, words, place) in enumerate(found)]


Piece = tuple[int, int, str, str, dict[str, Any]]


def outline_of(sections: Sequence[Mapping[str, Any]]) -> Outline:
    paths: list[str] = []
    for one in sections:
        above = paths[one["parent"]] if one["parent"] is not None else ""
        title = f"{one['number']}{one['title']}".strip()
        paths.append(WITHIN.join(part for part in (above, title) if part))
    return Outline(starts=[one["span"][0] for one in sections], paths=paths)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pages:
    """Where mentions begin and the pages they stand on."""

    starts: Sequence[int]
    pages: Sequence[int]

    def at(self, start: int, end: int) -> int | None:
        """The page of what is found first in a span, or else of what was found last before it."""
        if not self.starts:
            return None
        at = bisect_right(self.starts, start - 1)
        if at == len(self.starts) or self.starts[at] >= end:
            at = max(at - 1, 0)
        return self.pages[at]


def pages_of(reports: Sequence[Mapping[str, Any]]) -> Pages:
    told = sorted((one["span"][0], one["page"]) for report in reports for one in report["mentions"] or () if one.get("page") is not None)
    return Pages(starts=[start for start, _ in told], pages=[page for _, page in told])


def told_in(text: str, output: Mapping[str, Any], grids: Sequence[Mapping[str, Any]], sections: Sequence[Mapping[str, Any]],
            reports: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    """Headings and sentences: all that stands outside of tables."""
    headings = {one["heading"][0]: one["heading"][1] for one in sections if one["heading"][0] < one["heading"][1]}
    titles = [(one["span"][0], clean(one["title"] or "")) for one in reports]
    source = output["source"]
    document = Document(name="", sha256="", media_type=source["media_type"], text=text, blocks=tuple(lines_of(text, grids, headings)))
    for run in runs_of(document):
        start, end = run.span
        if start in headings:
            stop = min(headings[start], end)
            yield start, stop, "heading", text[start:stop], {}
            start = stop
        elif any(0 <= start - begin < TITLE_WITHIN and clean(text[start:end]) in title for begin, title in titles):
            yield start, end, "heading", text[start:end], {}
            continue
        for found in SENTENCE.finditer(text, start, end):
            lo, hi = trimmed(text, found.start(), found.end())
            if lo < hi:
                yield lo, hi, "sentence", text[lo:hi], {}


def trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def lines_of(text: str, grids: Sequence[Mapping[str, Any]], headings: Mapping[int, int]) -> Iterator[Block]:
    """The lines outside of tables, a table as a block of its own, so that no paragraph runs on over it."""
    at = 0
    for start, end in [*sorted((grid["span"][0], grid["span"][1]) for grid in grids), (len(text), len(text))]:
        while at < start:
            stop = text.find("\n", at, start)
            stop = start if stop < 0 else stop
            lo, hi = trimmed(text, at, stop)
            if lo < hi:
                yield Block(kind="heading" if lo in headings else "paragraph", span=(lo, hi))
            at = stop + 1
        if start < end:
            yield Block(kind="table", span=(start, end))
        at = max(at, end)


def rows_of(text: str, at: int, grid: Mapping[str, Any]) -> Iterator[Piece]:
    """The rows of a table that hold any text."""
    above: set[tuple[int, int]] = set()
    for number, row in enumerate(grid["rows"]):
        cells = list(dict.fromkeys((cell[0], cell[1]) for cell in row if cell[0] < cell[1]))
        own = [cell for cell in cells if cell not in above] or cells
        above |= set(cells)
        if own:
            words = BETWEEN.join(text[start:end].translate(ONE_LINE) for start, end in cells)
            spans = tuple(edge for cell in cells for edge in cell)
            yield min(cell[0] for cell in own), max(cell[1] for cell in own), "row", words, {"grid": at, "row": number, "cells": spans}

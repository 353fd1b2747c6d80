"""A source in; the report's plain text out, with the way from a named place to its line, quote and value."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from hedui.synth.marked.marks import Mark, Marked, read_marks
from hedui.synth.marked.source import Part, Source
from hedui.synth.marked.tables import Table, render_table

__all__ = ["Page", "lay_out"]

HEADING = re.compile(r"^(?:#{1,3}|>[hf]) ")


@dataclass(frozen=True, kw_only=True)
class Page:
    """The report's text with its marks; `parts` holds each report with its first and last line, counted from 1."""

    source: Source
    marked: Marked
    starts: tuple[int, ...]
    parts: tuple[tuple[Part, int, int], ...]

    def place(self, name: str) -> Mark:
        """The place called `name`."""
        if name not in self.marked.places:
            raise ValueError(f"{self.source.file}: no place named {name}")
        return self.marked.places[name]

    def text(self, mark: Mark) -> str:
        """What stands at a place."""
        return self.marked.text[mark.start : mark.end]

    def line(self, at: int) -> int:
        """The line, from 1, of a character."""
        return bisect_right(self.starts, at)

    def quote(self, mark: Mark) -> dict[str, Any]:
        """Line and text of a place, cut at the end of its line."""
        return {"line": self.line(mark.start), "text": self.text(mark).split("\n")[0]}

    def nth(self, mark: Mark) -> int:
        """Which occurrence of its text on its line a mention is, from 1."""
        text, start = self.text(mark).split("\n")[0], self.starts[self.line(mark.start) - 1]
        body = self.marked.text[start : mark.start + len(text)]
        return sum(body.startswith(text, i) for i in range(len(body)))

    def value(self, name: str) -> str:
        """The value of the mention called `name`."""
        reading = self.place(name).reading
        if reading is None:
            raise ValueError(f"{name} is no mention")
        return reading.value

    def cell_text(self, table: Table, row: int, col: int) -> str:
        """The whole text of a cell, of the one it continues if merged, over a page break too."""
        row, col = table.origin(row, col)
        names = (f"@{table.name}.{row}.{col}", f"@{table.name}.{row}.{col}+")
        return "".join(self.text(self.marked.places[n]) for n in names if n in self.marked.places)

    def in_table(self, mark: Mark) -> bool:
        """Whether a place lies in a table's cell."""
        return any(
            n.startswith("@") and p.start <= mark.start and mark.end <= p.end for n, p in self.marked.places.items()
        )

    def part_of(self, mark: Mark) -> Part:
        """The report that a place stands in."""
        return next(part for part, first, last in reversed(self.parts) if first <= self.line(mark.start))


def lay_out(source: Source) -> Page:
    """The plain text of `source` and everything marked in it."""
    lines: list[str] = []
    begins: list[tuple[Part, int]] = []
    for element in source.elements:
        if isinstance(element, Part):
            begins.append((element, len(lines) + 1))
        elif isinstance(element, Table):
            lines += render_table(element, source.dialect)
        else:
            lines.append(HEADING.sub("", element) if source.file.endswith(".docx") else element)
    while lines and not lines[-1].strip():
        lines.pop()
    ending = "" if source.file.endswith(".docx") else "\n"
    marked = read_marks("\n".join(lines) + ending, source.words)
    starts = [0, *(m.end() for m in re.finditer("\n", marked.text))]
    ends = [begin - 1 for _, begin in begins[1:]] + [len(written := marked.text.rstrip("\n").split("\n"))]
    ends = [max(n for n in range(1, end + 1) if written[n - 1].strip()) for end in ends]
    return Page(
        source=source,
        marked=marked,
        starts=tuple(starts),
        parts=tuple((part, begin, end) for (part, begin), end in zip(begins, ends, strict=True)),
    )

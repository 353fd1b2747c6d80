"""What evidence is made of: marks in excerpts of a report, and what is told of the thing that they show."""

from __future__ import annotations

from dataclasses import dataclass, field

from hedui.research.passages import BETWEEN

__all__ = ["Excerpt", "Mark", "Told"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What was read at `start` to `end` of an excerpt's text, and what as (`role`, a word of `evidence_roles.tsv`)."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A sentence, heading or row of a table: `text`, with `start` and `end` of it in the text of the file; `marks` in the order of their places;
    `before` and `after` are its neighbours. Of a row, `cells` are the texts and `headers` what stands over each, `grid` and `row` count from 1."""

    kind: str
    section: str
    page: int | None
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    before: str = ""
    after: str = ""
    grid: int | None = None
    row: int | None = None
    cells: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()

    @property
    def cell(self) -> str | None:
        """The cell that holds the first mark; None outside of tables."""
        at = 0
        for words in self.cells:
            if self.marks and at <= self.marks[0].start < at + len(words):
                return words
            at += len(words) + len(BETWEEN)
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Where a thing was read: the report it stands in, what it says (`said`), how sure that is, and the `excerpts` that show it, in the
    order of the text."""

    id: str
    ref: str
    kind: str
    file: str
    sha256: str
    version: str
    report: str | None
    title: str | None
    unit: str | None
    year: int | None
    said: str
    confidence: float | None
    verdict: str | None = None
    excerpts: tuple[Excerpt, ...] = field(default=())

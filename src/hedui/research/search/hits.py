"""What a search found: hits in their order, each with its place in the text, the signs to light up, and what is claimed and checked there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Hit", "Hits", "Spans", "marked", "snippet"]

Spans = tuple[tuple[int, int], ...]
SNIPPET, BEFORE = 160, 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A passage that was found. `start` and `end` are its span in the text of the file, `marks` spans in `text` of what was looked for (a row of a
    table is its cells joined by ` | `). `claims` and `checks` are ids of what stands there (those that were asked for, where any were), `conflicts`
    those of its checks that do not close. `score` is that of BM25, higher is better; 0 where filters alone were asked for. `near` says that some
    words stand in the head of the report only. `place` is what `after=` takes to go on behind it."""

    id: str
    text: str
    marks: Spans
    kind: str
    section: str
    file: str
    sha256: str
    report: str | None
    title: str | None
    unit: str | None
    region: str | None
    province: str | None
    year: int | None
    programme: str | None
    start: int
    end: int
    page: int | None
    claims: tuple[str, ...]
    checks: tuple[str, ...]
    conflicts: tuple[str, ...]
    score: float
    near: bool
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Hits(Sequence[Hit]):
    """Some hits, those behind one another. `count` is how many there are in all (`more` where there are more than were counted), `also` the other
    names that words were looked for by, `loose` that no passage holds all words, so that those with any are shown."""

    found: tuple[Hit, ...]
    count: int  # type: ignore[assignment]  # how many there are in all, not how often one is among them
    more: bool = False
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()
    loose: bool = False

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.found)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | Sequence[Hit]:
        return self.found[at]

    @property
    def next(self) -> str | None:
        """What `after=` takes to go on; None where this is all."""
        return self.found[-1].place if self.found and (self.count > len(self.found) or self.more) else None

    def frame(self) -> pd.DataFrame:
        """The hits as a DataFrame, a row each."""
        import pandas as pd

        return pd.DataFrame([asdict(hit) for hit in self.found], columns=[*Hit.__slots__])

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(' · '.join(str(part) for part in (hit.unit or hit.file, hit.year) if part))}</td>"
                       f'<td style="text-align:left">{marked(*snippet(hit))}</td></tr>' for hit in self.found)
        return f"<p>{self.count:,}{'+' if self.more else ''} 处 hits</p><table>{rows}</table>"


def snippet(hit: Hit, *, width: int = SNIPPET) -> tuple[str, Spans]:
    """The part of a hit's text that has most of what was looked for, `…` where it was cut, and the spans to light up in it."""
    text, marks = hit.text, hit.marks
    if len(text) <= width:
        return text, marks
    begin = max((max(start - BEFORE, 0) for start, _ in marks), default=0,
                key=lambda at: (len({text[s:e] for s, e in marks if at <= s and e <= at + width}), -at))
    begin = max(min(begin, len(text) - width), 0)
    end = min(begin + width, len(text))
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    moved = len(head) - begin
    return f"{head}{text[begin:end]}{tail}", tuple((max(s, begin) + moved, min(e, end) + moved) for s, e in marks if s < end and e > begin)


def marked(text: str, marks: Spans) -> str:
    """A text as HTML, escaped, what is marked in `<mark>`."""
    told, at = list[str](), 0
    for start, end in marks:
        told += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*told, escape(text[at:])])

"""Layout and mentions -> passages: each paragraph or table cell as it is matched, with the mentions that stand in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from hedui.document import Grid, GridCell, Layout, Span
from hedui.findings import Label, Mention
from hedui.view import View, clean, view

__all__ = ["Passage", "Placed", "by_cell", "cell_passage", "inside", "passage", "passages"]

SKIPPED = frozenset({"header", "footer", "comment"})
HIDDEN = frozenset({"TITLE", "DOCNO"})
BLANK = "□"
CUT_ROW = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A mention and where it stands in the text of its passage."""

    mention: Mention
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One paragraph or cell: `text` as matched, `plain` the same with titles and document numbers blanked, so that the
    words of a cited title are not taken for words of the sentence."""

    view: View
    plain: str
    placed: tuple[Placed, ...]
    part: int
    section: int

    @property
    def text(self) -> str:
        return self.view.text

    def of(self, *labels: Label) -> list[Placed]:
        return [p for p in self.placed if p.mention.label in labels]

    def within(self, start: int, end: int) -> tuple[Placed, ...]:
        """The mentions that lie inside `text[start:end]`."""
        first = bisect_left(self.placed, start, key=start_of)
        return tuple(p for p in self.placed[first:bisect_left(self.placed, end, key=start_of)] if p.end <= end)

    def begun_in(self, spans: Collection[Span]) -> tuple[Mention, ...]:
        """The mentions that begin in one of `spans` of the document."""
        low, high = min(s for s, _ in spans), max(e for _, e in spans)
        near = self.placed[bisect_left(self.placed, low, key=place_of):bisect_left(self.placed, high, key=place_of)]
        return tuple(p.mention for p in near if any(s <= p.mention.span[0] < e for s, e in spans))

    def span(self, start: int, end: int) -> Span:
        """The span in the document of `text[start:end]`."""
        return self.view.span(start, end)


def start_of(placed: Placed) -> int:
    return placed.start


def place_of(placed: Placed) -> int:
    return placed.mention.span[0]


def inside(mentions: Sequence[Mention], starts: Sequence[int], span: Span) -> Sequence[Mention]:
    """The mentions that begin within `span`; `starts` are where `mentions` begin, in order."""
    return mentions[bisect_left(starts, span[0]):bisect_left(starts, span[1])]


def passage(text: str, span: Span, found: Sequence[Mention], part: int, section: int) -> Passage:
    """The passage of `text` at `span`, with the mentions `found` in it."""
    seen = view(text, span)
    placed = []
    plain = seen.text
    for mention in found:
        start = bisect_left(seen.starts, mention.span[0])
        end = bisect_right(seen.ends, mention.span[1])
        if start >= end:
            continue
        placed.append(Placed(mention=mention, start=start, end=end))
        if mention.label in HIDDEN:
            plain = plain[:start] + BLANK * (end - start) + plain[end:]
    return Passage(view=seen, plain=plain, placed=tuple(placed), part=part, section=section)


def passages(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Passage]:
    """The paragraphs of `layout` in order, page headers, footers and comments left out, that hold any text."""
    starts = [m.span[0] for m in mentions]
    for paragraph in layout.paragraphs:
        if paragraph.role in SKIPPED or paragraph.span[0] >= paragraph.span[1]:
            continue
        found = inside(mentions, starts, paragraph.span)
        part = layout.sections[paragraph.section].part if layout.sections else 0
        yield passage(layout.document.text, paragraph.span, found, part, paragraph.section)


def by_cell(layout: Layout, grid: Grid, found: Sequence[Mention]) -> dict[int, list[Mention]]:
    """The mentions of a grid by where the cell begins that holds them. A mention in a piece that a page cut off from
    its cell goes to the last cell before it whose whole text has it."""
    cells = sorted((cell for row in grid.rows for cell in row if cell.origin and cell.text), key=lambda cell: cell.span)
    begins = [cell.span[0] for cell in cells]
    held: dict[int, list[Mention]] = {}
    for mention in found:
        at = bisect_right(begins, mention.span[0]) - 1
        if at >= 0 and mention.span[0] >= cells[at].span[1]:
            words = clean(mention.text)
            at = next((k for k in range(at, max(-1, at - CUT_ROW), -1) if words in cells[k].text), -1)
        if at >= 0:
            held.setdefault(cells[at].span[0], []).append(mention)
    return held


def cell_passage(layout: Layout, cell: GridCell, found: Sequence[Mention], part: int, section: int) -> Passage:
    """A table cell as a passage of its own."""
    return passage(layout.document.text, cell.span, found, part, section)

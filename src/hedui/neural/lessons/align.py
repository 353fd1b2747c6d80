"""A layout and its annotations in, what they say of it as labelled spans and links out.

Annotations name lines and words; the network learns from characters. What cannot be found is counted, and the text it
should stand in is left open, so that nothing wrong is learned from it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from hedui.document import Layout, Section, Span
from hedui.findings import Mention
from hedui.gold import Gold, GoldClaim
from hedui.gold.lines import Lines
from hedui.neural.lessons.align_claims import align_documents, align_funds
from hedui.neural.lessons.align_marks import Alignment, Marks
from hedui.neural.lessons.align_narrative import Homes, Told, align_narrative
from hedui.neural.lessons.align_tables import align_rows
from hedui.neural.lessons.align_text import Placed

__all__ = ["aligned", "alignment_of"]

ALIKE = 85
# a name that another contains must have this many characters to be held for the same
LEAST = 4


def alignment_of(layout: Layout, golds: Sequence[Gold], mentions: Sequence[Mention]) -> Alignment:
    """How much of what `golds` say of `layout` stands where it can be learned from."""
    return aligned(layout, golds, mentions).alignment()


def aligned(layout: Layout, golds: Sequence[Gold], mentions: Sequence[Mention]) -> Marks:
    """Everything that `golds`, the annotations of this one document, say of it."""
    marks = Marks()
    lines = Lines(layout.document.text)
    figures = Placed.of(mentions)
    annotated = Placed([(m.quote.span, m.label, str(m.value)) for gold in golds for m in gold.mentions if m.quote.span])
    for gold in golds:
        for mention in gold.mentions:
            if mention.label in ("ORG", "REGION", "TITLE"):
                marks.count(mention.label, mention.quote.span is not None, mention.quote.text)
                if mention.quote.span:
                    marks.tags.append((mention.quote.span, mention.label))
    claims = [claim for gold in golds for claim in gold.claims]
    homes, rows = Homes(layout), list(rows_of(layout))
    numbers = Placed([one for one in figures.found if one[1] == "DOCNO"] or annotated.found)
    align_funds(layout, [c for c in claims if c.type == "fund"], homes, rows, figures, numbers, marks)
    align_documents([c for c in claims if c.type == "document"], homes, rows, annotated, marks)
    in_rows = align_rows(layout, list(indicators(claims, lines, "table")), figures, marks)
    told = align_narrative(layout, list(indicators(claims, lines, "narrative")), figures, marks)
    align_same(layout, told, in_rows, marks)
    marks.unsure.extend(uncovered(lines, golds))
    return marks


def indicators(claims: Sequence[GoldClaim], lines: Lines, origin: str) -> Iterator[tuple[GoldClaim, Span]]:
    """The indicators of one origin, each with the span of its line."""
    for claim in claims:
        if claim.type == "indicator" and claim.origin == origin and 1 <= claim.line <= len(lines.starts):
            yield claim, (lines.starts[claim.line - 1], max(lines.ends[claim.line - 1], lines.starts[claim.line - 1] + 1))


def rows_of(layout: Layout) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Every cell with the cells of its row."""
    for grid in layout.grids:
        for row in grid.rows:
            spans = tuple(dict.fromkeys(cell.span for cell in row if cell.span[0] < cell.span[1]))
            for cell in row:
                if cell.origin and cell.span[0] < cell.span[1]:
                    yield cell.span, spans


def uncovered(lines: Lines, golds: Sequence[Gold]) -> Iterator[Span]:
    """What lies outside the lines that were annotated."""
    at = 0
    for first, last in sorted(gold.lines for gold in golds):
        start = lines.starts[min(max(first, 1), len(lines.starts)) - 1]
        if start > at:
            yield at, start
        at = max(at, lines.starts[last] if last < len(lines.starts) else len(lines.text))
    if at < len(lines.text):
        yield at, len(lines.text)


def align_same(layout: Layout, told: Sequence[Told], rows: Sequence[Told], marks: Marks) -> None:
    """Links indicators of running text with the rows of the same report that tell them too."""
    parts = Parts(layout.sections)
    for one in told:
        part = parts.of(one.pieces[0])
        scored = [(likeness(one.name, row.name), row) for row in rows if parts.of(row.pieces[0]) == part]
        best = max((score for score, _ in scored), default=0.0)
        if best >= ALIKE:
            marks.count("same", True)
            for score, row in scored:
                if score == best:
                    marks.link("same", one.pieces, row.pieces[0])


class Parts:
    """Which part of a file a span is in."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.starts = [section.span[0] for section in sections]
        self.parts = [section.part for section in sections]

    def of(self, span: Span) -> int:
        return self.parts[max(0, bisect_right(self.starts, span[0]) - 1)] if self.parts else 0


def likeness(one: str, other: str) -> float:
    """How alike two names are in percent; one that holds the other is nearly the same."""
    score = ratio(one, other)
    short, long = sorted((one, other), key=len)
    return max(score, 86.0) if len(short) >= LEAST and short in long else score

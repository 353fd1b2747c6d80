"""The paragraphs of a section on goals or results -> the passages in which its indicators are sought."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from hedui.claims.indicators.heading_patterns import AIMED, CLOSING
from hedui.claims.indicators.names import is_issued, opens_indicator
from hedui.claims.passages import Passage, inside, passage
from hedui.document import Layout, Paragraph, Span
from hedui.findings import Mention
from hedui.view import View, clean

__all__ = ["pieces_of"]

MAX_HEADING = 24


def pieces_of(layout: Layout, paragraphs: Sequence[Paragraph], mentions: Sequence[Mention], starts: Sequence[int]) -> list[Passage]:
    """The passages of one section's `paragraphs`, without the heading that opens it. A heading that is the name of an
    indicator stays: it is the label of what follows (（1）抽检批次完成率。计划抽检…), in paragraphs of their own too.
    Where goals stand among what was issued with them, their part alone; a line that reads like the next heading closes the
    section. `mentions` are in order and `starts` where they begin."""
    section = layout.sections[paragraphs[0].section]
    text = layout.document.text
    spans = until_closed(text, [p.span for p in paragraphs])
    opens = section.heading[0] <= spans[0][0] < section.heading[1]
    if opens and opens_indicator(layout, paragraphs[0].section):
        whole = (spans[0][0], spans[-1][1])
        return [stopped(passage(text, whole, inside(mentions, starts, whole), section.part, paragraphs[0].section), section.heading[1])]
    if opens:
        spans[0] = (section.heading[1], spans[0][1])
    if is_issued(layout, paragraphs[0].section):
        spans = [(start + found.end(), end) for start, end in spans if (found := AIMED.search(text[start:end]))]
    return [passage(text, span, inside(mentions, starts, span), section.part, paragraphs[0].section)
            for span in spans if span[0] < span[1] and clean(text, span)]


def until_closed(text: str, spans: list[Span]) -> list[Span]:
    """The paragraphs before one that is a heading without a heading's number, all but the first."""
    closing = next((i for i, span in enumerate(spans) if i and span[1] - span[0] <= MAX_HEADING and CLOSING.fullmatch(clean(text, span))), len(spans))
    return spans[:closing]


def stopped(piece: Passage, heading: int) -> Passage:
    """The passage with a stop behind its heading (which ends at `heading` of the document) where only a line break stood."""
    seen = piece.view
    at = bisect_left(seen.starts, heading)
    if at == 0 or at == len(seen.text) or seen.text[at - 1] in "。:;":
        return piece
    with_stop = View(seen.text[:at] + "。" + seen.text[at:], (*seen.starts[:at], heading, *seen.starts[at:]),
                     (*seen.ends[:at], heading, *seen.ends[at:]))
    placed = tuple(replace(p, start=p.start + 1, end=p.end + 1) if p.start >= at else p for p in piece.placed)
    return replace(piece, view=with_stop, plain=piece.plain[:at] + "。" + piece.plain[at:], placed=placed)

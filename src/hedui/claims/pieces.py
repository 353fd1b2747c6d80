"""A paragraph or item as claims read it: its view, and the mentions in it at their places in the view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hedui.document import Span
from hedui.findings import Mention
from hedui.view import View, view

__all__ = ["Piece", "Told", "index_of", "piece_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """A mention and where it stands in the view of its piece."""

    mention: Mention
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, normalised, with its mentions in order."""

    view: View
    told: tuple[Told, ...]

    @property
    def text(self) -> str:
        return self.view.text

    def span(self, start: int, end: int) -> Span:
        return self.view.span(start, end)

    def within(self, start: int, end: int) -> tuple[Told, ...]:
        """The mentions that lie inside `text[start:end]`."""
        first = bisect_left(self.told, start, key=start_of)
        return tuple(t for t in self.told[first:bisect_left(self.told, end, key=start_of)] if t.end <= end)

    def inside(self, spans: Collection[Span]) -> tuple[Mention, ...]:
        """The mentions that begin in one of `spans` of the document."""
        low, high = min(s for s, _ in spans), max(e for _, e in spans)
        near = self.told[bisect_left(self.told, low, key=place_of):bisect_left(self.told, high, key=place_of)]
        return tuple(t.mention for t in near if any(s <= t.mention.span[0] < e for s, e in spans))


def start_of(told: Told) -> int:
    return told.start


def place_of(told: Told) -> int:
    return told.mention.span[0]


def index_of(mentions: Sequence[Mention]) -> tuple[list[Mention], list[int]]:
    """Mentions in order of the text, and where each begins, to look them up by place."""
    ordered = sorted(mentions, key=lambda m: m.span)
    return ordered, [m.span[0] for m in ordered]


def piece_of(text: str, span: Span, index: tuple[list[Mention], list[int]]) -> Piece:
    """The piece of `text` at `span`."""
    seen = view(text, span)
    mentions, starts = index
    told = []
    at = bisect_left(starts, span[0])
    while at < len(mentions) and mentions[at].span[1] <= span[1]:
        start, end = mentions[at].span
        i, j = bisect_left(seen.starts, start), bisect_left(seen.starts, end)
        if i < j:
            told.append(Told(mentions[at], i, j))
        at += 1
    return Piece(seen, tuple(told))

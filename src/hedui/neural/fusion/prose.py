"""The body of a layout by place, as rules read it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from hedui.claims.indicators.text import behind_heading
from hedui.claims.passages import Passage
from hedui.document import Layout, Paragraph, Span
from hedui.findings import Mention

__all__ = ["Prose"]


@dataclass(frozen=True, kw_only=True)
class Prose:
    """The body of a layout by place: its paragraphs, and the passage of each as rules read it."""

    layout: Layout
    mentions: Sequence[Mention]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return sorted((p for p in self.layout.paragraphs if p.role == "body"), key=lambda p: p.span)

    @cached_property
    def starts(self) -> list[int]:
        return [p.span[0] for p in self.paragraphs]

    @cached_property
    def ordered(self) -> list[Mention]:
        return sorted(self.mentions, key=lambda m: m.span)

    @cached_property
    def begins(self) -> list[int]:
        return [m.span[0] for m in self.ordered]

    @cached_property
    def read(self) -> dict[int, Passage | None]:
        return {}

    def at(self, span: Span) -> tuple[int, Passage] | None:
        """The section and passage that hold `span` whole."""
        at = bisect_right(self.starts, span[0]) - 1
        if at < 0 or span[1] > self.paragraphs[at].span[1]:
            return None
        if at not in self.read:
            self.read[at] = behind_heading(self.layout, self.paragraphs[at], self.ordered, self.begins)
        piece = self.read[at]
        if piece is None or span[0] < piece.view.starts[0]:
            return None
        return self.paragraphs[at].section, piece

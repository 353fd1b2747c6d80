"""A span of a document -> where it stands on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from hedui.document import Box, Document, Line, Span

__all__ = ["Places", "whereabouts"]


def part_of(line: Line, span: Span) -> Box:
    """The part of a line's box that `span` takes; by equal widths where the edges of its characters are unknown."""
    first = max(span[0], line.span[0]) - line.span[0]
    last = min(span[1], line.span[1]) - line.span[0]
    box, count = line.box, max(line.span[1] - line.span[0], 1)
    if len(line.edges) == count + 1:
        left, right = line.edges[first], line.edges[last]
    else:
        wide = box.x1 - box.x0
        left, right = box.x0 + wide * first / count, box.x0 + wide * last / count
    return Box(page=box.page, x0=left, y0=box.y0, x1=right, y1=box.y1)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around those of `boxes` that are on the page of the first."""
    here = [box for box in boxes if box.page == boxes[0].page]
    return Box(page=here[0].page, x0=min(b.x0 for b in here), y0=min(b.y0 for b in here),
               x1=max(b.x1 for b in here), y1=max(b.y1 for b in here))


def whereabouts(page: int | None, line: int | None) -> str:
    """Page and line as a reader is told them, as far as they are known.

    >>> whereabouts(3, 93), whereabouts(None, 21), whereabouts(3, None)
    ('第 3 页第 93 行', '第 21 行', '第 3 页')
    """
    return (f"第 {page} 页" if page else "") + (f"第 {line} 行" if line else "")


class Places:
    """The places of a document, looked up by span."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._lines = document.lines
        self._starts = [line.span[0] for line in document.lines]
        paged = [block for block in document.blocks if block.page is not None]
        self._pages = [block.page for block in paged]
        self._blocks = [block.span[0] for block in paged]

    def lines(self, span: Span) -> list[Line]:
        """The lines of print that `span` touches, in order; none where the file has no pages."""
        if not self._lines:
            return []
        first = max(bisect_right(self._starts, span[0]) - 1, 0)
        last = bisect_left(self._starts, span[1])
        return [line for line in self._lines[first:last] if line.span[1] > span[0] and line.span[0] < span[1]]

    def boxes(self, span: Span) -> list[Box]:
        """The boxes that `span` takes, one a line of print."""
        return [part_of(line, span) for line in self.lines(span)]

    def box(self, span: Span) -> Box | None:
        """The box around `span` on the page where it begins."""
        found = self.boxes(span)
        return around(found) if found else None

    def page(self, span: Span) -> int | None:
        """The page on which `span` begins."""
        box = self.box(span)
        if box is not None:
            return box.page
        at = bisect_right(self._blocks, span[0]) - 1
        return self._pages[at] if at >= 0 else None

    @cached_property
    def _ends(self) -> list[int]:
        return [at for at, char in enumerate(self._text) if char == "\n"]

    def line(self, span: Span) -> int:
        """The line of the text in which `span` begins, from 1."""
        return bisect_left(self._ends, span[0]) + 1

    def where(self, span: Span) -> str:
        """Where a reader finds `span`: its page, or its line where the file has no pages."""
        page = self.page(span)
        return whereabouts(page, None if page else self.line(span))

    def certainty(self, span: Span) -> float:
        """How certain the least certain character of `span` was recognised, 0 to 1; 1 where nothing was."""
        least = [min(scores) for line in self.lines(span)
                 if (scores := line.scores[max(span[0] - line.span[0], 0):max(span[1] - line.span[0], 0)])]
        return min(least, default=100) / 100

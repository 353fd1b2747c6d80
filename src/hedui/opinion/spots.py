"""Spans of a document -> the line, page and surroundings that a reader finds them by."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from hedui.document import Document, Span
from hedui.findings import Report
from hedui.opinion.types import Place
from hedui.places import Places

__all__ = ["Spots"]

BEFORE, AFTER = 36, 24
ENDS = "。；;!！?？\n"


class Spots:
    """The places of one document. A file read elsewhere brings no lines of print; then the page is that of the mention at the span."""

    def __init__(self, document: Document, reports: Iterable[Report]) -> None:
        self._text = document.text
        self._ends = [i for i, char in enumerate(document.text) if char == "\n"]
        self._places = Places(document)
        self._pages = {m.span[0]: m.page for report in reports for m in report.mentions if m.page is not None}

    def place(self, span: Span) -> Place:
        """Where `span` begins."""
        page = self._places.page(span) or self._pages.get(span[0])
        return Place(span=span, line=bisect_right(self._ends, span[0] - 1) + 1, page=page)

    def around(self, span: Span) -> tuple[str, str]:
        """What stands before and after `span` in its sentence or cell, cut where that is long."""
        start, end = span
        before = self._text[max(start - BEFORE, 0):start]
        cut = max((before.rfind(char) for char in ENDS), default=-1)
        lead = before[cut + 1:] if cut >= 0 or start <= BEFORE else f"…{before}"
        after = self._text[end:end + AFTER]
        stop = min((at for char in ENDS if (at := after.find(char)) >= 0), default=-1)
        tail = after[:stop] if stop >= 0 else after if end + AFTER >= len(self._text) else f"{after}…"
        return lead.lstrip(), tail.rstrip()

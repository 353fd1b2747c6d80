"""Spans of a document -> the line, page and surroundings that a reader finds them by; cells of a table stand apart by a stroke."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hedui.document import Document, Span
from hedui.findings import Report
from hedui.opinion.settings import setting
from hedui.opinion.types import Place
from hedui.places import Places

__all__ = ["Spots"]

BEFORE, AFTER = setting("before"), setting("after")
ENDS = "。；;!！?？\n"
CELLS = re.compile(r"\s*\t\s*")


class Spots:
    """The places of one document. A file read elsewhere brings no lines of print; then the page is that of the mention at the span."""

    def __init__(self, document: Document, reports: Iterable[Report]) -> None:
        self._text = document.text
        self._places = Places(document)
        self._pages = {m.span[0]: m.page for report in reports for m in report.mentions if m.page is not None}

    def place(self, span: Span) -> Place:
        """Where `span` begins."""
        page = self._places.page(span) or self._pages.get(span[0])
        return Place(span=span, line=self._places.line(span), page=page)

    def around(self, span: Span) -> tuple[str, str]:
        """What stands before and after `span` in its sentence or cell, cut where that is long."""
        start, end = span
        before = self._text[max(start - BEFORE, 0):start]
        cut = max((before.rfind(char) for char in ENDS), default=-1)
        lead = before[cut + 1:] if cut >= 0 or start <= BEFORE else f"…{before}"
        after = self._text[end:end + AFTER]
        stop = min((at for char in ENDS if (at := after.find(char)) >= 0), default=-1)
        tail = after[:stop] if stop >= 0 else after if end + AFTER >= len(self._text) else f"{after}…"
        return CELLS.sub(" ｜ ", lead.lstrip()), CELLS.sub(" ｜ ", tail.rstrip())

"""A place in the document -> the quote that a check or remark rests on."""

from __future__ import annotations

from hedui.document import Layout, Span
from hedui.findings import Quote
from hedui.view import clean

__all__ = ["quote"]


def quote(layout: Layout, span: Span, value: str | None = None) -> Quote:
    """The piece of the document at `span`, as it stands there."""
    start, end = span
    text = layout.document.text[start:end]
    left = len(text) - len(text.lstrip())
    span = (start + left, start + left + len(text.strip()))
    return Quote(span=span, text=text.strip(), value=value or clean(layout.document.text, span))

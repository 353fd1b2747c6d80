"""A span -> where a reader finds it, in two words: its page, or its line where the file has no pages."""

from __future__ import annotations

from hedui.document import Layout, Span
from hedui.places import Places

__all__ = ["place_of"]


def place_of(layout: Layout, span: Span) -> str:
    """`第 3 页`, or `第 21 行` of the text."""
    return Places(layout.document).where(span)

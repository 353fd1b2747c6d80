"""Checks in, the same out with the sentence that each short quote stands in: 335万元 alone says little to who reads it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from hedui.across.facts import Paragraph
from hedui.across.figures_patterns import SENTENCE
from hedui.across.shelf import Shelf
from hedui.across.types import CrossCheck, FileQuote

__all__ = ["with_sentences"]

LONGEST = 160


def with_sentences(shelf: Shelf, checks: Iterable[CrossCheck]) -> Iterator[CrossCheck]:
    """The checks, those that do not hold with the sentences of their quotes; running text alone has sentences."""
    numbers = {(head.file, head.report): number for number, head in enumerate(shelf.heads)}

    @lru_cache(maxsize=64)
    def paragraphs(number: int) -> list[Paragraph]:
        return shelf.paragraphs(number)

    def told(quote: FileQuote) -> FileQuote:
        number = numbers.get((quote.file, quote.report))
        return quote if number is None else replace(quote, around=sentence(paragraphs(number), quote))

    for one in checks:
        yield one if one.verdict == "consistent" else replace(one, quotes=tuple(told(quote) for quote in one.quotes))


def sentence(paragraphs: list[Paragraph], quote: FileQuote) -> str | None:
    """The sentence of a quote, cut to what stands around it where it is long."""
    at = bisect_right(paragraphs, quote.span[0], key=lambda paragraph: paragraph.start) - 1
    start, end = (place - paragraphs[at].start for place in quote.span) if at >= 0 else (0, 0)
    for found in SENTENCE.finditer(paragraphs[at].text if at >= 0 else ""):
        if found.start() <= start and end <= found.end() and found[0].strip() != quote.text:
            first = max(found.start(), start - LONGEST // 2)
            last = min(found.end(), end + LONGEST // 2)
            return f"{'…' if first > found.start() else ''}{found.string[first:last].strip()}{'…' if last < found.end() else ''}"
    return None

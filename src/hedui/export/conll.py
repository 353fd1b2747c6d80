"""Sheets -> CoNLL: a token and its tag a line, tags in the scheme IOB2 (Tjong Kim Sang & Veenstra 1999), a blank line between sentences.

A sentence is a line of the text; a mention that runs over a line end keeps both lines together. White space is no token. Only mentions
are tagged: claims, ties and all else have no place in CoNLL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hedui.export.sheet import Sheet
from hedui.export.tokens import Tokens, flat, tokens_of

__all__ = ["conll_lines"]


def conll_lines(sheets: Iterable[Sheet], *, by: Tokens = "char") -> Iterator[str]:
    """The lines of all reports, each with its end; a report begins with `-DOCSTART- O`."""
    for sheet in sheets:
        yield "-DOCSTART- O\n\n"
        yield from report_lines(sheet, by)


def report_lines(sheet: Sheet, by: Tokens) -> Iterator[str]:
    mentions = flat(sheet.marks)
    n, open_sentence = 0, False
    for start, end in tokens_of(sheet.text, mentions, by=by):
        while n < len(mentions) and mentions[n].span[1] <= start:
            n += 1
        first, last = mentions[n].span if n < len(mentions) else (end, end)
        within = first <= start < last
        token = sheet.text[start:end]
        if not token.isspace():
            yield f"{token} {'O' if not within else f'B-{mentions[n].label}' if leads(sheet.text, first, start) else f'I-{mentions[n].label}'}\n"
            open_sentence = True
        elif "\n" in token and not within and open_sentence:
            yield "\n"
            open_sentence = False
    if open_sentence:
        yield "\n"


def leads(text: str, first: int, start: int) -> bool:
    """Whether the token at `start` is the first of a mention that begins at `first`, white space aside."""
    return not text[first:start].strip()

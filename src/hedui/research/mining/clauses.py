"""A sentence in, its clauses out: what stands between commas and stops, but not inside brackets, quotes or numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from hedui.research.mining.words import KEPT_TEXTS

__all__ = ["Clause", "clauses_of", "led"]

# a bracket that holds more than a word opens clauses of its own: (实发13249人,另11人因死亡核减)
STOP = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[。;:!?]|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])|\||\((?=[^()]{7})|(?<=[^()]{7})\)")
OPEN, CLOSE = "《“〈[‘", "》”〉]’"
OPENED = re.compile(f"[{re.escape(OPEN)}]")
LEAD = re.compile(r"(?:[一二三四五六七八九十]+(?:、|是)|第[一二三四五六七八九十]+|其[一二三四五](?=[,是])是?"
    r"|\(?[\da-zA-Z一二三四五六七八九十]{1,2}[).、](?!\d)|[①-⑳]"
                  r"|[-·•—\s])+|(?:其中|但是?|故|因此|而且?|另外?|此外|同时|从而|以致|致使|导致|造成|且|目前|当前|截至目前|只是)(?![为有])")


class Clause(NamedTuple):
    """A clause of a view and the stop behind it."""

    start: int
    end: int
    text: str
    stop: str


@lru_cache(KEPT_TEXTS)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of the text of a view, in order, without the empty ones.

    >>> [c.text for c in clauses_of("执行率18.34%,主要原因是“招标,采购”较晚。")]
    ['执行率18.34%', '主要原因是“招标,采购”较晚']
    """
    found: list[Clause] = []
    start = 0
    for match in STOP.finditer(text):
        piece = text[start:match.start()]
        if inside(piece) and match[0] not in "。;":
            continue
        if piece.strip():
            found.append(Clause(start, match.start(), piece, match[0]))
        start = match.end()
    if text[start:].strip():
        found.append(Clause(start, len(text), text[start:], ""))
    return tuple(found)


def inside(piece: str) -> bool:
    return bool(OPENED.search(piece)) and any(piece.count(opening) > piece.count(closing) for opening, closing in zip(OPEN, CLOSE, strict=True))


def led(text: str, start: int, end: int) -> int:
    """Where `text[start:end]` begins behind its number and connective: 一是 · (2) · 其中."""
    while (match := LEAD.match(text, start, end)) and match.end() > start:
        start = match.end()
    return start

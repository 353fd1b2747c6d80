"""A text -> its lines, and the way from a quote on a line to its span and back."""

from __future__ import annotations

import re
from bisect import bisect_right

from hedui.document import Span
from hedui.gold.types import GoldQuote
from hedui.view import clean

__all__ = ["Lines"]

NEWLINE = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a text and where they begin."""

    def __init__(self, text: str) -> None:
        breaks = list(NEWLINE.finditer(text))
        self.text = text
        self.starts = [0, *(match.end() for match in breaks)]
        self.ends = [*(match.start() for match in breaks), len(text)]

    def span(self, line: int, quoted: str, nth: int = 1) -> Span | None:
        """Where the nth `quoted` of line `line` stands."""
        if not 1 <= line <= len(self.starts):
            return None
        at = self.starts[line - 1] - 1
        for _ in range(nth):
            at = self.text.find(quoted, at + 1, self.ends[line - 1])
            if at < 0:
                return None
        return at, at + len(quoted)

    def whole(self, piece: Span, full: str) -> Span:
        """The span of `full`, of which `piece` is the part on one line; `piece` where the text reads otherwise."""
        spaced = re.compile(r"\s*".join(re.escape(char) for char in re.sub(r"\s", "", full)))
        reach = 2 * len(full) + 20
        for match in spaced.finditer(self.text, max(0, piece[0] - reach), piece[1] + reach):
            if match.start() <= piece[0] and piece[1] <= match.end():
                return match.span()
        return piece

    def quote(self, span: Span) -> GoldQuote:
        """How an annotation quotes `span`."""
        line = bisect_right(self.starts, span[0])
        end = min(span[1], self.ends[line - 1])
        quoted = self.text[span[0]:end]
        before = self.text[self.starts[line - 1]:end]
        nth = sum(before.startswith(quoted, at) for at in range(len(before))) if quoted else 1
        whole = clean(self.text, span)
        return GoldQuote(line=line, text=quoted, nth=max(1, nth), full=None if end == span[1] else whole, span=span)

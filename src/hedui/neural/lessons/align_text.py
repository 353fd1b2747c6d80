"""Spans of a document in, the text there as annotations are held against it out, with the way back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hedui.document import Span
from hedui.findings import Label, Mention
from hedui.view import view

__all__ = ["Placed", "Stretch", "key", "same_text", "stretch_of"]

# what annotators leave out or write in another way: quotation marks and white space
LEFT_OUT = frozenset("“”\"'‘’ \t\u3000")
BRACKETS = str.maketrans("〔〕[]【】〈〉《》", "()()()()()")
NUMERIC = re.compile(r"[0-9.]")


def key(text: str) -> str:
    """`text` as it is searched: folded, without white space, export noise and quotation marks.

    >>> key("“一站式” 结算（户）")
    '一站式结算(户)'
    """
    return "".join(char for char in view(text).text if char not in LEFT_OUT)


def same_text(one: str, other: str) -> bool:
    """Whether two titles, names or numbers are the same but for marks, brackets and a stop at the end.

    >>> same_text("财社〔2021〕 5号。", "财社（2021）5号")
    True
    """
    first, second = (key(text).translate(BRACKETS).rstrip("。;,") for text in (one, other))
    return first == second


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text of one or more spans; character i of it came from `original[starts[i]:ends[i]]`, the document's text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    original: str

    def span(self, start: int, end: int) -> Span:
        """The span in the document of `text[start:end]`, which must not be empty, with the other of a pair of quotation
        marks that encloses a part of it."""
        begin, stop = self.starts[start], self.ends[end - 1]
        said = self.original[begin:stop]
        opened = said.count("“") - said.count("”")
        if opened < 0 and self.original[begin - 1:begin] == "“":
            begin -= 1
        elif opened > 0 and self.original[stop:stop + 1] == "”":
            stop += 1
        return begin, stop

    def range(self, span: Span) -> tuple[int, int]:
        """Where a span of the document stands in `text`; empty where it does not."""
        return bisect_left(self.starts, span[0]), bisect_right(self.ends, span[1])

    def places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Every place of `wanted`, but not within a longer number: 2条 is not in 12条."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            cut = (at and NUMERIC.match(wanted[0]) and NUMERIC.match(self.text[at - 1])) or (
                end < len(self.text) and wanted[-1].isdecimal() and NUMERIC.match(self.text[end]))
            if not cut:
                yield at, end
            at = self.text.find(wanted, at + 1)


def stretch_of(text: str, spans: Sequence[Span]) -> Stretch:
    """The stretch of `spans` of a document's `text`, in their order."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for span in spans:
        seen = view(text, span)
        for char, start, end in zip(seen.text, seen.starts, seen.ends, strict=True):
            if char not in LEFT_OUT:
                chars.append(char)
                starts.append(start)
                ends.append(end)
    return Stretch("".join(chars), starts, ends, text)


class Placed:
    """Mentions or annotations by their place."""

    def __init__(self, found: Sequence[tuple[Span, Label, str]]) -> None:
        self.found = sorted(found)
        self.starts = [span[0] for span, _, _ in self.found]

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Placed:
        return cls([(m.span, m.label, str(m.value)) for m in mentions])

    def within(self, span: Span, *labels: Label) -> list[tuple[Span, Label, str]]:
        """What overlaps `span`, of one of `labels` where any are given."""
        low = max(0, bisect_left(self.starts, span[0]) - 1)
        return [one for one in self.found[low:bisect_left(self.starts, span[1])]
                if one[0][1] > span[0] and (not labels or one[1] in labels)]

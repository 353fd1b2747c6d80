"""One piece of a document as rules match on it: the view of its text, with full-width commas kept, and word boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from hedui.mentions.words import WordIndex
from hedui.view import View, view

__all__ = ["Piece", "piece_of"]

COMMA = re.compile(",")
NOTHING: Mapping[str, int] = MappingProxyType({})
NO_NAMES: WordIndex = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is matched; its character i is `seen.starts[i]:seen.ends[i]` of the original. `words` holds the places in
    `text` where a word starts, and its length; `weights` says how usual a word is, by how often a large corpus has it;
    `told` holds the places that no lexicon has but the document tells of."""

    original: str
    text: str
    seen: View
    words: frozenset[int]
    weights: Mapping[str, int]
    told: WordIndex = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of `text[start:end]`."""
        return self.seen.span(start, end)

    def written(self, start: int, end: int) -> str:
        """`text[start:end]` as the original writes it, without export noise and line breaks; blanks between two Chinese
        characters of one line stay, as they part the issuers of a title."""
        parts = []
        for i in range(start, end):
            begin, stop = self.seen.starts[i], self.seen.ends[i]
            gap = self.original[self.seen.ends[i - 1]:begin] if i > start else ""
            if gap and gap.isspace() and "\n" not in gap and chinese(self.text[i - 1:i + 1]):
                parts.append(" ")
            parts.append(self.original[begin:stop] if stop - begin == 1 else self.text[i])
        return "".join(parts)


def chinese(text: str) -> bool:
    return all("一" <= char <= "鿿" for char in text)


@lru_cache(maxsize=4)
def matched(original: str) -> tuple[str, View]:
    """The text to match and its view; the two components of the pipeline that need it come one after the other."""
    seen = view(original)
    if "," not in seen.text:
        return seen.text, seen
    chars = list(seen.text)
    for comma in COMMA.finditer(seen.text):
        chars[comma.start()] = "，" if original[seen.starts[comma.start()]] == "，" else ","
    return "".join(chars), seen


def piece_of(original: str, word_starts: Iterable[int] = (), weights: Mapping[str, int] = NOTHING,
             told: WordIndex = NO_NAMES) -> Piece:
    """The piece that `original` is, whose words start at `word_starts` (offsets in `original`).

    A full-width comma stays what it is: it parts clauses, while a plain one may part thousands.
    """
    text, seen = matched(original)
    starts = set(word_starts)
    words = {i for i, start in enumerate(seen.starts) if start in starts}
    words.add(len(text))
    return Piece(original, text, seen, frozenset(words), weights, told)

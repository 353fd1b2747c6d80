"""One piece of a document as rules match on it: the view of its text, with full-width commas kept, and word boundaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hedui.view import View, view

__all__ = ["Piece", "piece_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is matched; its character i is `seen.starts[i]:seen.ends[i]` of the original. `words` holds the places in
    `text` where a word starts, and its length."""

    text: str
    seen: View
    words: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of `text[start:end]`."""
        return self.seen.span(start, end)


def piece_of(original: str, word_starts: Iterable[int] = ()) -> Piece:
    """The piece that `original` is, whose words start at `word_starts` (offsets in `original`).

    A full-width comma stays what it is: it parts clauses, while a plain one may part thousands.
    """
    seen = view(original)
    text = seen.text
    if "," in text:
        text = "".join("，" if char == "," and original[seen.starts[i]] == "，" else char for i, char in enumerate(text))
    starts = set(word_starts)
    words = {i for i, start in enumerate(seen.starts) if start in starts}
    words.add(len(text))
    return Piece(text, seen, frozenset(words))

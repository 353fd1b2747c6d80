"""A text and the places marked in it -> tokens that begin and end where they do, so that no place is lost to the borders of words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from hedui.document import Span
from hedui.export.sheet import MENTIONS, Marked

__all__ = ["Tokens", "flat", "tokens_of"]

# single characters, or words of the dictionary that also reads reports
Tokens = Literal["char", "jieba"]


def words(text: str) -> Iterator[Span]:
    from hedui.mentions.segmenter import segmenter

    at = 0
    for word in segmenter().cut(text):
        yield at, at + len(word)
        at += len(word)


def tokens_of(text: str, marks: Iterable[Marked], *, by: Tokens) -> list[Span]:
    """The tokens of a text without gaps, white space among them; words are cut where a mark begins or ends inside one.

    >>> tokens_of("预算98万元", [], by="char")[:3]
    [(0, 1), (1, 2), (2, 3)]
    """
    if by == "char":
        return [(n, n + 1) for n in range(len(text))]
    edges = sorted({edge for mark in marks for edge in mark.span})
    found: list[Span] = []
    for start, end in words(text):
        inner = edges[bisect_right(edges, start):bisect_left(edges, end)]
        found += pairwise((start, *inner, end))
    return found


def flat(marks: Sequence[Marked]) -> list[Marked]:
    """Mentions that do not overlap, in the order of the text: of two that do, the longer one."""
    kept: list[Marked] = []
    for one in sorted((mark for mark in marks if mark.label in MENTIONS), key=lambda mark: (mark.span[0] - mark.span[1], mark.span)):
        if all(one.span[1] <= other.span[0] or other.span[1] <= one.span[0] for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda mark: mark.span)

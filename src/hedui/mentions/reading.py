"""One text in, the candidates in it that stand out: what the components of the spaCy pipeline do to a Doc, without one.

A Doc costs more than all that is read in it; the pipeline (`hedui.mentions.pipeline`) is for those who work with spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from hedui.mentions.candidates import Candidate, settle
from hedui.mentions.names import name_candidates
from hedui.mentions.piece import piece_of
from hedui.mentions.rules import rule_candidates
from hedui.mentions.segmenter import segmenter
from hedui.mentions.words import WordIndex, openings

__all__ = ["candidates_in", "spaced"]

SHORT, SHARED = 60, 10_000


def candidates_in(text: str, told: WordIndex) -> list[Candidate]:
    """The candidates of `text` that stand, in order, those behind that count only if the document has their full name; `told`
    indexes the places of the document."""
    if len(text) <= SHORT and not openings(text, told):
        return list(candidates_of_short(text))
    return found_in(text, told)


@lru_cache(maxsize=SHARED)
def candidates_of_short(text: str) -> tuple[Candidate, ...]:
    """The candidates of a text in which no place of its document stands: cells say the same in many reports."""
    return tuple(found_in(text, {}))


def found_in(text: str, told: WordIndex) -> list[Candidate]:
    piece = piece_of(text, word_starts(text), segmenter().weights, told)
    kept = settle((*rule_candidates(piece), *name_candidates(piece)), len(text))
    return sorted(kept, key=lambda candidate: bool(candidate.weak))


def word_starts(text: str) -> Iterator[int]:
    """Where the words of `text` start, and the white space between them that is more than a blank."""
    at = end = 0
    for word in segmenter().cut(text):
        start, end = end, end + len(word)
        if word.isspace():
            continue
        if start > at:
            yield at
        yield start
        at = end + text.startswith(" ", end)
    if at < len(text):
        yield at


def spaced(words: Iterable[str], text: str) -> tuple[list[str], list[bool]]:
    """The `words` of a text with the white space between them, and whether a blank follows each, as a Doc is made of them
    (spacy.util.get_words_and_spaces does the same in a time that grows with the square of the text).

    >>> spaced(["执行", "98", "万元"], "执行 98\\t万元")
    (['执行', '98', '\\t', '万元'], [True, False, False, False])
    """
    parts: list[str] = []
    spaces: list[bool] = []
    at = 0
    for word in words:
        if word.isspace():
            continue
        start = text.index(word, at)
        if start > at:
            parts.append(text[at:start])
            spaces.append(False)
        at = start + len(word)
        parts.append(word)
        spaces.append(text.startswith(" ", at))
        at += spaces[-1]
    if at < len(text):
        parts.append(text[at:])
        spaces.append(False)
    return parts, spaces

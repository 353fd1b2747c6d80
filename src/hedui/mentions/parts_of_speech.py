"""A text -> for every character, where in its word it stands and what kind of word that is, by jieba's dictionary and ours."""

from __future__ import annotations

from functools import lru_cache

from hedui.mentions.dictionary import kinds
from hedui.mentions.segmenter import segmenter

__all__ = ["WORD_SIGNS", "word_signs"]

# jieba's tags of a word, after the scheme of ICTCLAS; one that is not here is read as its first letter, else as `other`
TAGS = ("n", "v", "a", "d", "m", "q", "r", "p", "c", "u", "ns", "nt", "nr", "nz", "t", "f", "vn", "l", "i", "b", "s", "j", "x", "other")
# first, inside, last character of a word, or a word of one
POSITIONS = 4
WORD_SIGNS = 1 + POSITIONS * len(TAGS)


@lru_cache(maxsize=1)
def kind_numbers() -> dict[str, int]:
    """The kind of every word of jieba's dictionary, as an index of TAGS."""
    tagged = kinds()
    numbers = {tag: TAGS.index(next(known for known in (tag, tag[0], "other") if known in TAGS)) for tag in set(tagged.values())}
    return {word: numbers[tag] for word, tag in tagged.items()}


@lru_cache(maxsize=20_000)
def word_signs(text: str) -> bytes:
    """One number below WORD_SIGNS a character; 0 is kept for what is no text.

    >>> list(word_signs("财政")), len(set(word_signs("完成率"))) > 1
    ([1, 3], True)
    """
    table, nothing = kind_numbers(), TAGS.index("x")
    signs = bytearray()
    for word in segmenter().cut(text):
        base = 1 + POSITIONS * table.get(word, nothing)
        signs += bytes([base + 3] if len(word) == 1 else [base, *[base + 1] * (len(word) - 2), base + 2])
    return bytes(signs)

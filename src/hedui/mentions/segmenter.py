"""Word lists in, a jieba that knows them out: what cuts Chinese text into words."""

from __future__ import annotations

from functools import lru_cache

import jieba

from hedui.lexicons import rows, words

__all__ = ["segmenter"]

RARE = 3


@lru_cache(maxsize=1)
def segmenter() -> jieba.Tokenizer:
    """A jieba of our own, its dictionary extended by the lexicons; words it knows already keep their weight."""
    jieba.setLogLevel("WARNING")
    own = jieba.Tokenizer()
    own.initialize()
    names = [row[i] for row in rows("regions") for i in (1, 2) if len(row[i]) > 1]
    for word in (*names, *words("institutions"), *words("departments")):
        if not own.FREQ.get(word):
            own.add_word(word, RARE)
    return own

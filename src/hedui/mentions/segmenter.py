"""Text -> the words that jieba's dictionary or our lexicons hold, other characters one by one; no guessed words, so that the
same text gives the same words everywhere.

Of all ways to cut a run of text into words the likeliest by their counts is taken, as jieba does without its HMM (`jieba.cut(text,
HMM=False)` gives the same words). Its dictionary is indexed here in a form that is made in a third of a second, needs no cache
on disk, and looks up only lengths that words with these two first characters have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log

from hedui.lexicons import rows, words
from hedui.mentions.dictionary import counts

__all__ = ["Segmenter", "segmenter"]

RARE = 3
# so many runs are remembered, none longer
RUNS, LONGEST = 30_000, 60
# what is cut by the dictionary, as in jieba; a line end and any other sign stand alone
RUN = re.compile(r"(?P<run>[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)|\r\n|.", re.DOTALL)
LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Segmenter:
    """`weights` says how often a large corpus has a word, `total` how many words that has, `longest` the length of the longest
    word that begins with two characters."""

    weights: dict[str, int]
    total: int
    longest: dict[str, int]

    def cut(self, text: str) -> Iterator[str]:
        """The words of `text`, white space among them: joined they are the text."""
        for match in RUN.finditer(text):
            if match["run"]:
                yield from words_of(self, match["run"]) if len(match["run"]) <= LONGEST else self.words(match["run"])
            else:
                yield match[0]

    def words(self, run: str) -> Iterator[str]:
        """The words of a run, Latin letters and digits that the dictionary leaves single joined."""
        lengths = self.lengths(run)
        at = begin = 0
        while at < len(run):
            end = at + lengths[at]
            if end - at > 1 or run[at] not in LATIN:
                if begin < at:
                    yield run[begin:at]
                yield run[at:end]
                begin = end
            at = end
        if begin < at:
            yield run[begin:]

    def lengths(self, run: str) -> list[int]:
        """For each place in `run` the length of the word that starts there on the likeliest way from it to the end; of ways
        alike the longer word's."""
        weights, longest, floor = self.weights, self.longest, log(self.total)
        size = len(run)
        likely, lengths = [0.0] * (size + 1), [1] * size
        for at in range(size - 1, -1, -1):
            count = weights.get(run[at])
            best = log(count or 1) - floor + likely[at + 1]
            most = longest.get(run[at:at + 2], 1)
            held = bool(count)
            for length in range(2, min(most, size - at) + 1) if most > 1 else ():
                count = weights.get(run[at:at + length])
                if count and ((chance := log(count) - floor + likely[at + length]) >= best or not held):
                    best, lengths[at], held = chance, length, True
            likely[at] = best
        return lengths


@lru_cache(maxsize=RUNS)
def words_of(segmenter: Segmenter, run: str) -> tuple[str, ...]:
    """The words of a run, those of runs that reports share found once."""
    return tuple(segmenter.words(run))


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """The words of jieba's dictionary and of the lexicons; words that the dictionary has keep their weight."""
    weights, total = counts()
    names = [row[i] for row in rows("regions") for i in (1, 2) if len(row[i]) > 1]
    for word in (*names, *words("institutions"), *words("departments")):
        if not weights.get(word):
            weights[word] = RARE
            total += RARE
    return Segmenter(weights=weights, total=total, longest={word[:2]: len(word) for word in sorted(weights, key=len)})

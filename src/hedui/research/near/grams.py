"""Short texts in, vectors of their character n-grams out: weighed by tf-idf, hashed into a fixed width with signs.

Weinberger et al. 2009, *Feature Hashing for Large Scale Multitask Learning*: inner products of hashed vectors are those of the whole ones in
the mean. They choose candidates; `likeness` then compares the n-grams themselves.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from hedui.view import fold

__all__ = ["WIDTH", "Weights", "hashed", "likeness", "rarity", "weighed"]

WIDTH, SIZES = 256, (1, 2, 3)
Weights = Mapping[str, float]
FIGURE = re.compile(r"\d+(?:\.\d+)?")
BLANK = re.compile(r"\s+")


def grams(text: str) -> list[str]:
    """The n-grams of one to three characters; figures are one sign, white space none.

    >>> grams("超20台")
    ['超', '0', '台', '超0', '0台', '超0台']
    """
    folded = FIGURE.sub("0", BLANK.sub("", fold(text)))
    return [folded[at:at + size] for size in SIZES for at in range(len(folded) - size + 1)]


def rarity(texts: Iterable[str]) -> tuple[Weights, float]:
    """The inverse document frequency of each n-gram, and that of one that no text has."""
    held = Counter[str]()
    count = 0
    for text in texts:
        count += 1
        held.update(set(grams(text)))
    return {gram: log((count + 1) / (n + 1)) + 1 for gram, n in held.items()}, log(count + 1) + 1


def weighed(text: str, weights: Weights, unseen: float) -> dict[str, float]:
    """The n-grams of a text with their weights, of length one together: (1 + ln tf) · idf."""
    told = {gram: (1 + log(n)) * weights.get(gram, unseen) for gram, n in Counter(grams(text)).items()}
    length = sqrt(sum(value * value for value in told.values())) or 1.0
    return {gram: value / length for gram, value in told.items()}


def hashed(texts: Sequence[str], weights: Weights, unseen: float) -> NDArray[np.float16]:
    """A row of `WIDTH` numbers for each text, of length one."""
    found = np.zeros((len(texts), WIDTH), dtype=np.float32)
    places: dict[str, tuple[int, int]] = {}
    for row, text in enumerate(texts):
        for gram, value in weighed(text, weights, unseen).items():
            at = places.get(gram)
            if at is None:
                digest = zlib.crc32(gram.encode())
                at = places[gram] = digest % WIDTH, 1 if digest & 0x8000_0000 else -1
            found[row, at[0]] += at[1] * value
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    even: NDArray[np.float16] = (found / np.maximum(lengths, 1e-9)).astype(np.float16)
    return even


def likeness(one: Weights, other: Weights) -> float:
    """The cosine of two texts by their n-grams, as `weighed` gives them."""
    return sum(value * other.get(gram, 0.0) for gram, value in one.items())

"""Text in, the tokens that search knows it by out: words of jieba's dictionary with the words inside them, and pairs of neighbouring signs.

Words rank; pairs find what no dictionary holds (云岭县) and exact phrases: signs behind one another make a chain of pairs. A figure is one sign,
without the commas between its thousands. Punctuation and white space are no signs: 及时、足额 is found as 及时足额.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, zip_longest

from hedui.mentions.segmenter import segmenter
from hedui.view import fold

__all__ = ["chain", "pairs_of", "pieces_of", "signs_of", "words_of"]

# 1,200.50 · 100% · A级 · 率; what lies between is passed over
SIGN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?|[A-Za-z]+|[一-鿿㐀-䶿]|[^\W_]")
HAN = re.compile(r"[一-鿿㐀-䶿]+")
LONGEST = 6


def signs_of(text: str) -> list[str]:
    """The signs of `text`: a Chinese character, a figure or a Latin word each.

    >>> signs_of("支出 1,200.5 万元（100％）")
    ['支', '出', '1200.5', '万', '元', '100%']
    """
    return [match[0].replace(",", "").lower() for match in SIGN.finditer(fold(text))]


def pairs_of(text: str) -> list[str]:
    """Neighbouring signs of `text`, the last sign alone at the end: what `chain` finds.

    >>> pairs_of("执行率95%")
    ['执行', '行率', '率95%', '95%']
    """
    signs = signs_of(text)
    return [a + b for a, b in zip_longest(signs, signs[1:], fillvalue="")]


def chain(text: str) -> tuple[str, ...]:
    """The pairs that stand behind one another wherever the signs of `text` do; one sign alone is the beginning of a pair.

    >>> chain("云岭县"), chain("率")
    (('云岭', '岭县'), ('率',))
    """
    signs = signs_of(text)
    return tuple(a + b for a, b in pairwise(signs)) or tuple(signs)


@lru_cache(maxsize=300_000)
def cut(run: str) -> tuple[str, ...]:
    return tuple(segmenter().words(run))


@lru_cache(maxsize=100_000)
def inner(word: str) -> tuple[str, ...]:
    """The words of the dictionary within a longer one, as jieba's cut for search engines gives them."""
    known, size = segmenter().weights, len(word)
    return tuple(part for length in range(2, min(size, LONGEST)) for at in range(size - length + 1)
                 if known.get(part := word[at:at + length]))


def words_of(text: str) -> list[str]:
    """The words of `text`, and those within them; single characters that are no word with others are left out.

    >>> words_of("基本医疗保险基金支出1,200万元")
    ['基本', '医疗保险', '医疗', '保险', '基金', '支出', '1200', '万元']
    """
    return [word for piece in pieces_of(text) if len(piece) > 1 or not HAN.match(piece) for word in (piece, *inner_of(piece))]


def inner_of(piece: str) -> tuple[str, ...]:
    return inner(piece) if len(piece) > 2 and HAN.match(piece) else ()


def pieces_of(text: str) -> Iterator[str]:
    """The words, figures and single characters of `text`, in their order.

    >>> list(pieces_of("执行率为95%"))
    ['执行', '率', '为', '95%']
    """
    folded = fold(text)
    for run in re.finditer(rf"(?P<han>{HAN.pattern})|{SIGN.pattern}", folded):
        if run["han"]:
            yield from cut(run["han"])
        else:
            yield run[0].replace(",", "").lower()

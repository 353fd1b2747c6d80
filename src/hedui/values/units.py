"""Units of figures: lexicons/classifiers.tsv as pieces of patterns, currencies, and what counts exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hedui.lexicons import rows

__all__ = ["CURRENCIES", "POWERS", "Units", "alternation", "units"]

CURRENCIES = {"元": "CNY", "圆": "CNY", "块钱": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD", "日元": "JPY",
              "英镑": "GBP", "澳元": "AUD", "加元": "CAD"}
# powers of ten of what a rate is stated in
POWERS = {"%": -2, "‰": -3, "百分点": -2, "个百分点": -2, "百分之": -2, "千分之": -3}


@dataclass(frozen=True, kw_only=True, slots=True)
class Units:
    """Pieces of patterns: `plain` any classifier, `any` one that no word swallows, or a compound of several, `han` one
    that a Chinese numeral may stand before; `counts` are the classifiers of whole things."""

    plain: str
    any: str
    han: str
    counts: frozenset[str]


def alternation(words: list[str]) -> str:
    """A pattern piece that matches any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def guarded(word: str, barred: str) -> str:
    """`word`, unless one of the `barred` pieces (separated by blanks) follows it."""
    bar = f"(?!{alternation(barred.split())})" if barred else ""
    letters = "(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return re.escape(word) + bar + letters


@lru_cache(maxsize=1)
def units() -> Units:
    """The units of lexicons/classifiers.tsv."""
    table = sorted(((*row, "")[:4] for row in rows("classifiers")), key=lambda row: -len(row[0]))
    plain = alternation([word for word, *_ in table])
    one = "|".join(guarded(word, barred) for word, _, _, barred in table)
    compound = rf"(?:{plain})(?:\((?:{plain})\)|(?:[/·]\d{{0,3}}[十百千万]?(?:{plain}))++)"
    return Units(
        plain=plain, any=f"(?:{compound}|{one})",
        han="(?:" + "|".join(guarded(word, barred) for word, _, han, barred in table if han == "yes") + ")",
        counts=frozenset(word for word, kind, *_ in table if kind == "count"))

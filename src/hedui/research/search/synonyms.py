"""A word in, the words that mean the same out (`synonyms.tsv`): 医保 is 医疗保险 too."""

from __future__ import annotations

from functools import cache

from hedui.lexicons import rows
from hedui.view import fold

__all__ = ["synonyms_of"]


@cache
def groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in rows("synonyms", "hedui.research.search"):
        for word in group:
            found.setdefault(fold(word).lower(), {}).update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(others) for word, others in found.items()}


def synonyms_of(word: str) -> tuple[str, ...]:
    """What else `word` is called, in the order of the list; nothing of a word it has not.

    >>> synonyms_of("医保")
    ('医疗保险', '医疗保障')
    """
    return groups().get(fold(word).lower(), ())

"""A word in, the words that mean the same out (`synonyms.tsv`): 医保 is 医疗保险 too, 科技厅 is 科学技术厅."""

from __future__ import annotations

import re
from functools import cache

from hedui.lexicons import rows
from hedui.view import fold

__all__ = ["synonyms_of"]

# 科技|厅 · 卫健|委员会
BODY = re.compile(r"(?P<field>.{2,12}?)(?P<kind>委员会|[局厅委部])")
KINDS = {"委": ("委", "委员会"), "委员会": ("委员会", "委")}


@cache
def groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in rows("synonyms", "hedui.research.search"):
        for word in group:
            found.setdefault(fold(word).lower(), {}).update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(others) for word, others in found.items()}


@cache
def fields() -> dict[str, str]:
    """The fields of departments by their short and their full names, each to the other."""
    pairs = [(short, full) for short, full, *_ in rows("short_bodies")]
    return {**{full: short for short, full in pairs}, **dict(pairs)}


def synonyms_of(word: str) -> tuple[str, ...]:
    """What else `word` is called, in the order of the list; nothing of a word it has not.

    >>> synonyms_of("医保"), synonyms_of("科技厅")
    (('医疗保险', '医疗保障'), ('科学技术厅',))
    """
    folded = fold(word).lower()
    body = BODY.fullmatch(folded)
    if body and body["field"] in fields():
        return tuple(fields()[body["field"]] + kind for kind in KINDS.get(body["kind"], (body["kind"],)))
    return groups().get(folded, ())

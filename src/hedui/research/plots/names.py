"""Kinds of claims, checks and findings -> what plots call them, in Chinese and English."""

from __future__ import annotations

from functools import cache

from hedui.export.words import WORDS
from hedui.lexicons import rows

__all__ = ["named"]


@cache
def names() -> dict[str, str]:
    causes = {row[0]: f"{row[1]} {row[2]}" for row in rows("cause_types", "hedui.research.mining")}
    own = {kind: f"{zh} {en}" for kind, zh, en in rows("names", "hedui.research.plots")}
    return {**{kind: " ".join(both) for kind, both in WORDS.items()}, **causes, **own}


def named(kind: str) -> str:
    """What `kind` is called, itself where it has no other name.

    >>> named("fund"), named("郑州市")
    ('资金 fund', '郑州市')
    """
    return names().get(kind, kind)

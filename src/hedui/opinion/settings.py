"""The numbers of an opinion that a house may set otherwise, from page.tsv."""

from __future__ import annotations

from functools import cache

from hedui.lexicons import rows

__all__ = ["setting"]


@cache
def setting(name: str) -> int:
    """The value of `name` in page.tsv; StopIteration where it is not one.

    >>> setting("named") > 0
    True
    """
    return next(int(value) for known, value, _ in rows("page", "hedui.opinion") if known == name)

"""The word lists of this room -> what its rules ask of them."""

from __future__ import annotations

from functools import cache

from hedui.lexicons import rows

__all__ = ["likeness", "loose", "opposites", "shortened"]

HERE = "hedui.reconcile.agreement"


@cache
def likeness(of: str) -> float:
    """Least similarity in percent of two names of one thing (`likeness.tsv`).

    >>> likeness("indicator")
    85.0
    """
    return {row[0]: float(row[1]) for row in rows("likeness", HERE)}[of]


@cache
def opposites() -> tuple[tuple[str, ...], ...]:
    """Groups of words of which each tells another number (`opposites.tsv`)."""
    return rows("opposites", HERE)


@cache
def loose(of: str) -> frozenset[str]:
    """Words that a name of a `fund` or `body` may do without (`names_loose.tsv`)."""
    return frozenset(word for word, kind in rows("names_loose", HERE) if kind == of)


@cache
def shortened() -> tuple[tuple[str, str], ...]:
    """Words of names as shortened and in full (`names_shortened.tsv`)."""
    return tuple((short, full) for short, full in rows("names_shortened", HERE))

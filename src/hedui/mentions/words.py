"""Words in, an index out that finds the longest of them at a place in constant time."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from operator import add

__all__ = ["WordIndex", "index_words", "longest_at", "openings"]

WordIndex = Mapping[str, tuple[str, ...]]


def index_words(words: Iterable[str]) -> WordIndex:
    """`words` by their first two characters, the longest first."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:2], []).append(word)
    return {head: tuple(sorted(set(group), key=len, reverse=True)) for head, group in groups.items()}


def openings(text: str, heads: Container[str]) -> list[int]:
    """Where in `text` two characters stand that words begin with, which are members of `heads`.

    >>> openings("由财政部下达", index_words(["财政", "下达"]))
    [1, 4]
    """
    return [at for at, two in enumerate(map(add, text, text[1:])) if two in heads] if heads else []


def longest_at(index: WordIndex, text: str, at: int) -> str | None:
    """The longest word of `index` that stands at `text[at:]`.

    >>> longest_at(index_words(["财政", "财政部"]), "由财政部下达", 1)
    '财政部'
    """
    for word in index.get(text[at:at + 2], ()):
        if text.startswith(word, at):
            return word
    return None

"""Terms in, the language of PostgreSQL's full text out: lexemes, and a tsquery for each thing that is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.research.search.terms import Sought, Wanted

__all__ = ["lexeme", "one_of", "parts_of_term", "phrase", "term"]

# what PostgreSQL takes (12.11 Limitations: less than 2 kilobytes)
MOST_BYTES = 2046


def lexeme(text: str) -> str:
    """A lexeme as PostgreSQL writes it, what is longer than it can be cut off."""
    held = text if len(text) * 4 <= MOST_BYTES else text.encode()[:MOST_BYTES].decode(errors="ignore")
    return "'" + held.replace("\\", "\\\\").replace("'", "''") + "'"


def phrase(one: Sought) -> str:
    """One thing to look for.

    >>> phrase(Sought(text="执行率", column="pairs", tokens=("执行", "行率"))), phrase(Sought(text="率", column="pairs", tokens=("率",)))
    ("('执行' <-> '行率')", "'率':*")
    """
    if one.column == "words":
        return lexeme(f"={one.tokens[0]}")
    if len(one.tokens) == 1 and len(one.tokens[0]) == 1:
        return f"{lexeme(one.tokens[0])}:*"
    return f"({' <-> '.join(map(lexeme, one.tokens))})"


def one_of(part: Sequence[Sought]) -> str:
    return f"({' | '.join(map(phrase, part))})"


def parts_of_term(wanted: Wanted) -> str:
    """All parts of a term."""
    return f"({' & '.join(map(one_of, wanted.parts))})"


def term(wanted: Wanted) -> str:
    """A term: all of its parts, or else the whole as it was typed."""
    return f"({parts_of_term(wanted)} | {phrase(wanted.whole)})" if wanted.whole else parts_of_term(wanted)

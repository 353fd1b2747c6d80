"""Patterns and a text in, those patterns out that may match in it: a cheap question before many dear ones.

Whatever a pattern matches holds pieces that its own text names: one of each of several sets (全部|均已 and 完成). These are read from the parsed
pattern, each cut to two characters; a text is asked for its pairs of characters once. No pattern is left out that would match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from operator import add
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["Sieve", "needed"]

Pieces = frozenset[str]
DIGIT, MOST = "\\d", 64
DIGITS = re.compile(DIGIT)
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
NO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)


class Sieve:
    """What the text of each of `patterns` asks for, ready to be held against texts."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self.patterns = tuple(patterns)
        self.bits: dict[str, int] = {}
        self.always: list[int] = []
        self.led: dict[str, list[tuple[int, int]]] = {}
        clauses: dict[Pieces, int] = {}
        for at, pattern in enumerate(self.patterns):
            for way in needed(pattern):
                for clause in way:
                    bit = clauses.setdefault(clause, 1 << len(clauses))
                    self.bits |= {piece: self.bits.get(piece, 0) | bit for piece in clause}
                if not way:
                    self.always.append(at)
                for piece in max(way, key=telling, default=()):
                    self.led.setdefault(piece, []).append((at, sum({clauses[clause] for clause in way})))
        self.pieces = frozenset(self.bits)

    def passed(self, text: str) -> tuple[int, ...]:
        """The places of the patterns that may match somewhere in `text`; of those that are not there none does.

        >>> Sieve([re.compile("(?:全部|均已)完成"), re.compile(r"[增减]\\d+"), re.compile(".")]).passed("任务完成，增5")
        (1, 2)
        """
        held = {*text, *map(add, text, text[1:])} & self.pieces
        if DIGIT in self.pieces and DIGITS.search(text):
            held.add(DIGIT)
        there = 0
        for piece in held:
            there |= self.bits[piece]
        return tuple(sorted({*self.always, *(at for piece in held for at, way in self.led.get(piece, ()) if there & way == way)}))


def needed(pattern: re.Pattern[str]) -> list[list[Pieces]]:
    """The ways in which a pattern matches, each as sets of pieces of one or two characters, of each of which one stands in what is matched.

    >>> [[sorted(one) for one in way] for way in needed(re.compile("(?:全部|均)已?完成|无偏差"))]
    [[['全部', '均'], ['完成']], [['无偏']]]
    """
    if pattern.flags & re.IGNORECASE:
        return [[]]
    return [[frozenset(piece[:2] if piece != DIGIT else DIGIT for piece in one) for one in asked(list(way))]
            for way in ways_of(list(parser.parse(pattern.pattern, pattern.flags)))]


def ways_of(nodes: list[Any]) -> Iterator[Iterable[Any]]:
    """The alternatives at the top of a pattern, groups that are all of it opened."""
    while len(nodes) == 1 and nodes[0][0] is op.SUBPATTERN:
        nodes = list(nodes[0][1][3])
    if len(nodes) == 1 and nodes[0][0] is op.BRANCH:
        for one in nodes[0][1][1]:
            yield from ways_of(list(one))
    else:
        yield nodes


def asked(nodes: Iterable[Any]) -> list[Pieces]:
    """The sets of pieces that a sequence asks for."""
    found: list[Pieces] = []
    run: Pieces = frozenset({""})
    for kind, value in nodes:
        if kind in NO_WIDTH:
            continue
        words = words_of(kind, value)
        if words and DIGIT not in words and len(words) * len(run) <= MOST:
            run = frozenset(map("".join, product(run, words)))
            continue
        found += [run] if "" not in run else []
        run = words if words and DIGIT not in words else frozenset({""})
        found += inside(kind, value) if "" in run else []
    return found + ([run] if "" not in run else [])


def inside(kind: Any, value: Any) -> list[Pieces]:
    """What a node asks for that is no list of words."""
    if kind is op.IN and words_of(kind, value):
        return [frozenset({DIGIT})]
    if kind is op.SUBPATTERN:
        return asked(value[3])
    if kind is op.ATOMIC_GROUP:
        return asked(value)
    if kind in REPEATS and value[0] > 0:
        return asked(value[2])
    if kind is op.BRANCH:
        each = [asked(one) for one in value[1]]
        return [frozenset().union(*(max(one, key=telling) for one in each))] if all(each) else []
    return []


def telling(pieces: Pieces) -> tuple[int, int]:
    """Of sets of pieces the one whose shortest is longest says most, then the smallest."""
    return min(1 if one == DIGIT else len(one) for one in pieces), -len(pieces)


def words_of(kind: Any, value: Any) -> Pieces | None:
    """All that a node can match, where these are few and none is empty; `DIGIT` for any digit."""
    if kind is op.LITERAL:
        return frozenset({chr(value)})
    if kind is op.IN:
        if all(one is op.LITERAL for one, _ in value):
            return frozenset(chr(code) for _, code in value)
        return frozenset({DIGIT}) if value == [(op.CATEGORY, op.CATEGORY_DIGIT)] else None
    if kind is op.SUBPATTERN:
        return spelled(value[3])
    if kind is op.BRANCH:
        each = [spelled(one) for one in value[1]]
        every = frozenset().union(*(one for one in each if one))
        return every if all(each) and len(every) <= MOST else None
    if kind in REPEATS and value[0] == value[1] == 1:
        return spelled(value[2])
    return None


def spelled(nodes: Iterable[Any]) -> Pieces | None:
    """All that a sequence can match, where these are few, none is empty and none has any digit."""
    run: Pieces = frozenset({""})
    for kind, value in nodes:
        if kind in NO_WIDTH:
            continue
        words = words_of(kind, value)
        if not words or DIGIT in words or len(words) * len(run) > MOST:
            return None
        run = frozenset(map("".join, product(run, words)))
    return run if "" not in run else None

"""Straight pieces of lines on a page -> the ruled lines that they make, whole.

A line comes in pieces, one a cell, or in dashes and dots. Pieces of one direction that lie in one line and touch, or stand
as close as dashes do, are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hedui.readers.pages import Rule
from hedui.readers.pdf.drawn import Stroke

__all__ = ["rules_of"]

# in points: pieces this little aside are in one line; pieces of any length this far apart touch; dashes, and dots, this
# far apart are of one line, and are no longer than `DASH`
ASIDE, TOUCHING, DASHED, DASH = 0.8, 1.0, 4.0, 9.0
# what is shorter is a mark or a part of a letter
SHORTEST = 3.0


class Piece(NamedTuple):
    """A piece of a line from `start` to `end` at `at`, measured along and across the line."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


def in_lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces, those in one line together. A line stands where its first piece does, so that lines do not drift."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces):
        if lines and piece.at - lines[-1][0].at <= ASIDE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def touching(end: float, dashes: bool, piece: Piece) -> bool:
    gap = piece.start - end
    return gap <= TOUCHING or (dashes and piece.length <= DASH and gap <= DASHED)


def whole(line: Sequence[Piece]) -> list[Piece]:
    """The pieces of one line put together where they touch; it stands where the longest piece does."""
    found: list[Piece] = []
    longest: list[Piece] = []
    for piece in sorted(line, key=lambda piece: piece.start):
        if found and touching(found[-1].end, longest[-1].length <= DASH, piece):
            longest[-1] = max(longest[-1], piece, key=lambda one: one.length)
            found[-1] = Piece(longest[-1].at, found[-1].start, max(found[-1].end, piece.end))
        else:
            found.append(piece)
            longest.append(piece)
    return [piece for piece in found if piece.length >= SHORTEST]


def inside(pieces: Iterable[Piece], across: float, along: float) -> list[Piece]:
    """What of the pieces is on a page so wide across them and so long along them."""
    return [Piece(piece.at, max(piece.start, 0.0), min(piece.end, along)) for piece in pieces
            if -ASIDE <= piece.at <= across + ASIDE and piece.end >= 0 and piece.start <= along]


def rules_of(strokes: Iterable[Stroke], width: float, height: float) -> tuple[Rule, ...]:
    """The ruled lines that `strokes` make on a page of that size, level ones first, from top to bottom and left to right.

    >>> rules_of([Stroke(10, 5, 50, 5), Stroke(50.4, 5.1, 90, 5.1), Stroke(10, 5, 10, 30)], 595, 842)
    (Rule(x0=10, y0=5, x1=90, y1=5), Rule(x0=10, y0=5, x1=10, y1=30))
    """
    strokes = list(strokes)
    level = inside((Piece(s.y0, s.x0, s.x1) for s in strokes if s.y0 == s.y1), height, width)
    upright = inside((Piece(s.x0, s.y0, s.y1) for s in strokes if s.x0 == s.x1), width, height)
    return (*(Rule(x0=p.start, y0=p.at, x1=p.end, y1=p.at) for line in in_lines(level) for p in whole(line)),
            *(Rule(x0=p.at, y0=p.start, x1=p.at, y1=p.end) for line in in_lines(upright) for p in whole(line)))

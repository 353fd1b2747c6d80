"""A piece in, candidates by lexicon out: ORG and REGION, with offsets in the original."""

from __future__ import annotations

from collections.abc import Iterator

from hedui.mentions.bodies import find_bodies
from hedui.mentions.candidates import Candidate
from hedui.mentions.piece import Piece
from hedui.mentions.regions import find_places
from hedui.values import Value

__all__ = ["name_candidates"]


def name_candidates(piece: Piece) -> Iterator[Candidate]:
    """Every named body and place of `piece`; a place inside a body is left to precedence."""
    for start, end, sure in find_bodies(piece):
        begin, stop = piece.span(start, end)
        value = Value(kind="ORG", value=piece.written(start, end).replace(" ", ""), unit="org")
        yield Candidate(label="ORG", start=begin, end=stop, value=value, confidence=sure)
    for start, end, weak in find_places(piece):
        begin, stop = piece.span(start, end)
        value = Value(kind="REGION", value=piece.written(start, end).replace(" ", ""), unit="region")
        yield Candidate(label="REGION", start=begin, end=stop, value=value, weak=weak)

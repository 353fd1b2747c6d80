"""A piece in, candidates by pattern out: AMOUNT, RATE, QUANTITY, DATE, DOCNO, TITLE, with offsets in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hedui.mentions.candidates import Candidate
from hedui.mentions.piece import Piece
from hedui.mentions.titles import find_titles
from hedui.values import Found, Value, find_figures

__all__ = ["rule_candidates"]

# “三项制度”: a numeral that opens a quoted byword counts nothing
BYWORD = re.compile(r"[“‘「][一二三四五六七八九十两][^”’」]{1,6}[”’」]")


def rule_candidates(piece: Piece) -> Iterator[Candidate]:
    """Every figure and title of `piece`; they may overlap."""
    bywords = {match.start() + 1 for match in BYWORD.finditer(piece.text)}
    for found in find_figures(piece.text):
        if not (found.start in bywords and found.value.kind == "QUANTITY"):
            yield candidate(piece, found)
    for start, end in find_titles(piece.text):
        begin, stop = piece.span(start, end)
        yield Candidate(label="TITLE", start=begin, end=stop, value=Value(kind="TITLE", value=name(piece, start, end), unit="title"))


def candidate(piece: Piece, found: Found) -> Candidate:
    start, end = piece.span(found.start, found.end)
    return Candidate(label=found.value.kind, start=start, end=end, value=found.value)


def name(piece: Piece, start: int, end: int) -> str:
    """The name of a title as written, without its marks and without white space but that between issuers."""
    text = piece.text[start:end]
    if text.startswith("《"):
        text = text[1:-1] if text.endswith(("》", "〉")) else text[1:]
    return text

"""A piece in, candidates by pattern out: AMOUNT, RATE, QUANTITY, DATE, DOCNO, TITLE, with offsets in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hedui.mentions.candidates import Candidate
from hedui.mentions.piece import Piece
from hedui.mentions.titles import find_titles
from hedui.values import Found, Value, find_figures

__all__ = ["BYWORD", "rule_candidates"]

# “三项制度”: a numeral that opens a quoted byword counts nothing
BYWORD = re.compile(r"[“‘「](?P<word>[一二三四五六七八九十两][^”’」]{1,6})[”’」]")

# 执行率（B/A×100%）
FORMULA = re.compile(r"[A-Za-z)）][×*＊✕]$")


def rule_candidates(piece: Piece) -> Iterator[Candidate]:
    """Every figure and title of `piece`; they may overlap."""
    bywords = {match.start() + 1 for match in BYWORD.finditer(piece.text)}
    for found in find_figures(piece.text):
        if not (found.start in bywords and found.value.kind == "QUANTITY") and not FORMULA.search(piece.text[max(0, found.start - 2):found.start]):
            yield candidate(piece, found)
    for start, end in find_titles(piece.text):
        begin, stop = piece.span(start, end)
        value = Value(kind="TITLE", value=name(piece.written(start, end)), unit="title")
        yield Candidate(label="TITLE", start=begin, end=stop, value=value)


def candidate(piece: Piece, found: Found) -> Candidate:
    start, end = piece.span(found.start, found.end)
    return Candidate(label=found.value.kind, start=start, end=end, value=found.value)


def name(title: str) -> str:
    """The name of a title without its marks, a mark of the wrong kind inside it set right.

    >>> name("《甲局关于转发〈乙部办法》》")
    '甲局关于转发〈乙部办法〉'
    """
    inner = title.removeprefix("《")
    opened: list[str] = []
    chars: list[str] = []
    for char in inner:
        if char in "《〈":
            opened.append("》" if char == "《" else "〉")
        elif char in "》〉":
            if not opened:
                break
            char = opened.pop()
        chars.append(char)
    return "".join(chars)

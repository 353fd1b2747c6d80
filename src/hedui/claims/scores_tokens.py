"""The text of a paragraph -> its `…分` as tokens: for each, what the words right before it say that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from hedui.claims.scores_patterns import (
    ASIDE,
    BARE_TOTAL,
    BETWEEN,
    CLAUSE,
    DEDUCTED,
    FULL_WORD,
    INDICATOR,
    OF_ANSWERS,
    OF_SECTION,
    POINTS,
    RESPECTIVE,
    SCORE_WORD,
    TOTAL,
    WEAK_TOTAL,
    dimension_at,
    first_dimension,
    topic_of,
)
from hedui.document import Span

__all__ = ["Token", "tokens_of"]

REACH = 400
# a nameless score below it is an indicator's, not the total
LEAST_TOTAL = 50
Kind = Literal["full", "score", "bare", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One `…分`: its kind, the dimension its own words name (None for none), whether they name the total."""

    start: int
    end: int
    value: Decimal
    kind: Kind
    name: str | None
    name_at: Span
    total: bool
    bracket: bool
    sentence: int


def tokens_of(text: str, heading: str | None = None) -> list[Token]:
    """The `…分` of a paragraph, those of a list given the names of the list before it."""
    return shared_out(text, list(told(text, heading)))


def told(text: str, heading: str | None) -> Iterator[Token]:
    """The `…分` of a paragraph, deductions left out; `heading` is the dimension that the paragraph stands under."""
    last, sentence, first = 0, 0, True
    for match in POINTS.finditer(text):
        sentence = max(sentence, text.rfind("。", last, match.start()) + 1, match.start() - REACH)
        begin = max(last, sentence)
        segment = text[begin:match.start()]
        cut = max((m.end() for m in CLAUSE.finditer(segment.rstrip("(:"))), default=0)
        clause, bracket = segment[cut:], segment.endswith("(")
        words = clause.rstrip("(")
        last = match.end()
        if DEDUCTED.search(words):
            continue
        kind, stem = kind_of(words)
        single = bool(INDICATOR.search(words))
        named = None if single else dimension_at(ASIDE.sub("", stem))
        offset = begin + cut
        if named is None and kind == "full" and begin <= sentence and (opening := first_dimension(text[sentence:match.start()])):
            named, offset = opening, sentence
        total = named is None and not single and names_total(clause, kind, stem, Decimal(match["number"] or match["naked"]))
        if named is None and kind == "score" and not total and not single and (topic := topic_of(segment)):
            named, offset = topic, begin
        name = named[0] if named else heading if first and kind in ("full", "score") and OF_SECTION.fullmatch(stem) and not segment[:cut] else None
        yield Token(start=match.start(), end=match.end(), value=Decimal(match["number"] or match["naked"]), kind="none" if single else kind,
                    name=name, bracket=bracket, sentence=sentence,
                    name_at=(offset + named[1], offset + named[2]) if named else (match.start(), match.start()), total=total and name is None)
        first = False


def kind_of(words: str) -> tuple[Kind, str]:
    """What the words say the number behind them is, and the words without those that say it."""
    if found := BARE_TOTAL.search(words):
        return "bare", words[:found.start()]
    if found := FULL_WORD.search(words):
        return "full", words[:found.start()]
    if found := SCORE_WORD.search(words):
        return "score", words[:found.start()]
    return "bare", words.rstrip("为是:")


def names_total(clause: str, kind: Kind, stem: str, value: Decimal) -> bool:
    """Whether the words before a number speak of the whole."""
    if OF_ANSWERS.search(clause):
        return False
    if kind == "full":
        return bool(TOTAL.search(stem) or TOTAL.search(clause))
    return bool(TOTAL.search(clause)) or (kind == "score" and value >= LEAST_TOTAL and bool(WEAK_TOTAL.fullmatch(re.sub(r"^其中", "", stem))))


def shared_out(text: str, tokens: list[Token]) -> list[Token]:
    """Names and kinds for numbers in a row behind names in a row: `决策、过程得分分别为18分、17分`."""
    for i, token in enumerate(tokens):
        listed = RESPECTIVE.search(text[max(token.sentence, tokens[i - 1].end if i else 0):token.start].rsplit(",", 1)[-1])
        if token.name or not listed:
            continue
        names = [dimension_at(ASIDE.sub("", name)) for name in re.split(r"、|和|及|与", listed["names"])]
        row = tokens[i:i + len(names)]
        if len(names) < 2 or len(row) < len(names) or not all(BETWEEN.fullmatch(text[a.end:b.start]) for a, b in pairwise(row)):
            continue
        kind: Kind = "full" if FULL_WORD.search(listed["what"].replace("分别", "").replace("依次", "")) else "score"
        tokens[i:i + len(names)] = [replace(t, kind=kind, name=name[0], total=False) if name else t for t, name in zip(row, names, strict=True)]
    return tokens

"""Paragraphs on goals and results -> slots: every number told there, and every value in words that rules hold, with the names
that it could be the value of.

Names are the one that rules gave it, runs of whole words right before and right behind it, and the words that open its item
as a label.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from hedui.claims.indicators.counts import bounded
from hedui.claims.indicators.names import bare_name, is_goal, is_result
from hedui.claims.indicators.patterns import ITEM
from hedui.claims.indicators.text import WHOSE
from hedui.claims.passages import Passage, Placed
from hedui.document import Layout, Span
from hedui.findings import Claim, Indicator, Mention
from hedui.mentions.parts_of_speech import POSITIONS, TAGS, word_signs
from hedui.neural.fusion.entries import FIELDS, Field
from hedui.neural.fusion.prose import Prose
from hedui.view import clean

__all__ = ["Choice", "Range", "Side", "Slot", "Word", "name_of", "slots_of", "words_of"]

Range = tuple[int, int]
Side = Literal["left", "right", "open", "rules"]
# a name is no longer; its last word stands no further from its value; a clause is looked at no further to either side
LONGEST, SHORTEST, FAR, BEFORE, BEHIND = 40, 2, 4, 60, 32
SENTENCE = re.compile("[。;!?]")
BEGINS = re.compile(r"(?![了的于在为由与和及等以其])[\u4e00-\u9fffA-Za-z0-9“《(]")
ENDS_NOT = frozenset("了的于在为由与和及等:(《“约近超按、,")
OPENING = re.compile(r"(?:\d{1,2}[、.](?!\d)|[一二三四五六七八九十]{1,2}[、是])?(?P<name>[^,。;:()]{2,30}?)(?=[。:,(])")


class Word(NamedTuple):
    """A word of a passage and its kind."""

    start: int
    end: int
    kind: str


class Choice(NamedTuple):
    """A name and the run of the passage that makes it; none where it is the rules' and no run here makes it."""

    name: str
    piece: Range | None
    side: Side


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A value at `at` of a passage, told in words where `mention` is None; `claim` is what rules hold of it, `values` are all
    values of the passage, `goal` whether it is aimed at."""

    piece: Passage
    section: int
    at: Range
    mention: Mention | None
    claim: Claim | None
    values: tuple[Range, ...]
    result: bool
    goal: bool
    choices: tuple[Choice, ...]

    @property
    def span(self) -> Span:
        return self.piece.span(*self.at)


def slots_of(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[Slot]:
    """The slots of `layout` in the order of the text."""
    told = [c for c in claims if c.type == "indicator" and c.origin == "narrative"]
    held: dict[int, list[Claim]] = defaultdict(list)
    for claim in told:
        if (field := main_field(claim)) is not None:
            held[claim.spans[field][0]].append(claim)
    begins = sorted(held)
    claimed = sorted(span for claim in told for name, span in claim.spans.items() if name != "name")
    prose = Prose(layout=layout, mentions=mentions)
    known: dict[int, tuple[bool, bool]] = {}
    for paragraph in prose.paragraphs:
        section = paragraph.section
        if section not in known:
            known[section] = is_result(layout, section), is_goal(layout, section)
        mine = begins[bisect_left(begins, paragraph.span[0]):bisect_left(begins, paragraph.span[1])]
        if not (known[section][0] or mine):
            continue
        found = prose.at((paragraph.span[1] - 1, paragraph.span[1]))
        if found is not None:
            yield from slots_in(found[1], section, [claim for start in mine for claim in held[start]], claimed, known[section])


def main_field(claim: Claim) -> Field | None:
    """The field whose value an indicator of running text stands for."""
    return next((field for field in FIELDS if field in claim.spans), None)


def slots_in(piece: Passage, section: int, claims: Sequence[Claim], claimed: Sequence[Span], known: tuple[bool, bool]) -> Iterator[Slot]:
    """The slots of one passage; a value that is another field of a claim is none."""
    values: dict[Range, Placed | None] = {bounded(piece.text, 0, told, len(piece.text)): told for told in piece.placed if counts(told.mention)}
    holders: dict[Range, list[Claim]] = defaultdict(list)
    for claim in claims:
        field = main_field(claim)
        start, end = claim.spans[field] if field else claim.span
        at = bisect_left(piece.view.starts, start), bisect_right(piece.view.ends, end)
        over = [other for other in values if meet(at, other)]
        values[at] = next((values[other] for other in over), None)
        for other in over:
            if other != at:
                del values[other]
        holders[at].append(claim)
    order, words = tuple(sorted(values)), words_of(piece.text)
    for at in order:
        span = piece.span(*at)
        if at not in holders and taken(claimed, span):
            continue
        told = values[at]
        mine: Sequence[Claim | None] = holders.get(at) or [None]
        for holder in mine:
            yield Slot(piece=piece, section=section, at=at, mention=told.mention if told else None, claim=holder, values=order,
                       result=known[0], goal=known[1], choices=choices_of(piece.text, at, words, holder))


def taken(claimed: Sequence[Span], span: Span) -> bool:
    near = claimed[max(0, bisect_left(claimed, span) - 2):bisect_left(claimed, (span[1], 0))]
    return any(meet(span, other) for other in near)


def counts(mention: Mention) -> bool:
    """Whether a mention may be the value of an indicator: counts, rates, money where it is a standard (元/人)."""
    return mention.label in ("QUANTITY", "RATE") or (mention.label == "AMOUNT" and not re.search("[万亿]", mention.text))


def meet(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` with their kinds."""
    found: list[Word] = []
    start = 0
    for at, sign in enumerate(word_signs(text)):
        kind, place = divmod(sign - 1, POSITIONS)
        if place in (0, POSITIONS - 1):
            start = at
        if place >= POSITIONS - 2:
            found.append(Word(start, at + 1, TAGS[kind]))
    return tuple(found)


@lru_cache(maxsize=65_536)
def name_of(text: str) -> str:
    """A name as rules write it.

    >>> name_of("我县进行治理面积（亩）")
    '治理面积'
    """
    return bare_name(WHOSE.sub("", text)).replace("进行", "")


def choices_of(text: str, at: Range, words: Sequence[Word], claim: Claim | None) -> tuple[Choice, ...]:
    """Every name that the value at `at` may have, each once."""
    low, high = around(text, at)
    before = [word for word in words if word.start >= low and word.end <= at[0]]
    skipped = at[1] + (text[at[1]:at[1] + 1] in ("的", "左"))
    behind = [word for word in words if word.start >= skipped and word.end <= high]
    found: dict[str, Choice] = {}

    def add(side: Side, piece: Range) -> None:
        name = name_of(text[slice(*piece)])
        if len(name) >= SHORTEST:
            found.setdefault(name, Choice(name, piece, side))

    if opening := opening_of(text, at[0]):
        add("open", opening)
    for piece in runs(text, before, at[0] - FAR):
        add("left", piece)
    for piece in run(text, behind) if behind and behind[0].start == skipped else ():
        add("right", piece)
    if claim is not None and isinstance(claim.fields, Indicator):
        name = name_of(clean(claim.fields.name))
        found.setdefault(name, Choice(name, None, "rules"))
    return tuple(found.values())


def around(text: str, at: Range) -> Range:
    """How far the names of a value are looked for: its sentence, within its item."""
    low = max((match.end() for pattern in (SENTENCE, ITEM) for match in pattern.finditer(text, max(0, at[0] - BEFORE), at[0])), default=0)
    end = SENTENCE.search(text, at[1])
    return max(low, at[0] - BEFORE), min(end.start() if end else len(text), at[1] + BEHIND)


def opening_of(text: str, until: int) -> Range | None:
    """The words that open the item as a label: 管网长度。… · 管网长度（5分）…"""
    start = max((match.end() for match in ITEM.finditer(text, 0, until)), default=0)
    match = OPENING.match(text, start, until)
    return match.span("name") if match else None


def runs(text: str, words: Sequence[Word], least: int) -> Iterator[Range]:
    """Runs of whole words that may be a name and end at `least` or behind it; none reaches over a stop."""
    for first in range(len(words)):
        yield from (piece for piece in run(text, words[first:]) if piece[1] >= least)


def run(text: str, words: Sequence[Word]) -> Iterator[Range]:
    """The runs that begin with the first of `words`."""
    start = words[0].start
    if BEGINS.match(text, start):
        for last in words:
            if last.end - start > LONGEST or text[last.start] in ",:":
                return
            if text[last.end - 1] not in ENDS_NOT:
                yield start, last.end

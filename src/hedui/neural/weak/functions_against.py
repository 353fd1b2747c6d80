"""A survey and the spans that others proposed in, votes out against those that are no names, or parts of longer ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator

from hedui.document import Span
from hedui.mentions.grammar import grammar
from hedui.mentions.regions import places
from hedui.neural.weak.patterns import INNER, LEVEL_ONLY, MARKED, MORE, NOT_BODY
from hedui.neural.weak.types import NONE, Item, LabellingFunction, Survey, Vote
from hedui.view import clean, fold

__all__ = ["AGAINST_FUNCTIONS"]

QUOTES = {"“": "”", "‘": "’", "「": "」"}
AROUND = 2


def inside_title(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """What stands inside 《…》 is annotated with its title."""
    titles = sorted(piece.span(*match.span()) for piece in survey.pieces for match in MARKED.finditer(piece.text))
    yield from within(titles, items)


def inside_longer(_: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """What lies inside a longer candidate is a part of it, more often than not."""
    spans = sorted((item.span for item in items), key=outermost)
    reach: list[Span] = []
    for span in spans:
        if not reach or span[1] > reach[-1][1]:
            reach.append(span)
    yield from within(reach, items)


def outermost(span: Span) -> Span:
    return span[0], -span[1]


def within(outer: list[Span], items: Collection[Item]) -> Iterator[Vote]:
    """Votes against every item that lies inside one of `outer`, which are in order, and is not the whole of it."""
    begins = [span[0] for span in outer]
    for item in items:
        for at in range(bisect_right(begins, item.span[0]) - 1, max(-1, bisect_right(begins, item.span[0]) - 3), -1):
            start, end = outer[at]
            if start <= item.span[0] and item.span[1] <= end and outer[at] != item.span:
                yield item, NONE
                break


def inner_department(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """Offices, groups and bodies named by their level alone: 财务科, 领导小组, 省局, 我局, 各单位."""
    for item in items:
        name = fold(clean(survey.text, item.span))
        if INNER.search(name) or NOT_BODY.search(name) or LEVEL_ONLY.fullmatch(name):
            yield item, NONE


def other_word(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """What goes on to be another word: 财政局|长, 某县|级, 财政部|门."""
    for item in items:
        if MORE.match(fold(clean(survey.text, (item.span[1], item.span[1] + AROUND)))):
            yield item, NONE


def listed(name: str) -> bool:
    return name in places().by_name or name in grammar().kinds or name.startswith("《")


def byword(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """What stands alone between quotation marks is a byword: “医共体”."""
    for item in items:
        start, end = item.span
        if start and QUOTES.get(survey.text[start - 1]) == survey.text[end:end + 1] != "" and not listed(clean(survey.text, item.span)):
            yield item, NONE


AGAINST_FUNCTIONS = (
    LabellingFunction(name="inside_title", kind="span", cast=inside_title, silent=True, proposes=False, judges=True),
    LabellingFunction(name="inside_longer", kind="span", cast=inside_longer, silent=True, proposes=False, judges=True),
    LabellingFunction(name="inner_department", kind="span", cast=inner_department, silent=True, proposes=False, judges=True),
    LabellingFunction(name="other_word", kind="span", cast=other_word, silent=True, proposes=False, judges=True),
    LabellingFunction(name="byword", kind="span", cast=byword, silent=True, proposes=False, judges=True),
)

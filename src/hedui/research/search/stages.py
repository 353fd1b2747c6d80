"""What is looked for in, the numbers of passages out: first those that hold all words, then those of reports whose head holds the rest.

Order: stage, score (BM25 to two decimals), the gravest conflict there, number. Of words that very many passages hold (`WEIGHED`) the first so many
by number are weighed, a fair draw of all contents, since numbers come from hashes; the answer says so. How an index is asked is its own matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from hedui.errors import UsageError
from hedui.research.search.conditions import Conditions
from hedui.research.search.terms import Reading, Wanted

__all__ = ["ANY", "WEIGHED", "Answer", "Index", "Place", "Stage", "ask", "place_of"]

WEIGHED = 20_000
ALL, HEAD, ANY = range(3)
Place = tuple[int, float, float, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Places in the order of answers (stage, negative score, negative gravity, number); how many there are, or were weighed where there are
    `more`."""

    places: tuple[Place, ...]
    count: int
    more: bool
    loose: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One way to look: a passage that holds all of `wanted` (any of it where `number` is ANY), none of `unwanted`, and not all of `head`, which the
    head of its report holds."""

    number: int
    wanted: tuple[Wanted, ...]
    unwanted: tuple[Wanted, ...]
    head: tuple[Wanted, ...] = ()


class Index(Protocol):
    """An index and the conditions on its passages."""

    @property
    def conditions(self) -> Conditions: ...

    def heads(self, wanted: Wanted) -> int:
        """How many heads of reports hold a term."""

    def counted(self, stage: Stage) -> tuple[int, int | None]:
        """How many passages there are, and the first number that is not weighed where there are more than `WEIGHED`."""

    def ranked(self, stage: Stage, *, bound: int | None, limit: int, after: Place | None) -> Iterable[Place]:
        """The first `limit` places behind `after`, of numbers below `bound`."""


def ask(index: Index, reading: Reading, *, limit: int, after: Place | None) -> Answer:
    """The next `limit` places behind `after`. UsageError where nothing is asked for."""
    if not reading.wanted and not reading.unwanted and not index.conditions.sql:
        raise UsageError("没有要查的词或筛选条件，例 执行率 region:新疆 · nothing to look for, try 执行率 region:新疆")
    found = staged(index, stages(index, reading), limit, after)
    if not found.count and len(reading.wanted) > 1:
        either = Stage(number=ANY, wanted=reading.wanted, unwanted=reading.unwanted)
        found = staged(index, [either], limit, after)
        return Answer(places=found.places, count=found.count, more=found.more, loose=bool(found.count))
    return found


def staged(index: Index, some: Sequence[Stage], limit: int, after: Place | None) -> Answer:
    places: list[Place] = []
    count, more = 0, False
    for stage in some:
        there, bound = index.counted(stage)
        count, more = count + there, more or bound is not None
        if there and len(places) < limit and (after is None or after[0] <= stage.number):
            places += index.ranked(stage, bound=bound, limit=limit - len(places), after=after if after and after[0] == stage.number else None)
    return Answer(places=tuple(places), count=count, more=more, loose=False)


def stages(index: Index, reading: Reading) -> list[Stage]:
    terms = reading.wanted
    first = Stage(number=ALL, wanted=terms, unwanted=reading.unwanted)
    if len(terms) < 2:
        return [first]
    heads = {term: index.heads(term) for term in terms}
    rest = tuple(term for term in terms if not heads[term]) or (min(terms, key=lambda term: heads[term]),)
    there = tuple(term for term in terms if heads[term] and term not in rest)
    return [first, Stage(number=HEAD, wanted=rest, unwanted=reading.unwanted, head=there)] if there else [first]


def place_of(text: str | None) -> Place | None:
    """The place that a hit names. UsageError where it is none."""
    if text is None:
        return None
    try:
        stage, score, gravity, number = json.loads(text)
        return int(stage), float(score), float(gravity), int(number)
    except (ValueError, TypeError) as error:
        raise UsageError(f"after={text!r}: 不是一条结果的位置，请用上一页最后一条的 place · not the place of a hit, give that of the last") from error

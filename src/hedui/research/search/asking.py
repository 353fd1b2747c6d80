"""What is looked for in, the numbers of passages out: first those that hold all words, then those of reports whose head holds the rest.

Order: stage, score (BM25 to two decimals), the gravest conflict there, number. Of words that very many passages hold (`WEIGHED`) the first so many
by number are weighed, a fair draw of all contents, since numbers come from hashes; the answer says so.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hedui.errors import UsageError
from hedui.research.search.conditions import Conditions
from hedui.research.search.schema import PLACES
from hedui.research.search.terms import Reading, Sought, Wanted

__all__ = ["WEIGHED", "Answer", "Place", "ask", "place_of"]

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
    """One way to look: what the passage matches, what the head of its report matches."""

    number: int
    match: str | None
    head: str | None = None


def ask(connection: sqlite3.Connection, reading: Reading, conditions: Conditions, *, limit: int, after: Place | None) -> Answer:
    """The next `limit` places behind `after`. UsageError where nothing is asked for."""
    if not reading.wanted and not reading.unwanted and not conditions.sql:
        raise UsageError("没有要查的词或筛选条件，例 执行率 region:新疆 · nothing to look for, try 执行率 region:新疆")
    found = staged(connection, stages(connection, reading), conditions, limit, after)
    if not found.count and len(reading.wanted) > 1:
        either = Stage(number=ANY, match=without(f"({' OR '.join(map(matching, reading.wanted))})", reading.unwanted))
        found = staged(connection, [either], conditions, limit, after)
        return Answer(places=found.places, count=found.count, more=found.more, loose=bool(found.count))
    return found


def staged(connection: sqlite3.Connection, some: Sequence[Stage], conditions: Conditions, limit: int, after: Place | None) -> Answer:
    places: list[Place] = []
    count, more = 0, False
    for stage in some:
        where, values = conditions_of(stage, conditions)
        there, bound = counted(connection, stage, where, values)
        count, more = count + there, more or bound is not None
        if there and len(places) < limit and (after is None or after[0] <= stage.number):
            places += ranked(connection, stage, where, values, bound, limit - len(places), after if after and after[0] == stage.number else None)
    return Answer(places=tuple(places), count=count, more=more, loose=False)


def stages(connection: sqlite3.Connection, reading: Reading) -> list[Stage]:
    if not reading.wanted:
        return [Stage(number=ALL, match=None, head=None)]
    terms = [matching(one) for one in reading.wanted]
    first = Stage(number=ALL, match=without(" AND ".join(terms), reading.unwanted))
    if len(terms) < 2:
        return [first]
    heads = {term: connection.execute("select count(*) from heads where heads match ?", [term]).fetchone()[0] for term in terms}
    there = [term for term in terms if heads[term]]
    rest = [term for term in terms if not heads[term]] or [min(terms, key=lambda term: heads[term])]
    there = [term for term in there if term not in rest]
    if not there:
        return [first]
    held = " AND ".join(there)
    return [first, Stage(number=HEAD, match=without(f"({' AND '.join(rest)}) NOT ({held})", reading.unwanted), head=held)]


def matching(wanted: Wanted) -> str:
    """A term in the language of FTS5.

    >>> matching(Wanted(parts=((Sought(text="执行率", column="pairs", tokens=("执行", "行率")),),)))
    '(pairs:"执行 行率")'
    """
    parts = " AND ".join(one_of(part) for part in wanted.parts)
    return f"(({parts}) OR {told(wanted.whole)})" if wanted.whole else f"({parts})" if len(wanted.parts) > 1 else parts


def one_of(part: Sequence[Sought]) -> str:
    return f"({' OR '.join(map(told, part))})"


def told(one: Sought) -> str:
    quoted = " ".join(token.replace('"', "") for token in one.tokens)
    if one.column == "pairs" and len(one.tokens) == 1 and len(one.tokens[0]) == 1:
        return f'pairs:"{quoted}"*'
    return f'{one.column}:"{quoted}"'


def without(match: str, unwanted: Sequence[Wanted]) -> str:
    return f"({match}) NOT ({' OR '.join(map(matching, unwanted))})" if unwanted else match


def conditions_of(stage: Stage, conditions: Conditions) -> tuple[str, dict[str, Any]]:
    """What passages `p` must be at a stage, beside what they match."""
    values = dict(conditions.values)
    where = conditions.where
    if stage.match is not None:
        values["match"] = stage.match
    if stage.head is not None:
        values["head"] = stage.head
        of_head = "select h.rowid from heads h where heads match :head"
        where += (f" and p.number / {PLACES} in (select r.content from reports r where r.number in ({of_head})) and exists (select 1 from reports r "
                  f"where r.content = p.number / {PLACES} and p.number between r.first and r.last and r.number in ({of_head}))")
    return where.replace("p.number", "w.rowid") if stage.match is not None else where, values


def source_of(stage: Stage) -> str:
    return "tokens w where tokens match :match and" if stage.match is not None else "passages p where"


def counted(connection: sqlite3.Connection, stage: Stage, where: str, values: dict[str, Any]) -> tuple[int, int | None]:
    """How many there are, and the last number that is weighed where there are more."""
    number = "w.rowid" if stage.match is not None else "p.number"
    count, last = connection.execute(f"select count(*), max(number) from (select {number} as number from {source_of(stage)} {where} "
                                     f"order by {number} limit {WEIGHED + 1})", values).fetchone()
    return (WEIGHED, last) if count > WEIGHED else (count, None)


def ranked(connection: sqlite3.Connection, stage: Stage, where: str, values: dict[str, Any], bound: int | None, limit: int,
           after: Place | None) -> Iterator[Place]:
    number, score = ("w.rowid", "round(bm25(tokens), 2)") if stage.match is not None else ("p.number", "0.0")
    held = "" if bound is None else f" and {number} < {bound}"
    further = "" if after is None else "where (f.score, -p.gravity, f.number) > (:score, :gravity, :number)"
    asked = {**values, **({} if after is None else dict(zip(("score", "gravity", "number"), after[1:], strict=True)))}
    rows = connection.execute(
        f"with f as materialized (select {number} as number, {score} as score from {source_of(stage)} {where}{held}) select f.score, -p.gravity, "
        f"f.number from f join passages p on p.number = f.number {further} order by 1, 2, 3 limit {int(limit)}", asked)
    return ((stage.number, *row) for row in rows)


def place_of(text: str | None) -> Place | None:
    """The place that a hit names. UsageError where it is none."""
    if text is None:
        return None
    try:
        stage, score, gravity, number = json.loads(text)
        return int(stage), float(score), float(gravity), int(number)
    except (ValueError, TypeError) as error:
        raise UsageError(f"after={text!r}: 不是一条结果的位置，请用上一页最后一条的 place · not the place of a hit, give that of the last") from error

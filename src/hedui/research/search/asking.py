"""Terms and conditions in, SQL over the SQLite index and the language of FTS5 out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hedui.research.search.conditions import Conditions
from hedui.research.search.schema import PLACES
from hedui.research.search.stages import ANY, WEIGHED, Place, Stage
from hedui.research.search.terms import Sought, Wanted

__all__ = ["SqliteIndex"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SqliteIndex:
    """The index of a connection (`index.connected`), as `stages` asks it."""

    connection: sqlite3.Connection
    conditions: Conditions

    def heads(self, wanted: Wanted) -> int:
        return int(self.connection.execute("select count(*) from heads where heads match ?", [matching(wanted)]).fetchone()[0])

    def counted(self, stage: Stage) -> tuple[int, int | None]:
        where, values = where_of(stage, self.conditions)
        number = number_of(stage)
        count, last = self.connection.execute(f"select count(*), max(number) from (select {number} as number from {source_of(stage)} {where} "
                                              f"order by {number} limit {WEIGHED + 1})", values).fetchone()
        return (WEIGHED, last) if count > WEIGHED else (count, None)

    def ranked(self, stage: Stage, *, bound: int | None, limit: int, after: Place | None) -> Iterator[Place]:
        where, values = where_of(stage, self.conditions)
        number, score = number_of(stage), "round(bm25(tokens), 2)" if stage.wanted else "0.0"
        held = "" if bound is None else f" and {number} < {bound}"
        further = "" if after is None else "where (f.score, -p.gravity, f.number) > (:score, :gravity, :number)"
        asked = {**values, **({} if after is None else dict(zip(("score", "gravity", "number"), after[1:], strict=True)))}
        rows = self.connection.execute(
            f"with f as materialized (select {number} as number, {score} as score from {source_of(stage)} {where}{held}) select f.score, -p.gravity, "
            f"f.number from f join passages p on p.number = f.number {further} order by 1, 2, 3 limit {int(limit)}", asked)
        return ((stage.number, *row) for row in rows)


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


def match_of(stage: Stage) -> str:
    """What the tokens of a passage match at a stage that wants words."""
    match = (" OR " if stage.number == ANY else " AND ").join(map(matching, stage.wanted))
    if stage.head:
        match = f"({match}) NOT ({' AND '.join(map(matching, stage.head))})"
    return f"({match}) NOT ({any_of(stage.unwanted)})" if stage.unwanted else match


def any_of(some: Sequence[Wanted]) -> str:
    return " OR ".join(map(matching, some))


def where_of(stage: Stage, conditions: Conditions) -> tuple[str, dict[str, Any]]:
    """What passages `p` must be at a stage, beside what they match."""
    where, values = conditions.where, dict(conditions.values)
    if stage.wanted:
        values["match"] = match_of(stage)
    elif stage.unwanted:
        values["match"] = any_of(stage.unwanted)
        where += " and p.number not in (select x.rowid from tokens x where tokens match :match)"
    if stage.head:
        values["head"] = " AND ".join(map(matching, stage.head))
        of_head = "select h.rowid from heads h where heads match :head"
        where += (f" and p.number / {PLACES} in (select r.content from reports r where r.number in ({of_head})) and exists (select 1 from reports r "
                  f"where r.content = p.number / {PLACES} and p.number between r.first and r.last and r.number in ({of_head}))")
    return where.replace("p.number", "w.rowid") if stage.wanted else where, values


def source_of(stage: Stage) -> str:
    return "tokens w where tokens match :match and" if stage.wanted else "passages p where"


def number_of(stage: Stage) -> str:
    return "w.rowid" if stage.wanted else "p.number"

"""Terms and conditions in, SQL over the index in PostgreSQL out, ranked by BM25 as FTS5 reckons it.

A phrase counts where it stands, as long as the term that it is a part of is met (https://sqlite.org/fts5.html#the_bm25_function); `ts_rank_cd` with
all weights 1 is how many times lexemes stand behind one another. PostgreSQL's own ranks know no rarity of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

from hedui.research.search.conditions import Conditions
from hedui.research.search.lexemes import parts_of_term, phrase, term
from hedui.research.search.schema import PLACES
from hedui.research.search.stages import ANY, WEIGHED, Place, Stage
from hedui.research.search.terms import Wanted
from hedui.store.fulltext import Asking

__all__ = ["LIKE", "PostgresIndex"]

LIKE = 'collate "C" ilike'
# k1 and b of BM25, and what a phrase counts that stands in half of all passages or more, as FTS5 has them
SOON_ENOUGH, BY_LENGTH, LEAST = 1.2, 0.75, 1e-6


@dataclass(frozen=True, kw_only=True)
class PostgresIndex:
    """The index in a database (`store.fulltext.searching`), as `stages` asks it."""

    asking: Asking
    conditions: Conditions

    def heads(self, wanted: Wanted) -> int:
        return self.number("select count(*) as n from reports r where r.tokens @@ cast(:match as tsquery)", {"match": term(wanted)})

    def number(self, question: str, values: dict[str, Any]) -> int:
        return int(self.asking.execute(question, values).fetchone()["n"])

    def counted(self, stage: Stage) -> tuple[int, int | None]:
        where, values = where_of(stage, self.conditions)
        row = self.asking.execute(f"with f as materialized (select p.number from passages p where {where}) select count(*) as n, max(number) as last "
                                  f"from (select number from f order by number limit {WEIGHED + 1}) g", values).fetchone()
        return (WEIGHED, row["last"]) if row["n"] > WEIGHED else (row["n"], None)

    def ranked(self, stage: Stage, *, bound: int | None, limit: int, after: Place | None) -> Iterator[Place]:
        where, values = where_of(stage, self.conditions)
        score, more = self.score_of(stage.wanted)
        held = "" if bound is None else f" and p.number < {bound}"
        further = "" if after is None else "where (score, heavy, number) > (:score, :heavy, :number)"
        asked = {**values, **more, **({} if after is None else dict(zip(("score", "heavy", "number"), after[1:], strict=True)))}
        rows = self.asking.execute(
            f"with f as materialized (select p.number, p.size, p.tokens, -p.gravity as heavy from passages p where {where}{held}), "
            f"g as (select number, heavy, cast({score} as double precision) as score from f p) "
            f"select score, heavy, number from g {further} order by score, heavy, number limit {int(limit)}", asked)
        return ((stage.number, row["score"], row["heavy"] + 0.0, row["number"]) for row in rows)

    @cached_property
    def lengths(self) -> tuple[int, float]:
        """How many passages there are, and of how many tokens on average."""
        row = self.asking.execute("select coalesce(sum(passages), 0) as n, coalesce(sum(size), 0) as size from contents").fetchone()
        return int(row["n"]), float(row["size"]) / max(int(row["n"]), 1)

    def rarity(self, match: str) -> float:
        """How much a phrase counts, the rarer the more."""
        count = self.number("select count(*) as n from passages p where p.tokens @@ cast(:match as tsquery)", {"match": match})
        passages = self.lengths[0]
        found = log((passages - count + 0.5) / (count + 0.5))
        return found if found > 0 else LEAST

    def score_of(self, wanted: Sequence[Wanted]) -> tuple[str, dict[str, Any]]:
        """The score of passage `p` to two decimals, the best least, and its parameters."""
        told, values = list[str](), dict[str, Any]()
        for at, (match, only) in enumerate(phrases_of(wanted)):
            values |= {f"q{at}": match, f"r{at}": self.rarity(match)}
            counted = f"cast(ts_rank_cd('{{1,1,1,1}}', p.tokens, cast(:q{at} as tsquery)) as double precision)"
            if only is not None:
                values[f"o{at}"] = only
                counted = f"case when p.tokens @@ cast(:o{at} as tsquery) then {counted} else 0 end"
            told.append(f"(select :r{at} * (c * {SOON_ENOUGH + 1} / (c + {SOON_ENOUGH} * ({1 - BY_LENGTH} + {BY_LENGTH} * p.size / :average))) "
                        f"from (select {counted} as c) t)")
        if not told:
            return "0", {}
        return f"round(cast(-({' + '.join(told)}) as numeric), 2)", {**values, "average": self.lengths[1]}


def phrases_of(wanted: Sequence[Wanted]) -> Iterator[tuple[str, str | None]]:
    """Every phrase of some terms, and what else must be met for it to count."""
    for one in wanted:
        only = parts_of_term(one) if one.whole or len(one.parts) > 1 else None
        yield from ((phrase(sought), only) for part in one.parts for sought in part)
        if one.whole:
            yield phrase(one.whole), None


def match_of(stage: Stage) -> str:
    """What the tokens of a passage match at a stage; nothing for one that asks for no words."""
    told = [f"({(' | ' if stage.number == ANY else ' & ').join(map(term, stage.wanted))})"] if stage.wanted else []
    told += [f"!({' & '.join(map(term, stage.head))})"] if stage.head else []
    return " & ".join([*told, *(f"!{term(one)}" for one in stage.unwanted)])


def where_of(stage: Stage, conditions: Conditions) -> tuple[str, dict[str, Any]]:
    """What passages `p` must be at a stage."""
    where, values, match = conditions.where, dict(conditions.values), match_of(stage)
    if match:
        where, values["match"] = f"p.tokens @@ cast(:match as tsquery) and {where}", match
    if stage.head:
        values["head"] = " & ".join(map(term, stage.head))
        where += (f" and exists (select 1 from reports r where r.content = p.number / {PLACES} and p.number between r.first and r.last "
                  "and r.tokens @@ cast(:head as tsquery))")
    return where, values

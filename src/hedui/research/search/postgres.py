"""The same search over PostgreSQL: the same tokens and filters, ranked by `ts_rank`, which knows no rarity of words as BM25 does.

A word is the lexeme `=word`, a pair of signs a lexeme at its place, so that chains are phrases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hedui.research.query import Query
from hedui.research.search.asking import WEIGHED, Place
from hedui.research.search.conditions import Conditions, conditions_of
from hedui.research.search.contents import Content
from hedui.research.search.find import hits_at
from hedui.research.search.hits import Hits
from hedui.research.search.index import Fetch, gravity_of, grouped, head_of, ranges, recipe
from hedui.research.search.schema import NUMBERS, PLACES, content_number, parts_of
from hedui.research.search.terms import Sought, Wanted, read_terms
from hedui.research.search.words import pairs_of, words_of
from hedui.store import Store
from hedui.store.fulltext import Asking, indexing, lay_out, searching

__all__ = ["search_postgres", "update_postgres"]

MOST_PLACES = 16_383
PASSAGE = ("kind", "start", "end", "page", "text", "figures")


def update_postgres(store: Store, wanted: Mapping[str, str], fetch: Fetch) -> None:
    """Brings the index in the database of `store` to the contents `wanted` (SHA-256 -> version), as `index.update` does with a file."""
    lay_out(store, recipe())
    with indexing(store) as asking:
        held = {row["sha256"]: row["version"] for row in asking.execute("select sha256, version from contents")}
        for sha256 in held:
            if wanted.get(sha256) != held[sha256]:
                take_out(asking, sha256)
    todo = [sha256 for sha256, version in wanted.items() if held.get(sha256) != version]
    for contents in grouped(fetch(todo)) if todo else ():
        with indexing(store) as asking:
            for content in contents:
                put_in(asking, content)


def take_out(asking: Asking, sha256: str) -> None:
    number = asking.execute("delete from contents where sha256 = :sha256 returning number", {"sha256": sha256}).fetchone()["number"]
    within = {"low": number * PLACES, "high": (number + 1) * PLACES - 1, "content": number}
    for table, column in (("claims", "passage"), ("checks", "passage"), ("passages", "number")):
        asking.execute(f"delete from {table} where {column} between :low and :high", within)
    asking.execute("delete from reports where content = :content", within)


def put_in(asking: Asking, content: Content) -> None:
    if asking.execute("select 1 from contents where sha256 = :sha256", {"sha256": content.sha256}).fetchone():
        return
    number = content_number(content.sha256)
    while asking.execute("select 1 from contents where number = :number", {"number": number}).fetchone():
        number += 1
    base = number * PLACES
    put(asking, "contents", [{"number": number, "sha256": content.sha256, "version": content.version, "file": content.file}])
    gravity = [0.0] * len(content.passages)
    for check in content.checks:
        gravity[check["passage"]] = max(gravity[check["passage"]], gravity_of(check))
    said = {text: said_number(asking, text) for text in sorted({*(row["section"] or "" for row in content.passages),
                                                               *(row["name"] for row in content.claims if row["name"])})}
    put(asking, "passages", [{**{name: row[name] for name in PASSAGE}, "number": base + at, "section": said[row["section"] or ""],
                              "gravity": gravity[at], "tokens": vector(row["text"], row["figures"])} for at, row in enumerate(content.passages)])
    put(asking, "claims", [{**{name: row[name] for name in ("id", "type", "origin", "status", "measure", "level1", "level2")},
                            "passage": base + row["passage"], "name": said.get(row["name"]), **{name: parts_of(name, row[name]) for name in NUMBERS}}
                           for row in content.claims])
    put(asking, "checks", [{**{name: row[name] for name in ("id", "kind", "verdict", "tier")}, "passage": base + row["passage"],
                            "confidence": parts_of("confidence", row["confidence"]), "gravity": gravity_of(row)} for row in content.checks])
    for name, (first, last) in ranges(content.passages).items():
        told: Mapping[str, Any] = next((row for row in content.reports if row["report"] == name), {})
        put(asking, "reports", [{
            "content": number, "first": base + first, "last": base + last, "report": name, "file": content.file, "title": told.get("report_title"),
            "unit": told.get("report_unit"), "region": told.get("report_region"), "province": told.get("province"), "year": told.get("report_year"),
            "programme": told.get("programme"), "kind": told.get("report_kind"), "conflicts": told.get("conflicts") or 0,
            "tokens": vector(head_of(told))}])


def put(asking: Asking, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        values = ", ".join(f"cast(:{name} as tsvector)" if name == "tokens" else f":{name}" for name in rows[0])
        asking.execute(f"insert into {table} ({columns}) values ({values})", rows)


def said_number(asking: Asking, text: str) -> int:
    asking.execute("insert into said (text) values (:text) on conflict do nothing", {"text": text})
    return int(asking.execute("select number from said where text = :text", {"text": text}).fetchone()["number"])


def lexeme(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(text: str, figures: str = "") -> str:
    """A text as a tsvector.

    >>> vector("执行率")
    "'=执行':1 '执行':1 '行率':2 '率':3"
    """
    words = [f"{lexeme(f'={word}')}:1" for word in (*words_of(text), *figures.split())]
    return " ".join([*words, *(f"{lexeme(pair)}:{min(at, MOST_PLACES)}" for at, pair in enumerate(pairs_of(text), start=1))])


def told(one: Sought) -> str:
    if one.column == "words":
        return lexeme(f"={one.tokens[0]}")
    if len(one.tokens) == 1 and len(one.tokens[0]) == 1:
        return f"{lexeme(one.tokens[0])}:*"
    return f"({' <-> '.join(map(lexeme, one.tokens))})"


def matching(wanted: Wanted) -> str:
    parts = " & ".join(f"({' | '.join(map(told, part))})" for part in wanted.parts)
    return f"(({parts}) | {told(wanted.whole)})" if wanted.whole else f"({parts})"


def search_postgres(store: Store, query: Query, *, limit: int = 20, after: Place | None = None, expand: bool = True) -> Hits:
    """The `limit` best passages for a query from the index in the database of `store`: those that hold
    all words, by rank, gravest conflict and number."""
    reading = read_terms(query.terms, expand=expand)
    conditions = conditions_of(query.filters, driven=bool(reading.wanted))
    match = " & ".join([*map(matching, reading.wanted), *(f"!{matching(one)}" for one in reading.unwanted)])
    with searching(store) as asking:
        places, count, more = ranked(asking, match, conditions, limit, after)
        sought = [one for wanted in reading.wanted for one in wanted.sought]
        found = tuple(hits_at(asking, places, conditions, sought))
    return Hits(found=found, count=count, more=more, also=reading.also)


def ranked(asking: Asking, match: str, conditions: Conditions, limit: int, after: Place | None) -> tuple[list[Place], int, bool]:
    held = f"p.tokens @@ cast(:match as tsquery) and {conditions.where}" if match else conditions.where
    score = "round(cast(-100 * ts_rank(p.tokens, cast(:match as tsquery), 1) as numeric), 4)" if match else "0"
    values = {**conditions.values, **({"match": match} if match else {})}
    further = "" if after is None else "where (score, heavy, number) > (cast(:score as numeric), cast(:heavy as double precision), :number)"
    asked = {**values, **({} if after is None else dict(zip(("score", "heavy", "number"), after[1:], strict=True)))}
    some = f"select p.number, {score} as score, -p.gravity as heavy from passages p where {held} order by p.number limit {WEIGHED}"
    count = int(asking.execute(f"select count(*) as n from (select 1 from passages p where {held} limit {WEIGHED + 1}) f", values).fetchone()["n"])
    rows = asking.execute(f"select score, heavy, number from ({some}) f {further} order by score, heavy, number limit {int(limit)}", asked)
    return [(0, float(row["score"]), float(row["heavy"]), int(row["number"])) for row in rows], min(count, WEIGHED), count > WEIGHED

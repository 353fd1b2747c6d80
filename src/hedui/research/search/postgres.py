"""The index in PostgreSQL: contents in, tables of `store.fulltext` out, that grow and shrink by contents; and the same search over them.

A word is the lexeme `=word`, a pair of signs a lexeme at its place, so that chains are phrases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hedui.progress import step
from hedui.research.query import Query
from hedui.research.search.asking_postgres import LIKE, PostgresIndex
from hedui.research.search.conditions import conditions_of
from hedui.research.search.contents import Content
from hedui.research.search.hits import Hits
from hedui.research.search.index import GROWN, Fetch, gravity_of, grouped, head_of, ranges, recipe
from hedui.research.search.lexemes import lexeme
from hedui.research.search.reading import Around, around_in, hits_at
from hedui.research.search.schema import NUMBERS, PLACES, content_number, parts_of
from hedui.research.search.stages import Place, ask
from hedui.research.search.terms import Sought, read_terms
from hedui.research.search.words import pairs_of, words_of
from hedui.store import Store
from hedui.store.fulltext import Asking, held_in, indexing, is_laid_out, lay_out, searching, settle
from hedui.store.results import held_results

__all__ = ["around_postgres", "bring_up", "can_be_asked", "search_postgres", "update_postgres"]

MOST_PLACES = 16_383
PASSAGE = ("kind", "start", "end", "page", "text", "figures")


def bring_up(store: Store, wanted: Mapping[str, str], fetch: Fetch) -> None:
    """Sees to it that the index in the database of `store` holds the contents `wanted` (SHA-256 -> version). All share it: contents that others
    opened since stay, a version that the database has a newer one of is not put in, and one in the index goes. DeniedError where the index may
    not be seen, made or changed."""
    held = held_in(store, recipe())
    if held is not None and wanted.items() <= held.items():
        return
    newest = {sha256: version for sha256, version, _ in held_results(store)}
    update_postgres(store, {sha256: version for sha256, version in wanted.items() if newest.get(sha256) == version}, fetch, counting=newest)


def can_be_asked(store: Store) -> bool:
    """Whether the database of `store` has an index as this hedui makes it. DeniedError where it may not be seen."""
    return is_laid_out(store, recipe())


def update_postgres(store: Store, wanted: Mapping[str, str], fetch: Fetch, *, counting: Mapping[str, str] | None = None) -> None:
    """Brings the index in the database of `store` to the contents `wanted` (SHA-256 -> version), as `index.update` does with a file; those that are
    in it and in `counting` stay too."""
    lay_out(store, recipe())
    stay = {**(counting or {}), **wanted}
    with indexing(store) as asking:
        held = {row["sha256"]: row["version"] for row in asking.execute("select sha256, version from contents")}
        for sha256 in held:
            if stay.get(sha256) != held[sha256]:
                take_out(asking, sha256)
    todo = sorted(sha256 for sha256, version in wanted.items() if held.get(sha256) != version)
    done = 0
    for contents in grouped(fetch(todo)) if todo else ():
        with indexing(store) as asking:
            for content in contents:
                put_in(asking, content)
        done += len(contents)
        step("search", done, len(todo))
    if len(todo) > GROWN * len(stay):
        settle(store)


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
    tokens = [vector(row["text"], row["figures"]) for row in content.passages]
    put(asking, "contents", [{"number": number, "sha256": content.sha256, "version": content.version, "file": content.file,
                              "passages": len(tokens), "size": sum(size for _, size in tokens)}])
    gravity = [0.0] * len(content.passages)
    for check in content.checks:
        gravity[check["passage"]] = max(gravity[check["passage"]], gravity_of(check))
    said = {text: said_number(asking, text) for text in sorted({*(row["section"] or "" for row in content.passages),
                                                               *(row["name"] for row in content.claims if row["name"])})}
    put(asking, "passages", [{**{name: row[name] for name in PASSAGE}, "number": base + at, "section": said[row["section"] or ""],
                              "gravity": gravity[at], "tokens": tokens[at][0], "size": tokens[at][1]} for at, row in enumerate(content.passages)])
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
            "tokens": vector(head_of(told))[0]}])


def put(asking: Asking, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        values = ", ".join(f"cast(:{name} as tsvector)" if name == "tokens" else f":{name}" for name in rows[0])
        asking.execute(f"insert into {table} ({columns}) values ({values})", rows)


def said_number(asking: Asking, text: str) -> int:
    asking.execute("insert into said (text) values (:text) on conflict do nothing", {"text": text})
    return int(asking.execute("select number from said where text = :text", {"text": text}).fetchone()["number"])


def vector(text: str, figures: str = "") -> tuple[str, int]:
    """A text as a tsvector, and how many tokens that is. Words have places only so that they can be counted.

    >>> vector("执行率")
    ("'=执行':1 '执行':1 '行率':2 '率':3", 4)
    """
    words, pairs = [f"={word}" for word in (*words_of(text), *figures.split())], pairs_of(text)
    told = [f"{lexeme(one)}:{min(at, MOST_PLACES)}" for some in (words, pairs) for at, one in enumerate(some, start=1)]
    return " ".join(told), len(told)


def search_postgres(store: Store, query: Query, *, limit: int = 20, after: Place | None = None, expand: bool = True) -> Hits:
    """The `limit` best passages for a query from the index in the database of `store`, as `find.search` gives them."""
    reading = read_terms(query.terms, expand=expand)
    conditions = conditions_of(query.filters, driven=bool(reading.wanted), like=LIKE)
    with searching(store) as asking:
        answer = ask(PostgresIndex(asking=asking, conditions=conditions), reading, limit=limit, after=after)
        sought = [one for wanted in reading.wanted for one in wanted.sought]
        found = tuple(hits_at(asking, answer.places, conditions, sought))
    return Hits(found=found, count=answer.count, more=answer.more, also=reading.also, loose=answer.loose)


def around_postgres(store: Store, id: str, sought: Sequence[Sought], *, width: int) -> Around | None:
    """A passage with what stands around it, as `find.around` gives it."""
    with searching(store) as asking:
        return around_in(asking, id, sought, width=width)

"""A query as people type it in, the passages that hold it out, the best first, from an index beside the store that grows by what is new."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from hedui.errors import StoreError
from hedui.research.opened import Opened
from hedui.research.query import Query, parse_query
from hedui.research.search.asking import Place, ask, matching, place_of
from hedui.research.search.conditions import Conditions, conditions_of
from hedui.research.search.contents import contents_in
from hedui.research.search.hits import Hit, Hits
from hedui.research.search.index import connected, damaged, remade, update
from hedui.research.search.marks import marks_in
from hedui.research.search.schema import PLACES
from hedui.research.search.terms import Sought, read_terms

__all__ = ["Around", "around", "index_path", "search", "up_to_date"]

FOLDER, NAME = "search", "index.sqlite"
TABLES = ("reports", "records", "claims", "checks", "mentions", "passages")


def index_path(home: Path) -> Path:
    return home / FOLDER / NAME


def up_to_date(store: Opened) -> Path:
    """Sees to it that the index of a store holds what the store holds; its path."""
    path = index_path(store.home)
    update(path, {key.sha256: key.version for key in store.keys}, partial(fetched, store))
    return path


def fetched(store: Opened, sha256s: Collection[str]) -> Iterator[Any]:
    for table in TABLES:
        store.there(table)
    return contents_in(store.cursor, sha256s)


def search(store: Opened, query: str | Query, *, limit: int = 20, after: str | None = None, expand: bool = True) -> Hits:
    """The `limit` best passages for a query (`parse_query`), behind the hit whose `place` is `after`. With `expand` words are looked for by
    other names too (医保, 医疗保险), told in `also`. UsageError for a query that cannot be understood or asks for nothing, StoreError where there
    is no index to be had."""
    asked = parse_query(query) if isinstance(query, str) else query
    path = up_to_date(store)
    try:
        return found_in(path, asked, limit=limit, after=place_of(after), expand=expand)
    except sqlite3.DatabaseError as error:
        if not remade(error):
            raise StoreError(f"{path}: 检索索引读不出（{error}）· the search index cannot be read") from error
    damaged(path)
    path.unlink(missing_ok=True)
    return found_in(up_to_date(store), asked, limit=limit, after=place_of(after), expand=expand)


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """A passage, and the texts of those right before and behind it."""

    hit: Hit
    before: tuple[str, ...]
    behind: tuple[str, ...]


def around(store: Opened, id: str, query: str = "", *, width: int = 3) -> Around | None:
    """The passage `id` (t-…) with `width` others of its file on either side, what `query` looks for marked in it; None where there is none."""
    told = re.fullmatch(r"t-([0-9a-f]{12})-(\d{1,6})", id)
    if told is None:
        return None
    sought = [one for wanted in read_terms(parse_query(query).terms).wanted for one in wanted.sought]
    with connected(up_to_date(store)) as connection:
        content = connection.execute("select number from contents where sha256 like ? || '%'", [told[1]]).fetchone()
        if content is None:
            return None
        number = content[0] * PLACES + int(told[2])
        texts = dict(connection.execute("select number, text from passages where number between ? and ?", [
            max(number - width, content[0] * PLACES), min(number + width, (content[0] + 1) * PLACES - 1)]))
        if number not in texts:
            return None
        hit = next(iter(hits_at(connection, [(0, 0.0, 0.0, number)], Conditions(), sought)))
    return Around(hit=hit, before=tuple(texts[n] for n in sorted(texts) if n < number), behind=tuple(texts[n] for n in sorted(texts) if n > number))


def found_in(path: Path, query: Query, *, limit: int, after: Place | None, expand: bool) -> Hits:
    reading = read_terms(query.terms, expand=expand)
    conditions = conditions_of(query.filters, driven=bool(reading.wanted))
    if reading.unwanted and not reading.wanted:
        left_out(conditions, reading.unwanted)
    with connected(path) as connection:
        answer = ask(connection, reading, conditions, limit=limit, after=after)
        sought = [one for wanted in reading.wanted for one in wanted.sought]
        found = tuple(hits_at(connection, answer.places, conditions, sought))
    return Hits(found=found, count=answer.count, more=answer.more, also=reading.also, loose=answer.loose)


def left_out(conditions: Conditions, unwanted: Sequence[Any]) -> None:
    """Passages that hold none of what is unwanted, where nothing is wanted."""
    told = conditions.value(" OR ".join(map(matching, unwanted)))
    conditions.sql.append(f"p.number not in (select x.rowid from tokens x where tokens match {told})")


def hits_at(connection: Any, places: Sequence[Place], conditions: Conditions, sought: Sequence[Sought]) -> Iterator[Hit]:
    connection.row_factory = sqlite3.Row
    asked = f" and {conditions.of_claims}" if conditions.of_claims else ""
    for place in places:
        number = place[3]
        row = connection.execute(PASSAGE, {"number": number}).fetchone()
        values = {**conditions.values, "number": number}
        told_of = connection.execute(f"select c.id from claims c where c.passage = :number{asked} order by c.id", values)
        claims = [one["id"] for one in told_of]
        checks = connection.execute("select id, verdict from checks where passage = :number order by gravity desc, id", values).fetchall()
        told = dict(row)
        yield Hit(**told, id=f"t-{told['sha256'][:12]}-{number % PLACES}", marks=marks_in(told["text"], sought), claims=tuple(dict.fromkeys(claims)),
                  checks=tuple(dict.fromkeys(one["id"] for one in checks)),
                  conflicts=tuple(dict.fromkeys(one["id"] for one in checks if one["verdict"] == "conflict")),
                  score=round(-place[1], 2) + 0.0, near=place[0] == 1, place=json.dumps(place))


PASSAGE = f"""
select p.text, p.kind, s.text as section, o.file, o.sha256, r.report, r.title, r.unit, r.region, r.province, r.year, r.programme, p.start, p."end",
  p.page
from passages p join contents o on o.number = p.number / {PLACES} left join said s on s.number = p.section
left join reports r on r.content = o.number and p.number between r.first and r.last where p.number = :number"""

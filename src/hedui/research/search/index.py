"""Contents in, an SQLite index of them out, that grows and shrinks by contents; what a stop leaves half done SQLite undoes.

FTS5 ranks by BM25 over tokens that we make (`words`); its tables hold no text of their own, so that a content is taken out by the same tokens it was
put in by. An index made by other rules, or one that cannot be read, is made anew.
"""

from __future__ import annotations

import hashlib
import inspect
import sqlite3
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from hedui.errors import StoreError
from hedui.export.totals import TIERS
from hedui.progress import step
from hedui.research.derived import alone_in
from hedui.research.search import figures, words
from hedui.research.search.contents import Content
from hedui.research.search.schema import NUMBERS, PLACES, SCHEMA, TABLES, content_number, parts_of
from hedui.research.search.words import pairs_of, words_of

__all__ = ["Fetch", "connected", "damaged", "held_in", "recipe", "remade", "update"]

Fetch = Callable[[Collection[str]], Iterator[Content]]
BATCH = 200
# FTS5 keeps so many bytes in memory before it writes; what it wrote is merged when an index grew by a quarter
HASH_BYTES, GROWN = 48_000_000, 0.25
WAIT_SECONDS = 600
MAPPED = 1 << 30
BROKEN = ("malformed", "not a database", "no such table", "no such column", "corrupt")


@cache
def recipe() -> str:
    """What the tokens and tables depend on; an index made by another recipe is of no use."""
    told = "\n".join(inspect.getsource(module) for module in (words, figures))
    return hashlib.sha256(f"{SCHEMA}\n{TABLES}\n{told}".encode()).hexdigest()[:16]


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """The index at `path`, to read it. sqlite3.DatabaseError where it cannot be."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS)) as connection:
        connection.execute(f"pragma mmap_size = {MAPPED}")
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma cache_size = -64000")
        yield connection


def remade(error: Exception) -> bool:
    """Whether an error of SQLite says that the index is to be made anew."""
    return any(word in str(error) for word in BROKEN)


def damaged(path: Path) -> None:
    """Says that an index is made anew."""
    warnings.warn(f"{path}: 检索索引已损坏，正在重建 · the search index was damaged and is made anew", stacklevel=3)


def held_in(path: Path) -> Mapping[str, str]:
    """The contents of the index with their versions; nothing of one that is not there, cannot be read or was made by other rules."""
    if not path.is_file():
        return {}
    try:
        with connected(path) as connection:
            if dict(connection.execute("select name, value from about")).get("recipe") != recipe():
                return {}
            return dict(connection.execute("select sha256, version from contents"))
    except sqlite3.DatabaseError as error:
        if not remade(error):
            raise StoreError(f"{path}: 检索索引读不出（{error}）· the search index cannot be read") from error
        damaged(path)
        return {}


def update(path: Path, wanted: Mapping[str, str], fetch: Fetch, *, what: str = "search") -> None:
    """Brings the index at `path` to the contents `wanted` (SHA-256 -> version): those that are new or of another version are fetched and added,
    others taken out. Each some hundred are kept at one stroke. StoreError where it cannot be written."""
    if held_in(path) == wanted and path.is_file():
        return
    try:
        with alone_in(path.parent):
            if not held_in(path):
                dropped(path)
            with writing(path) as connection:
                changed(connection, wanted, fetch, what)
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError(f"{path}: 检索索引写不进去（{error}），请检查磁盘和权限 · the search index cannot be written") from error


def dropped(path: Path) -> None:
    """Takes away an index with what SQLite keeps beside it."""
    for old in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        old.unlink(missing_ok=True)


def changed(connection: sqlite3.Connection, wanted: Mapping[str, str], fetch: Fetch, what: str) -> None:
    with stroke(connection):
        if not connection.execute("select 1 from sqlite_master where name = 'contents'").fetchone():
            for statement in TABLES.strip().split(";\n"):
                connection.execute(statement)
            connection.execute("insert into about values ('recipe', ?)", [recipe()])
            for table in ("tokens", "heads"):
                connection.execute(f"insert into {table}({table}, rank) values ('hashsize', {HASH_BYTES})")
    held = dict(connection.execute("select sha256, version from contents"))
    gone = sorted(sha256 for sha256, version in held.items() if wanted.get(sha256) != version)
    for some in grouped(gone):
        with stroke(connection):
            for sha256 in some:
                take_out(connection, sha256)
    todo = sorted(sha256 for sha256 in wanted if held.get(sha256) != wanted[sha256])
    done = 0
    for contents in grouped(fetch(todo)) if todo else ():
        with stroke(connection):
            for content in contents:
                put_in(connection, content)
        done += len(contents)
        step(what, done, len(todo))
    if len(todo) > GROWN * len(wanted):
        connection.execute("insert into tokens(tokens) values ('optimize')")
        connection.execute("analyze")


@contextmanager
def stroke(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def grouped(things: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(things)
    while some := list(islice(rest, BATCH)):
        yield some


def put_in(connection: sqlite3.Connection, content: Content) -> None:
    number = free_number(connection, content.sha256)
    base = number * PLACES
    connection.execute("insert into contents values (?, ?, ?, ?)", [number, content.sha256, content.version, content.file])
    gravity = [0.0] * len(content.passages)
    for check in content.checks:
        if check["verdict"] == "conflict":
            gravity[check["passage"]] = max(gravity[check["passage"]], gravity_of(check))
    said = {text: said_number(connection, text) for text in {
        *(row["section"] or "" for row in content.passages), *(row["name"] for row in content.claims if row["name"])}}
    connection.executemany("insert into passages values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (
        (base + at, row["kind"], said[row["section"] or ""], row["start"], row["end"], row["page"], row["text"], row["figures"], gravity[at])
        for at, row in enumerate(content.passages)))
    connection.executemany("insert into tokens (rowid, words, pairs) values (?, ?, ?)", (
        (base + at, *tokens(row["text"], row["figures"])) for at, row in enumerate(content.passages)))
    connection.executemany(f"insert into claims values ({', '.join('?' * 16)})", (
        (base + row["passage"], row["id"], row["type"], said.get(row["name"]), row["origin"], row["status"], row["measure"], row["level1"],
         row["level2"], *(parts_of(name, row[name]) for name in NUMBERS)) for row in content.claims))
    connection.executemany("insert into checks values (?, ?, ?, ?, ?, ?, ?)", (
        (base + row["passage"], row["id"], row["kind"], row["verdict"], row["tier"], parts_of("confidence", row["confidence"]), gravity_of(row))
        for row in content.checks))
    put_reports(connection, content, number)


def put_reports(connection: sqlite3.Connection, content: Content, number: int) -> None:
    """Its reports, a row each, with the passages from the first to the last; what is in none has a row of its own."""
    for name, (first, last) in ranges(content.passages).items():
        told = next((row for row in content.reports if row["report"] == name), {})
        key = connection.execute("insert into reports values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [
            number, number * PLACES + first, number * PLACES + last, name, content.file,
            *(told.get(column) for column in ("report_title", "report_unit", "report_region", "province", "report_year", "programme", "report_kind")),
            told.get("conflicts") or 0]).lastrowid
        connection.execute("insert into heads (rowid, words, pairs) values (?, ?, ?)", [key, *tokens(head_of(told))])


def ranges(passages: Sequence[Mapping[str, Any]]) -> dict[str | None, tuple[int, int]]:
    found: dict[str | None, tuple[int, int]] = {}
    for at, row in enumerate(passages):
        found[row["report"]] = (found.get(row["report"], (at, at))[0], at)
    return found


def head_of(report: Mapping[str, Any]) -> str:
    return " ".join(report.get(name) or "" for name in ("report_title", "report_unit", "report_region", "programme"))


def tokens(text: str, figures: str = "") -> tuple[str, str]:
    return f"{' '.join(words_of(text))} {figures}", " ".join(pairs_of(text))


def take_out(connection: sqlite3.Connection, sha256: str) -> None:
    number = connection.execute("select number from contents where sha256 = ?", [sha256]).fetchone()[0]
    within = [number * PLACES, (number + 1) * PLACES - 1]
    for passage, *told in connection.execute("select number, text, figures from passages where number between ? and ?", within).fetchall():
        connection.execute("insert into tokens (tokens, rowid, words, pairs) values ('delete', ?, ?, ?)", [passage, *tokens(*told)])
    for key, *told in connection.execute("select number, title, unit, region, programme from reports where content = ?", [number]).fetchall():
        head = " ".join(part or "" for part in told)
        connection.execute("insert into heads (heads, rowid, words, pairs) values ('delete', ?, ?, ?)", [key, *tokens(head)])
    for table in ("claims", "checks"):
        connection.execute(f"delete from {table} where passage between ? and ?", within)
    connection.execute("delete from passages where number between ? and ?", within)
    connection.execute("delete from reports where content = ?", [number])
    connection.execute("delete from contents where number = ?", [number])


def free_number(connection: sqlite3.Connection, sha256: str) -> int:
    number = content_number(sha256)
    while connection.execute("select 1 from contents where number = ?", [number]).fetchone():
        number += 1
    return number


def said_number(connection: sqlite3.Connection, text: str) -> int:
    connection.execute("insert or ignore into said (text) values (?)", [text])
    return int(connection.execute("select number from said where text = ?", [text]).fetchone()[0])


def gravity_of(check: Mapping[str, Any]) -> float:
    """How much a conflict counts among others: figures before values before words, then the surer; 0 for what is no conflict."""
    if check["verdict"] != "conflict":
        return 0.0
    tier = TIERS.index(check["tier"]) if check["tier"] in TIERS else len(TIERS)
    return round(len(TIERS) - tier + (check["confidence"] or 0.0), 4)

"""The tables of the search index: what is searched (`tokens`, contentless, over tokens made by us) and what it is filtered and shown by.

The number of a passage is that of its content times 2^19 and its place there; the number of a content comes from its SHA-256, so that the order
of passages is a shuffle of the contents that does not depend on when each was added.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

__all__ = ["NUMBERS", "PLACES", "SCHEMA", "TABLES", "content_number", "parts", "parts_of"]

SCHEMA = "hedui-search/1"
PLACES = 1 << 19
NUMBER_DIGITS = 11
# yuan are held in parts of 0.0001, other figures in parts of 0.000001: whole numbers compare exactly
SCALES = {"yuan": Decimal(10_000)}
SCALE = Decimal(1_000_000)
MOST = (1 << 63) - 1
# the columns of claims that hold such figures, in their order
NUMBERS = ("yuan", "value", "target", "completion", "score", "weight", "confidence")

TABLES = """
create table about (name text primary key, value text not null) without rowid;
create table contents (number integer primary key, sha256 text not null unique, version text not null, file text not null);
create table reports (
  number integer primary key, content integer not null, first integer not null, last integer not null, report text, file text, title text,
  unit text, region text, province text, year integer, programme text, kind text, conflicts integer not null default 0);
create index reports_of_content on reports (content);
create table said (number integer primary key, text text not null unique);
create table passages (
  number integer primary key, kind text not null, section integer not null, start integer not null, "end" integer not null, page integer,
  text text not null, figures text not null, gravity real not null);
create table claims (
  passage integer not null, id text not null, type text not null, name integer, origin text, status text, measure text, level1 text,
  level2 text, yuan integer, value integer, target integer, completion integer, score integer, weight integer, confidence integer);
create index claims_of_passage on claims (passage);
create index claims_by_name on claims (name, value);
create table checks (
  passage integer not null, id text not null, kind text not null, verdict text not null, tier text, confidence integer, gravity real not null);
create index checks_of_passage on checks (passage);
create virtual table tokens using fts5(words, pairs, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.%=-'");
create virtual table heads using fts5(words, pairs, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.%=-'");
"""


def content_number(sha256: str) -> int:
    """The number of a content by its SHA-256: 44 bits of it."""
    return int(sha256[:NUMBER_DIGITS], 16)


def parts(column: str, figure: Decimal) -> int:
    """A figure in whole parts of its column's scale, the nearest; the greatest there is for what is greater."""
    return max(min(int((figure * SCALES.get(column, SCALE)).to_integral_value()), MOST), -MOST)


def parts_of(column: str, figure: Any) -> int | None:
    """The same of what a table holds, None for nothing."""
    return None if figure is None else parts(column, figure if isinstance(figure, Decimal) else Decimal(str(figure)))

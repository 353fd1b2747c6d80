"""The tables of the store, as SQLAlchemy sees them; the migrations make them.

documents   one row a content (sha256) · names: what that content was called
results     what one version of hedui read in one content, with the whole output, compressed
reports, mentions, claims, checks, records, issues   the rows of a result, by their place in it
runs        one row a set of inputs and a version · run_files: what each input came to, failures with their cause
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

__all__ = ["CHILDREN", "checks", "claims", "documents", "issues", "mentions", "metadata", "names",
           "records", "reports", "results", "run_files", "runs"]

metadata = MetaData()
Digest = String(64)
Id = String(32)


def held(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *more: ForeignKey) -> Column[Any]:
    """A column that is never empty."""
    return Column(name, kind, *more, nullable=False)


def child(name: str, *columns: Column[Any]) -> Table:
    """A table of rows that belong to a result; `place` counts them from 0."""
    return Table(
        name, metadata,
        Column("result", Id, ForeignKey("results.id", ondelete="CASCADE"), primary_key=True),
        Column("place", Integer, primary_key=True),
        *columns,
    )


documents = Table(
    "documents", metadata,
    Column("sha256", Digest, primary_key=True), held("media_type", Text),
    Column("pages", Integer), held("characters", Integer),
    held("first_seen", DateTime(timezone=True)),
)
names = Table(
    "names", metadata,
    Column("sha256", Digest, ForeignKey("documents.sha256"), primary_key=True), Column("name", Text, primary_key=True),
)
results = Table(
    "results", metadata,
    Column("id", Id, primary_key=True), held("sha256", Digest, ForeignKey("documents.sha256")),
    held("version", String(64)), held("output", LargeBinary),
    held("made", DateTime(timezone=True)),
)
reports = child(
    "reports",
    held("id", Id), held("start", Integer), held("end", Integer),
    Column("title", Text), held("kind", String(32)), Column("unit", Text), Column("region", Text),
    Column("year", Integer), Column("programme", Text),
)
mentions = child(
    "mentions",
    held("id", Id), held("report", Id), held("label", String(16)),
    held("start", Integer), held("end", Integer), held("text", Text),
    Column("value", Text), held("unit", Text), Column("op", String(2)),
    held("confidence", Float),
)
claims = child(
    "claims",
    held("id", Id), held("report", Id), held("type", String(16)),
    held("origin", String(16)), held("start", Integer),
    held("end", Integer), held("fields", Text),
    held("mentions", Text), held("confidence", Float),
)
checks = child(
    "checks",
    held("id", Id), held("report", Id), held("kind", String(16)),
    held("verdict", String(16)), held("tier", String(16)),
    held("note", Text), held("computed", Text), held("stated", Text),
    held("start", Integer), held("end", Integer),
    held("inputs", Text), held("claims", Text),
    held("confidence", Float),
)
records = child(
    "records",
    held("id", Id), held("report", Id), held("type", String(16)),
    held("status", String(16)), held("fields", Text),
    held("claims", Text), held("checks", Text),
    held("confidence", Float),
)
issues = child("issues", held("where", Text), held("what", Text))
CHILDREN = (reports, mentions, claims, checks, records, issues)
runs = Table(
    "runs", metadata,
    Column("id", Id, primary_key=True), held("version", String(64)),
    held("started", DateTime(timezone=True)), Column("finished", DateTime(timezone=True)),
)
run_files = Table(
    "run_files", metadata,
    Column("run", Id, ForeignKey("runs.id"), primary_key=True), Column("name", Text, primary_key=True),
    Column("sha256", Digest), Column("failure", Text),
)

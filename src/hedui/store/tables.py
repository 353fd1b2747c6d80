"""The tables of the store, as SQLAlchemy sees them; the migrations make them.

documents   one row a content (sha256) · names: what that content was called
results     what one version of hedui read in one content · outputs: the whole of it, packed (`hedui.store.packing`), and the raw signals of
            its confidences
parsed      a content as one version of the readers left it, packed
reports, records, conflicts, issues   what is asked for across documents, from the newest result of each content alone, by their place in it:
            records by name, checks that do not close; all the rest lies in the output
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

__all__ = ["CHILDREN", "Digest", "Id", "Seq", "conflicts", "documents", "held", "issues", "metadata", "names", "outputs", "parsed", "records",
           "reports", "results"]

metadata = MetaData()
Digest = String(64)
Id = String(32)
Seq = BigInteger().with_variant(Integer, "sqlite")


def held(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *more: ForeignKey) -> Column[Any]:
    """A column that is never empty."""
    return Column(name, kind, *more, nullable=False)


def child(name: str, *columns: Column[Any] | Index) -> Table:
    """A table of rows that belong to a result and lie together by its number; `place` counts them from 0."""
    return Table(
        name, metadata,
        Column("result", Seq, ForeignKey("results.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        Column("place", Integer, primary_key=True, autoincrement=False),
        *columns, sqlite_with_rowid=False,
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
    Column("number", Seq, primary_key=True, autoincrement=True), held("id", Id), held("sha256", Digest, ForeignKey("documents.sha256")),
    held("version", String(64)), held("made", DateTime(timezone=True)),
    Index("results_id", "id", unique=True), Index("results_content", "sha256", "number"),
)
outputs = Table(
    "outputs", metadata,
    Column("result", Seq, ForeignKey("results.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    held("output", LargeBinary), Column("signals", LargeBinary), Column("profile", Text),
)
parsed = Table(
    "parsed", metadata,
    Column("sha256", Digest, ForeignKey("documents.sha256"), primary_key=True), Column("readers", String(64), primary_key=True),
    held("document", LargeBinary),
)
reports = child(
    "reports",
    held("id", Id), held("start", Integer), held("end", Integer),
    Column("title", Text), held("kind", String(32)), Column("unit", Text), Column("region", Text),
    Column("year", Integer), Column("programme", Text),
)
records = child(
    "records",
    held("id", Id), held("report", Integer), held("type", String(16)), held("status", String(16)),
    held("name", Text), held("filled", Integer), held("confidence", Float), Index("records_asked", "type", "status", "confidence"),
)
conflicts = child(
    "conflicts",
    held("id", Id), held("report", Integer), held("kind", String(16)), held("verdict", String(16)), held("tier", String(16)),
    held("note", Text), held("confidence", Float),
)
issues = child("issues", held("where", Text), held("what", Text))
CHILDREN = (reports, records, conflicts, issues)

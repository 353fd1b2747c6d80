"""The table of what was learned from corrections; the migrations make it.

learned      what people decided on proposals, in the order they did; rows are added and never changed, the last one of a key counts
"""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Index, String, Table, Text

from hedui.store.tables import Id, Seq, held, metadata

__all__ = ["learned"]

learned = Table(
    "learned", metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True), held("key", Id), held("decision", String(16)), held("file", Text), held("row", Text),
    held("told", Text), held("person", Id, ForeignKey("people.id")), held("at", DateTime(timezone=True)), Index("learned_key", "key", "seq"),
)

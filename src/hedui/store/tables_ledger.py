"""The tables of the ledger: what came in, where it lies, and what became of it; the migrations make them.

versions   the digests behind a version (readers, rules, lexicons, weights, model), as JSON
inputs     one row a content that is to be read, by its SHA-256 (of a case: by that of its files in their order)
places     every path or address that holds an input, with its name, as the run that listed it last saw it; an archive as a whole holds none
looks      what a file was found to hold when it was looked at, packed, by its content and name
runs       one row a run: its inputs, its version, when, and its story in figures
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from hedui.store.tables import Digest, Id, held, metadata

__all__ = ["inputs", "looks", "places", "runs", "versions"]

Moment = DateTime(timezone=True)

versions = Table("versions", metadata, Column("version", String(64), primary_key=True), held("digests", Text), held("first_used", Moment))
inputs = Table(
    "inputs", metadata,
    Column("sha256", Digest, primary_key=True), held("name", Text), held("path", Text), held("parts", Text), held("bytes", BigInteger),
    held("state", String(12)), held("stage", String(8)), held("attempts", Integer), held("deaths", Integer), held("cause", Text),
    Column("seconds", Float), Column("version", String(64)), Column("holder", Text), Column("until", Moment), held("changed", Moment),
    Index("inputs_state", "state", "name"),
)
places = Table(
    "places", metadata,
    Column("place", Text, primary_key=True), held("name", Text), Column("input", Digest, ForeignKey("inputs.sha256")), Column("sha256", Digest),
    held("stamp", Text), held("run", Id), Index("places_input", "input", "run"), Index("places_run", "run"),
)
looks = Table("looks", metadata, Column("key", Text, primary_key=True), held("told", LargeBinary))
runs = Table(
    "runs", metadata,
    Column("id", Id, primary_key=True), held("version", String(64)), held("started", Moment), Column("finished", Moment),
    held("inputs", Text), held("story", Text),
)

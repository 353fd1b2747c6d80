"""The tables of the review desk; the migrations make them.

events       what people said of findings, in the order they said it; rows are added and never changed
tasks        what is to be looked at: one row a finding of a report, with the reason why
routed       which contents have had their tasks laid out, and from which result
people       who works at the desk · sessions: who is signed in · invitations: links that make an account, once
attempts     sign-ins that failed, so that guessing is slowed down
readings     who reads a report blind, when they were done, and when an adjudicator had settled what they differ on
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Float, ForeignKey, Index, Integer, String, Table, Text

from hedui.store.tables import Digest, Id, Seq, held, metadata

__all__ = ["attempts", "events", "invitations", "people", "readings", "routed", "sessions", "tasks"]

Moment = DateTime(timezone=True)


def content_of() -> Column[str]:
    return held("sha256", Digest, ForeignKey("documents.sha256"))


people = Table(
    "people", metadata,
    Column("id", Id, primary_key=True), held("name", String(64)), held("role", String(16)), held("secret", Text),
    held("active", Boolean), held("made", Moment), Index("people_name", "name", unique=True),
)
sessions = Table(
    "sessions", metadata,
    Column("digest", Digest, primary_key=True), held("person", Id, ForeignKey("people.id")), held("csrf", Digest),
    held("made", Moment), held("ends", Moment),
)
invitations = Table(
    "invitations", metadata,
    Column("digest", Digest, primary_key=True), held("role", String(16)), Column("person", Id, ForeignKey("people.id")),
    held("made", Moment), held("ends", Moment), Column("used", Moment),
)
attempts = Table(
    "attempts", metadata,
    Column("id", Seq, primary_key=True, autoincrement=True), held("key", String(128)), held("at", Moment), Index("attempts_key", "key", "at"),
)
events = Table(
    "events", metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True), content_of(), held("report", Id), held("reading", Id), held("target", Id),
    held("kind", String(16)), held("act", String(16)), held("before", Text), held("after", Text), held("group", Id),
    held("person", Id, ForeignKey("people.id")), held("at", Moment), held("version", String(64)),
    Index("events_report", "sha256", "report", "reading", "seq"), Index("events_group", "group"),
)
routed = Table(
    "routed", metadata,
    Column("sha256", Digest, ForeignKey("documents.sha256"), primary_key=True), held("result", Id, ForeignKey("results.id")), held("at", Moment),
)
tasks = Table(
    "tasks", metadata,
    Column("id", Id, primary_key=True), content_of(), held("report", Id), held("reading", Id), held("target", Id), held("kind", String(16)),
    held("type", String(16)), held("reason", String(16)), held("weight", Float), held("confidence", Float), held("title", Text),
    held("file", Text), Column("region", Text), Column("unit", Text), Column("year", Integer),
    held("state", String(16)), Column("assigned", Id, ForeignKey("people.id")), Column("holder", Id, ForeignKey("people.id")),
    Column("held_until", Moment), Column("done_by", Id, ForeignKey("people.id")), Column("done_at", Moment),
    Column("chance", Float, nullable=False, server_default="1"),
    Index("tasks_order", "reading", "state", "weight", "id"), Index("tasks_region", "reading", "region", "state", "weight", "id"),
    Index("tasks_unit", "reading", "unit", "state", "weight", "id"),
    Index("tasks_counted", "reading", "state", "reason", "type", "year", "confidence"),
    Index("tasks_report", "sha256", "report", "reading"),
    Index("tasks_target", "sha256", "target"),
)
readings = Table(
    "readings", metadata,
    Column("sha256", Digest, ForeignKey("documents.sha256"), primary_key=True), Column("report", Id, primary_key=True),
    Column("person", Id, ForeignKey("people.id"), primary_key=True), held("made", Moment), Column("done", Moment),
    Column("judged", Moment), Index("readings_person", "person"),
)

"""The tables of the review desk. The first table of corrections goes, but for one that somebody filled."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

CONTENT = ("sha256", "digest", "documents.sha256")
TABLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "people": (("id", "id!"), ("name", "name"), ("role", "short"), ("secret", "text"), ("active", "bool"), ("made", "moment")),
    "sessions": (("digest", "digest!"), ("person", "id", "people.id"), ("csrf", "digest"), ("made", "moment"), ("ends", "moment")),
    "invitations": (("digest", "digest!"), ("role", "short"), ("person", "id?", "people.id"), ("made", "moment"), ("ends", "moment"),
                    ("used", "moment?")),
    "attempts": (("id", "seq!"), ("key", "key"), ("at", "moment")),
    "events": (("seq", "seq!"), CONTENT, ("report", "id"), ("reading", "id"), ("target", "id"), ("kind", "short"), ("act", "short"),
               ("before", "text"), ("after", "text"), ("group", "id"), ("person", "id", "people.id"), ("at", "moment"), ("version", "name")),
    "routed": (("sha256", "digest!", "documents.sha256"), ("result", "id", "results.id"), ("at", "moment")),
    "tasks": (("id", "id!"), CONTENT, ("report", "id"), ("reading", "id"), ("target", "id"), ("kind", "short"), ("type", "short"),
              ("reason", "short"), ("weight", "float"), ("confidence", "float"), ("title", "text"), ("file", "text"), ("region", "text?"),
              ("unit", "text?"), ("year", "int?"), ("state", "short"), ("assigned", "id?", "people.id"), ("holder", "id?", "people.id"),
              ("held_until", "moment?"), ("done_by", "id?", "people.id"), ("done_at", "moment?")),
    "readings": (("sha256", "digest!", "documents.sha256"), ("report", "id!"), ("person", "id!", "people.id"), ("made", "moment"),
                 ("done", "moment?")),
}
INDEXES = (
    ("people_name", "people", ("name",)), ("attempts_key", "attempts", ("key", "at")),
    ("events_report", "events", ("sha256", "report", "reading", "seq")), ("events_group", "events", ("group",)),
    ("tasks_order", "tasks", ("reading", "state", "weight", "id")), ("tasks_region", "tasks", ("reading", "region", "state", "weight", "id")),
    ("tasks_unit", "tasks", ("reading", "unit", "state", "weight", "id")),
    ("tasks_counted", "tasks", ("reading", "state", "reason", "type", "year", "confidence")),
    ("tasks_report", "tasks", ("sha256", "report", "reading")),
    ("tasks_target", "tasks", ("sha256", "target")),
)
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TYPES: dict[str, Any] = {
    "id": sa.String(32), "int": sa.Integer(), "text": sa.Text(), "short": sa.String(16), "float": sa.Float(), "name": sa.String(64),
    "digest": sa.String(64), "key": sa.String(128), "bool": sa.Boolean(), "moment": sa.DateTime(timezone=True), "seq": SEQ,
}
KEEP_SQLITE = """CREATE TRIGGER events_no_{what} BEFORE {what} ON events
BEGIN SELECT RAISE(ABORT, 'events are added and never changed'); END"""
KEEP_POSTGRES = (
    """CREATE FUNCTION events_keep() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are added and never changed'; END $$""",
    """CREATE TRIGGER events_keep BEFORE UPDATE OR DELETE ON events
FOR EACH ROW EXECUTE FUNCTION events_keep()""",
)


def column(name: str, kind: str, points_to: str | None = None) -> sa.Column[object]:
    foreign = [sa.ForeignKey(points_to)] if points_to else []
    return sa.Column(name, TYPES[kind.rstrip("!?")], *foreign, primary_key=kind.endswith("!"), nullable=kind.endswith("?"),
                     autoincrement=True if kind == "seq!" else "auto")


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.create_table(table, *(column(*one) for one in columns))
    for name, table, held in INDEXES:
        op.create_index(name, table, list(held), unique=name == "people_name")
    postgres = op.get_bind().dialect.name == "postgresql"
    if not op.get_bind().execute(sa.text("SELECT count(*) FROM corrections")).scalar():
        op.drop_table("corrections")
        if postgres:
            op.execute("DROP FUNCTION corrections_keep()")
    for statement in KEEP_POSTGRES if postgres else [KEEP_SQLITE.format(what=what) for what in ("UPDATE", "DELETE")]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("events are kept: go back to a copy of the store instead")

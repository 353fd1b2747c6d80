"""The first tables: documents, results and their rows, runs, corrections that are added and never changed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CHILDREN: dict[str, tuple[tuple[str, str], ...]] = {
    "reports": (("id", "id"), ("start", "int"), ("end", "int"), ("title", "text?"), ("kind", "word"),
                ("unit", "text?"), ("region", "text?"), ("year", "int?"), ("programme", "text?")),
    "mentions": (("id", "id"), ("report", "id"), ("label", "short"), ("start", "int"), ("end", "int"),
                 ("text", "text"), ("value", "text?"), ("unit", "text"), ("op", "op?"), ("confidence", "float")),
    "claims": (("id", "id"), ("report", "id"), ("type", "short"), ("origin", "short"), ("start", "int"),
               ("end", "int"), ("fields", "text"), ("mentions", "text"), ("confidence", "float")),
    "checks": (("id", "id"), ("report", "id"), ("kind", "short"), ("verdict", "short"), ("tier", "short"),
               ("note", "text"), ("computed", "text"), ("stated", "text"), ("start", "int"), ("end", "int"),
               ("inputs", "text"), ("claims", "text"), ("confidence", "float")),
    "records": (("id", "id"), ("report", "id"), ("type", "short"), ("status", "short"), ("fields", "text"),
                ("claims", "text"), ("checks", "text"), ("confidence", "float")),
    "issues": (("where", "text"), ("what", "text")),
}
TYPES: dict[str, Any] = {
    "id": sa.String(32), "int": sa.Integer(), "text": sa.Text(), "word": sa.String(32), "short": sa.String(16),
    "op": sa.String(2), "float": sa.Float(),
}
KEEP_SQLITE = """CREATE TRIGGER corrections_no_{what} BEFORE {what} ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections are added and never changed'); END"""
KEEP_POSTGRES = (
    """CREATE FUNCTION corrections_keep() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'corrections are added and never changed'; END $$""",
    """CREATE TRIGGER corrections_keep BEFORE UPDATE OR DELETE ON corrections
FOR EACH ROW EXECUTE FUNCTION corrections_keep()""",
)


def moment(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def column(name: str, kind: str) -> sa.Column[object]:
    return sa.Column(name, TYPES[kind.rstrip("?")], nullable=kind.endswith("?"))


def upgrade() -> None:
    op.create_table(
        "documents", sa.Column("sha256", sa.String(64), primary_key=True), column("media_type", "text"),
        column("pages", "int?"), column("characters", "int"), moment("first_seen"))
    op.create_table(
        "names", sa.Column("sha256", sa.String(64), sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True))
    op.create_table(
        "results", sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("documents.sha256"), nullable=False, index=True),
        sa.Column("version", sa.String(64), nullable=False), sa.Column("output", sa.LargeBinary(), nullable=False),
        moment("made"))
    for table, columns in CHILDREN.items():
        op.create_table(
            table,
            sa.Column("result", sa.String(32), sa.ForeignKey("results.id", ondelete="CASCADE"), primary_key=True),
            sa.Column("place", sa.Integer(), primary_key=True), *(column(*one) for one in columns))
    op.create_table(
        "runs", sa.Column("id", sa.String(32), primary_key=True), sa.Column("version", sa.String(64), nullable=False),
        moment("started"), moment("finished", empty=True))
    op.create_table(
        "run_files", sa.Column("run", sa.String(32), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True), sa.Column("sha256", sa.String(64)), column("failure", "text?"))
    op.create_table(
        "corrections", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("documents.sha256"), nullable=False, index=True),
        column("target", "id"), column("field", "text"), column("value", "text?"), column("author", "text"),
        column("note", "text"), moment("made"))
    keep = KEEP_POSTGRES if op.get_bind().dialect.name == "postgresql" else [
        KEEP_SQLITE.format(what=what) for what in ("UPDATE", "DELETE")]
    for statement in keep:
        op.execute(statement)


def downgrade() -> None:
    for table in ("corrections", "run_files", "runs", *reversed(CHILDREN), "results", "names", "documents"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION corrections_keep()")

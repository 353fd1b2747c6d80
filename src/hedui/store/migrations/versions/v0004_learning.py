"""What people accepted of what repeats in their corrections, append-only; tasks know the probability with which they were routed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# what was audited before had the share that the desk has when nobody asks for another
AUDIT = 0.02
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = "what was learned is added and never changed"
KEEP_SQLITE = (
    *(f"CREATE TRIGGER learned_no_{what} BEFORE {what} ON learned\nBEGIN SELECT RAISE(ABORT, '{KEPT}'); END" for what in ("UPDATE", "DELETE")),
    f"""CREATE TRIGGER learned_no_replace BEFORE INSERT ON learned
WHEN EXISTS (SELECT 1 FROM learned WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, '{KEPT}'); END""",
)
KEEP_POSTGRES = (
    f"""CREATE FUNCTION learned_keep() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$""",
    "CREATE TRIGGER learned_keep BEFORE UPDATE OR DELETE ON learned\nFOR EACH ROW EXECUTE FUNCTION learned_keep()",
    "CREATE TRIGGER learned_keep_all BEFORE TRUNCATE ON learned\nFOR EACH STATEMENT EXECUTE FUNCTION learned_keep()",
)


def upgrade() -> None:
    op.add_column("tasks", sa.Column("chance", sa.Float(), nullable=False, server_default="1"))
    op.execute(sa.text("UPDATE tasks SET chance = :audit WHERE reason = 'audit'").bindparams(audit=AUDIT))
    op.create_table(
        "learned",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=True), sa.Column("key", sa.String(32), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False), sa.Column("file", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False), sa.Column("told", sa.Text(), nullable=False),
        sa.Column("person", sa.String(32), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False))
    op.create_index("learned_key", "learned", ["key", "seq"])
    for statement in KEEP_POSTGRES if op.get_bind().dialect.name == "postgresql" else KEEP_SQLITE:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was learned is kept: go back to a copy of the store instead")

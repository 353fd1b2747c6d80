"""The ledger: every input accounted for. What earlier versions read counts as done; their runs, which were named by content, are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Moment = sa.DateTime(timezone=True)
FILL = """INSERT INTO inputs (sha256, name, path, parts, bytes, state, stage, attempts, deaths, cause, version, changed)
SELECT r.sha256, COALESCE((SELECT MIN(n.name) FROM names n WHERE n.sha256 = r.sha256), r.sha256), '', '[]', 0, 'done', 'read', 1, 0, '',
       r.version, r.made
FROM results r WHERE r.id = (SELECT l.id FROM results l WHERE l.sha256 = r.sha256 ORDER BY l.made DESC, l.id LIMIT 1)"""


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "versions", sa.Column("version", sa.String(64), primary_key=True), text("digests"), sa.Column("first_used", Moment, nullable=False))
    op.create_table(
        "inputs",
        sa.Column("sha256", sa.String(64), primary_key=True), text("name"), text("path"), text("parts"),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False), sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False), sa.Column("deaths", sa.Integer(), nullable=False), text("cause"),
        sa.Column("seconds", sa.Float()), sa.Column("version", sa.String(64)), sa.Column("holder", sa.Text()), sa.Column("until", Moment),
        sa.Column("changed", Moment, nullable=False))
    op.create_index("inputs_state", "inputs", ["state", "name"])
    op.create_table(
        "places",
        sa.Column("place", sa.Text(), primary_key=True), text("name"),
        sa.Column("input", sa.String(64), sa.ForeignKey("inputs.sha256")), sa.Column("sha256", sa.String(64)),
        text("stamp"), sa.Column("run", sa.String(32), nullable=False))
    op.create_index("places_input", "places", ["input", "run"])
    op.create_index("places_run", "places", ["run"])
    op.create_table("looks", sa.Column("key", sa.Text(), primary_key=True), sa.Column("told", sa.LargeBinary(), nullable=False))
    op.execute(FILL)
    op.drop_table("run_files")
    op.add_column("runs", sa.Column("inputs", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("runs", sa.Column("story", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    raise NotImplementedError("the ledger is kept: go back to a copy of the store instead")

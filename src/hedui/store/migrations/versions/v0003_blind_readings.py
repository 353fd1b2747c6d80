"""Blind readings know when they were judged; events withstand what goes round row triggers: REPLACE and TRUNCATE."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# SQLite deletes the row that INSERT OR REPLACE meets without asking the triggers that guard deletion
KEEP_SQLITE = """CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'events are added and never changed'); END"""
KEEP_POSTGRES = """CREATE TRIGGER events_keep_all BEFORE TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION events_keep()"""


def upgrade() -> None:
    op.add_column("readings", sa.Column("judged", sa.DateTime(timezone=True), nullable=True))
    op.create_index("readings_person", "readings", ["person"])
    op.execute(KEEP_POSTGRES if op.get_bind().dialect.name == "postgresql" else KEEP_SQLITE)


def downgrade() -> None:
    raise NotImplementedError("events are kept: go back to a copy of the store instead")

"""Results have numbers, outputs a table of their own beside raw signals and parsed documents; rows are kept of the newest result of a content
alone, and only those that are asked for across documents: reports, records by name, checks that do not close, issues."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID, DIGEST, SHORT, WORD, TEXT, WHOLE = sa.String(32), sa.String(64), sa.String(16), sa.String(32), sa.Text(), sa.Integer()
BATCH = 200
GONE = ("reports", "mentions", "claims", "checks", "records", "issues", "results")


def held(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def child(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return op.create_table(
        name, sa.Column("result", SEQ, sa.ForeignKey("new_results.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False), *columns, sqlite_with_rowid=False)


def record_told(fields: str) -> tuple[str, int]:
    filled = {key: value for key, value in json.loads(fields).items() if value not in (None, "", [])}
    return str(filled.get("name") or filled.get("title") or filled.get("scope") or filled.get("number") or ""), len(filled)


def upgrade() -> None:
    results = op.create_table(
        "new_results", sa.Column("number", SEQ, primary_key=True, autoincrement=True), held("id", ID),
        sa.Column("sha256", DIGEST, sa.ForeignKey("documents.sha256"), nullable=False), held("version", DIGEST),
        held("made", sa.DateTime(timezone=True)))
    op.create_table(
        "outputs", sa.Column("result", SEQ, sa.ForeignKey("new_results.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        held("output", sa.LargeBinary()), sa.Column("signals", sa.LargeBinary()), sa.Column("profile", sa.Text()))
    op.create_table(
        "parsed", sa.Column("sha256", DIGEST, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("readers", DIGEST, primary_key=True), held("document", sa.LargeBinary()))
    reports = child("new_reports", held("id", ID), held("start", sa.Integer()), held("end", sa.Integer()), sa.Column("title", TEXT),
                    held("kind", WORD), sa.Column("unit", TEXT), sa.Column("region", TEXT), sa.Column("year", sa.Integer()),
                    sa.Column("programme", TEXT))
    records = child("new_records", held("id", ID), held("report", WHOLE), held("type", SHORT), held("status", SHORT), held("name", TEXT),
                    held("filled", WHOLE), held("confidence", sa.Float()))
    conflicts = child("conflicts", held("id", ID), held("report", WHOLE), held("kind", SHORT), held("verdict", SHORT), held("tier", SHORT),
                      held("note", TEXT), held("confidence", sa.Float()))
    issues = child("new_issues", held("where", TEXT), held("what", TEXT))
    op.execute("INSERT INTO new_results (id, sha256, version, made) SELECT id, sha256, version, made FROM results ORDER BY made, id")
    op.execute("INSERT INTO outputs (result, output) SELECT number, output FROM new_results JOIN results ON results.id = new_results.id")
    move_rows(results, reports, records, conflicts, issues)
    take_places()


def move_rows(results: sa.Table, reports: sa.Table, records: sa.Table, conflicts: sa.Table, issues: sa.Table) -> None:
    """The rows of the newest result of every content, to the tables they now lie in."""
    base = op.get_bind()
    newest = base.execute(sa.select(sa.func.max(results.c.number), sa.func.count()).group_by(results.c.sha256)).all()
    for at in range(0, len(newest), BATCH):
        numbers = [number for number, _ in newest[at:at + BATCH]]
        ids = {row.id: row.number for row in base.execute(sa.select(results.c.id, results.c.number).where(results.c.number.in_(numbers)))}

        def rows(table: str, ids: dict[str, int] = ids) -> list[dict[str, object]]:
            old = sa.table(table, sa.column("result"), sa.column("place"))
            asked = sa.select(sa.text("*")).select_from(old).where(old.c.result.in_(list(ids))).order_by(old.c.result, old.c.place)
            return [{**row, "result": ids[row["result"]]} for row in base.execute(asked).mappings()]

        place = {(row["result"], row["id"]): row["place"] for row in rows("reports")}
        found = {
            reports: rows("reports"), issues: rows("issues"),
            records: [{**row, "report": place[row["result"], row["report"]], "name": told[0], "filled": told[1]}
                      for row in rows("records") for told in [record_told(str(row["fields"]))]],
            conflicts: [{**row, "report": place[row["result"], row["report"]]} for row in rows("checks") if row["verdict"] != "consistent"],
        }
        for table, many in found.items():
            names = [column.name for column in table.c]
            if many:
                base.execute(table.insert(), [{name: row[name] for name in names} for row in many])


def take_places() -> None:
    """The new tables take the names of the old ones; what points to results is put aside meanwhile."""
    postgres = op.get_bind().dialect.name == "postgresql"
    op.execute("CREATE TABLE aside AS SELECT * FROM routed")
    op.execute("DELETE FROM routed")
    for table in GONE:
        op.execute(f"DROP TABLE {table}{' CASCADE' if postgres else ''}")
    for table in ("results", "reports", "records", "issues"):
        op.rename_table(f"new_{table}", table)
    op.create_index("results_id", "results", ["id"], unique=True)
    op.create_index("results_content", "results", ["sha256", "number"])
    op.create_index("records_asked", "records", ["type", "status", "confidence"])
    if postgres:
        op.create_foreign_key("routed_result_fkey", "routed", "results", ["result"], ["id"])
    op.execute("INSERT INTO routed SELECT * FROM aside")
    op.drop_table("aside")


def downgrade() -> None:
    raise NotImplementedError("rows are gone that only another reading makes again: go back to a copy of the store instead")

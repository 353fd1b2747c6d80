"""Findings in, kept for good in SQLite or PostgreSQL: the only home of SQLAlchemy and Alembic."""

from hedui.store.store import Store

__all__ = ["Store"]

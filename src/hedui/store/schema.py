"""A database in, the same database with the tables of this version out; StoreError where a newer hedui made it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from hedui.errors import StoreError

__all__ = ["bring_up", "state"]

ONE_AT_A_TIME = 0x6865647569  # of all locks of a PostgreSQL database this one is held by who makes our tables


@contextmanager
def migrations() -> Iterator[Config]:
    with as_file(files("hedui.store").joinpath("migrations")) as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        yield config


def state(connection: Connection) -> Literal["new", "current", "other"]:
    """Whether there are no tables yet, or those of this version, or of another one."""
    with migrations() as config:
        found = MigrationContext.configure(connection).get_current_revision()
        return "new" if found is None else "current" if found == ScriptDirectory.from_config(config).get_current_head() else "other"


def bring_up(connection: Connection, *, name: str) -> None:
    """Runs the migrations that the store `name` lacks, inside the transaction of `connection`; of several who try, one does."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=ONE_AT_A_TIME))
    with migrations() as config:
        config.attributes["connection"] = connection
        known = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in {script.revision for script in known.walk_revisions()}:
            raise StoreError(
                f"{name}: 由更新版本的 hedui 建立（{current}），请升级 hedui 或换一个输出文件夹 · "
                f"made by a newer hedui, upgrade or choose another output folder"
            )
        if current != known.get_current_head():
            command.upgrade(config, "head")

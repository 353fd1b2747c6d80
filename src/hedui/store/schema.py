"""A database in, the same database with the tables of this version out; StoreError where a newer hedui made it."""

from __future__ import annotations

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from hedui.errors import StoreError

__all__ = ["bring_up"]


def bring_up(connection: Connection, *, name: str) -> None:
    """Runs the migrations that the store `name` lacks, inside the transaction of `connection`."""
    with as_file(files("hedui.store").joinpath("migrations")) as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection
        known = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current == known.get_current_head():
            return
        if current is not None and current not in {script.revision for script in known.walk_revisions()}:
            raise StoreError(
                f"{name}: 由更新版本的 hedui 建立（{current}），请升级 hedui 或换一个输出文件夹 · "
                f"made by a newer hedui, upgrade or choose another output folder"
            )
        command.upgrade(config, "head")

"""An address in, a database engine out; what goes wrong with a database in, StoreError with one clear line out.

SQLite keeps a write-ahead log, so that others may read while a run writes. Transactions that write take the lock at
once, those that read (`execution_options(reading=True)`) take none; `outside=True` begins none.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from hedui.errors import DeniedError, StoreError

__all__ = ["guarded", "make_engine", "shown"]

WAIT_SECONDS = 30
# the log goes over into the file when it has grown to so many pages (16 MB): many results change the same pages of an index, which are then
# written and synced once (https://sqlite.org/wal.html#ckpt)
LOG_PAGES = 4000
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
CAUSES = (
    ("disk is full", "磁盘已满，请腾出空间后再运行 · the disk is full, free some space and run again"),
    ("locked", "被另一个程序占用，请稍后再运行 · in use by another program, run again later"),
    ("not a database", "不是可用的数据库，请换一个输出文件夹 · not a sound database, choose another output folder"),
    ("malformed", "数据库已损坏，请换一个输出文件夹 · the database is damaged, choose another output folder"),
    ("readonly", "没有写入权限 · not writable"),
    ("unable to open", "无法打开，请检查文件夹与权限 · cannot be opened, check the folder and its permissions"),
    ("disk I/O", "磁盘读写出错 · the disk reports an error"),
)
# insufficient_privilege, read_only_sql_transaction (PostgreSQL, appendix A)
DENIED = frozenset({"42501", "25006"})


def shown(address: str | Path) -> str:
    """`address` as a message may show it: a URL without the name and password in it, and without what is asked behind `?`, which may hold them.

    >>> shown("postgresql+psycopg://auditor:secret@base.example/hedui")
    'postgresql+psycopg://base.example/hedui'
    """
    kind, between, place = str(address).partition("://")
    place = place.rpartition("@")[2]
    return f"{kind}{between}{place.partition('?')[0]}"


def log_ahead(dbapi: Any) -> None:
    """Turns the write-ahead log on; SQLite waits for no lock there, so that two who open a new store must try again."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            dbapi.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.05)


def set_up_sqlite(dbapi: Any, _record: object, *, durable: bool) -> None:
    dbapi.isolation_level = None  # transactions begin in `begin_sqlite`, so that table changes stand in them too
    log_ahead(dbapi)
    dbapi.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    dbapi.execute("PRAGMA foreign_keys=ON")
    dbapi.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")


def begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("outside", False):
        return
    reading = options.get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def database_url(address: str | Path) -> URL:
    """The URL of a path of an SQLite file or of a database; of PostgreSQL with no driver named, that of ours.

    >>> database_url("postgresql://base.example/hedui").drivername, database_url("out/hedui.sqlite").database
    ('postgresql+psycopg', 'out/hedui.sqlite')
    """
    url = make_url(str(address) if "://" in str(address) else f"sqlite:///{address}")
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def make_engine(address: str | Path, *, durable: bool = False) -> Engine:
    """The engine for a path of an SQLite file or a database URL; StoreError where there is no driver for it.

    A `durable` SQLite store syncs every transaction to the disk, so that none is lost with the power; without it the last ones
    may be, though never in part (https://sqlite.org/pragma.html#pragma_synchronous).
    """
    try:
        url = database_url(address)
        sqlite = url.get_backend_name() == "sqlite"
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS} if sqlite else {})
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"{shown(address)}: 不是数据库地址 · not the address of a database ({error})") from error
    except ValueError as error:  # it may tell parts of a password
        raise StoreError(f"{shown(address)}: 不是数据库地址 · not the address of a database") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{shown(address)}: 缺少数据库驱动 {error.name}，请先安装 · the driver {error.name} is not installed"
        ) from error
    if sqlite:
        event.listen(engine, "connect", partial(set_up_sqlite, durable=durable))
        event.listen(engine, "begin", begin_sqlite)
    return engine


@contextmanager
def guarded(address: str | Path) -> Iterator[None]:
    """Turns what a database reports into StoreError (DeniedError where the user may not) with the address, the cause and what to do."""
    try:
        yield
    except DBAPIError as error:
        found = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        cause = next((told for mark, told in CAUSES if mark in found), found)
        kind = DeniedError if getattr(error.orig, "sqlstate", None) in DENIED else StoreError
        raise kind(f"{shown(address)}: {cause}") from error
    except OSError as error:
        raise StoreError(f"{shown(address)}: {error.strerror or error}") from error

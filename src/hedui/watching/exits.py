"""How a run ended in, the exit code that tells cron and other programs out (75 is EX_TEMPFAIL of sysexits(3))."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping

from filelock import Timeout

from hedui.errors import HeduiError, PassingError, UsageError

__all__ = ["AWAY", "EXITS", "OK", "SOME", "USAGE", "exit_of", "exit_of_error", "passes"]

OK, SOME, USAGE, AWAY = 0, 1, 2, 75
EXITS = """退出码 exit codes（供 cron 等程序判断 for cron and other programs）：
   0  全部读入 every file is in
   1  有文件失败或隔离，见 run.html 与 hedui status · some files failed or are quarantined
   2  用法有误，未做任何事 · wrong usage, nothing was done
  75  结果库或磁盘暂时用不了，已读的都在，稍后再运行同一命令 · the store or disk is away or full for now; what was read
      is kept, run the same command again later (EX_TEMPFAIL)"""
# https://sqlite.org/rescode.html: BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN, PROTOCOL
SQLITE = frozenset({5, 6, 7, 10, 13, 14, 15})
# https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, rollbacks, resources, locks, shutdowns, system errors
POSTGRES = ("08", "40", "53", "55P03", "57P", "58")
SYSTEM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EAGAIN, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT,
                    errno.ECONNREFUSED, errno.ECONNRESET, errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENOTCONN})


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, with what a database driver raised (`orig`, as SQLAlchemy wraps it)."""
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        here = left.pop()
        if here is not None and id(here) not in seen:
            seen.add(id(here))
            yield here
            left += [here.__cause__, getattr(here, "orig", None)]


def passes(error: BaseException) -> bool:
    """Whether what went wrong may be right again later without the user changing the call: a full disk, a store that is locked or away. By
    the codes of the system, of SQLite and of PostgreSQL, whose driver gives none where there was no connection."""
    for cause in causes(error):
        if isinstance(cause, PassingError | Timeout) or (isinstance(cause, OSError) and cause.errno in SYSTEM):
            return True
        if getattr(cause, "sqlite_errorcode", -1) & 0xFF in SQLITE:
            return True
        state = getattr(cause, "sqlstate", None)
        if hasattr(cause, "pgconn") and (state.startswith(POSTGRES) if state else type(cause).__name__ == "OperationalError"):
            return True
    return False


def exit_of(totals: Mapping[str, int]) -> int:
    """The code of a run that came to its end, by how many contents are in each state; what is not settled is not in either.

    >>> exit_of({"done": 3}), exit_of({"done": 3, "failed": 1}), exit_of({"done": 3, "quarantined": 1})
    (0, 1, 1)
    """
    return SOME if any(count for state, count in totals.items() if state != "done") else OK


def exit_of_error(error: HeduiError) -> int:
    """The code of a run that an error ended."""
    return USAGE if isinstance(error, UsageError) else AWAY if passes(error) else SOME

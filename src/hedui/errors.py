"""What may go wrong.

Drawn as a tree::

    HeduiError
    ├── ReadError        a file could not be read: empty, binary, truncated, protected, too large
    │   └── PassingError     it could not be reached just now: another try may do
    ├── UsageError       the call asks for something that cannot be: no such folder, an output that is a file
    ├── EngineError      the engine that orders the work failed; the work itself can go on without it
    └── StoreError       the results could not be kept: disk full, a store of a newer version
        └── DeniedError      the database does not allow it to this user: no right to write, a copy that is only read
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from functools import partial

__all__ = ["DeniedError", "EngineError", "HeduiError", "PassingError", "ReadError", "StoreError", "UsageError", "defect"]


class HeduiError(Exception):
    """Base of every error that hedui raises on purpose; its message is fit to be shown to a person."""


class ReadError(HeduiError):
    """A file could not be read.

    `name` is the file, `where` the place in it (page, line, part; may be empty), `cause` what was found and
    what to do. `str()` joins them in one line.
    """

    def __init__(self, name: str, cause: str, *, where: str = "") -> None:
        self.name, self.where, self.cause = name, where, cause
        super().__init__(f"{name}{f' ({where})' if where else ''}: {cause}")

    def __reduce__(self) -> tuple[Callable[..., ReadError], tuple[str, str]]:
        return partial(type(self), where=self.where), (self.name, self.cause)


class PassingError(ReadError):
    """A file or folder could not be reached just now (network, busy server, full temporary folder): another try may do."""


class UsageError(HeduiError):
    """The call asks for something that cannot be done."""


class EngineError(HeduiError):
    """The engine that orders the work failed."""


class StoreError(HeduiError):
    """The results could not be kept."""


class DeniedError(StoreError):
    """The database does not allow it to the user who asks."""


def defect(error: BaseException) -> str:
    """One line on an error that nobody foresaw, with the place in the code that it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    said = " ".join(str(error).split())[:200]
    return f"程序出错，请报告此问题 · unexpected {type(error).__name__} at {place}: {said}"

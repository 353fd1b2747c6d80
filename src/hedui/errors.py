"""What may go wrong, drawn as a tree.

HeduiError
├── ReadError        a file could not be read: empty, binary, truncated, protected, too large
├── UsageError       the call asks for something that cannot be: no such folder, an output that is a file
└── StoreError       the results could not be kept: disk full, a store of a newer version
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

__all__ = ["HeduiError", "ReadError", "StoreError", "UsageError"]


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
        return partial(ReadError, where=self.where), (self.name, self.cause)


class UsageError(HeduiError):
    """The call asks for something that cannot be done."""


class StoreError(HeduiError):
    """The results could not be kept."""

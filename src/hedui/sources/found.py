"""What an input turns out to hold, one record a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from hedui.readers.archive import spelled

__all__ = ["Found", "Known", "is_hidden", "no_name", "under"]

# from `key_of` a path: its stamp when its content was hashed, and the SHA-256 of that
Known: TypeAlias = Mapping[str, tuple[str, str]]

CONTROL = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
MAX_NAME = 1000
ODD = "名称含控制字符、.. 或过长，未读；请改名 · its name holds control characters or .., or is too long, not read; rename it"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A file of an input, or a folder or file that could not be looked at, with the `cause`; `passing` where another try may do.

    `name` is what it is called under its input, whose folder is `root`; `path` a local path or URL; `size` in bytes. `stamp` changes
    with the content (of a local file size, times and inode, on a server its tag or time), and is only `sure` where two contents
    could not bear the same one: a file may change again within the grain of its clock (the racy git problem,
    https://git-scm.com/docs/racy-git). `age` is the seconds since its last change, None where files appear whole or no time is told.
    `fits` says whether it counts as a document.
    """

    name: str
    path: str
    root: str
    size: int | None = None
    stamp: str = ""
    sure: bool = False
    age: float | None = None
    fits: bool = True
    cause: str | None = None
    passing: bool = False


def is_hidden(step: str) -> bool:
    """Whether a file or folder of this name is left out: hidden, or a lock file of Office."""
    return step.startswith((".", "~$"))


def no_name(name: str) -> str | None:
    """Why what a server calls `name` is not read, None where it may be."""
    return ODD if CONTROL.search(name) or len(name) > MAX_NAME or ".." in name.split("/") else None


def under(path: str, root: str) -> str:
    """The name of what lies at `path` under `root`, whatever slashes are doubled.

    >>> under("县//乡/报告.docx", "县")
    '乡/报告.docx'
    """
    return "/".join(step for step in spelled(path.removeprefix(root)).split("/") if step not in ("", "."))

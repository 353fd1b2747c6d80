"""The word lists of this folder, each read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["Pattern", "patterns", "rows"]

Pattern = re.Pattern[str]


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `<name>.tsv`, without comments."""
    text = files("hedui.research.mining").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def patterns(name: str, key: int = 0, pattern: int = 1) -> tuple[tuple[str, Pattern, tuple[str, ...]], ...]:
    """The rows of `<name>.tsv` with their patterns compiled: key, pattern and the whole row."""
    return tuple((row[key], re.compile(row[pattern]), row) for row in rows(name))

"""The word lists of this folder, each read once, and what tells one state of the folder from another."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files

__all__ = ["Pattern", "patterns", "recipe", "table_of"]

Pattern = re.Pattern[str]


@cache
def table_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `<name>.tsv`, without comments (its head is one)."""
    text = files("hedui.research.mining").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def patterns(name: str, key: int = 0, pattern: int = 1) -> tuple[tuple[str, Pattern, tuple[str, ...]], ...]:
    """The rows of `<name>.tsv` with their patterns compiled: key, pattern and the whole row."""
    return tuple((row[key], re.compile(row[pattern]), row) for row in table_of(name))


@cache
def recipe() -> str:
    """Changes with every file of this folder and with what passages are."""
    folder = files("hedui.research")
    told = hashlib.sha256(folder.joinpath("passages.py").read_bytes())
    for path in sorted(folder.joinpath("mining").iterdir(), key=lambda path: path.name):
        if path.name.endswith((".py", ".tsv")):
            told.update(path.read_bytes())
    return told.hexdigest()[:12]

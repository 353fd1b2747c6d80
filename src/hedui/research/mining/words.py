"""The word lists of this folder, each read once, texts folded once, and what tells one state of the folder from another."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from importlib.resources import files

from hedui.view import fold as fold_anew

__all__ = ["KEPT_TEXTS", "Pattern", "fold", "patterns", "recipe", "table_of"]

Pattern = re.Pattern[str]
# reports share wording: so many texts are remembered with what was found in them
KEPT_TEXTS = 1 << 16


@lru_cache(KEPT_TEXTS)
def fold(text: str) -> str:
    """`hedui.view.fold`, once a text."""
    return fold_anew(text)


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

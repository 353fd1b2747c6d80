"""Word lists as .tsv, each with its source and date in the head, and the one way to read them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["rows", "words"]


@cache
def rows(name: str, package: str = "hedui.lexicons") -> tuple[tuple[str, ...], ...]:
    """The rows of `<name>.tsv` in the folder of `package`, comments (`#`) and blank lines left out."""
    text = files(package).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The first column of `lexicons/<name>.tsv`."""
    return frozenset(row[0] for row in rows(name))

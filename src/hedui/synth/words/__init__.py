"""Word lists of the generator as .tsv, each with its source and date in the head, and the one way to read them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["rows"]


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `words/<name>.tsv`, comments (`#`) and blank lines left out."""
    text = files("hedui.synth.words").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))

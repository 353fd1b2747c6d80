"""The templates of the prose as .tsv, and the one way to read them.

A template's `<slot>` is filled from what the caller gives, else by another template of that name; `[甲/乙/]` chooses one (or
nothing); `<n:5-60>` is a whole number, `<n2:1-9>` one with two decimals, `<any:list>` a word of lists.tsv. `{…}` are marks of the source.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["phrases", "rows"]


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `wording/<name>.tsv`, comments (`//`) and blank lines left out."""
    text = files("hedui.synth.wording").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("//"))


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """All templates by key, from every file of phrases."""
    found: dict[str, list[str]] = {}
    for name in ("phrases", "results", "filler", "accounts"):
        for key, text, *_ in rows(name):
            found.setdefault(key, []).append(text)
    return {key: tuple(texts) for key, texts in found.items()}

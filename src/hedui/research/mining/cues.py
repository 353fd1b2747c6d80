"""The word lists of a theme in, compiled cues out, each read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Cue", "cues_of", "table_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """What speaks for a type and how strongly (0 to 1), with a real example that it matches."""

    type: str
    strength: float
    pattern: re.Pattern[str]
    example: str


@cache
def table_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `<name>.tsv` beside this file, its remarks and its head left out."""
    lines = files("hedui.research.mining").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("# "))[1:]


@cache
def cues_of(name: str) -> tuple[Cue, ...]:
    """The cues of `<name>.tsv`: type, strength, pattern, example."""
    return tuple(Cue(type=kind, strength=float(strength), pattern=re.compile(pattern), example=example)
                 for kind, strength, pattern, example in table_of(name))

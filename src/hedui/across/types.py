"""What holds between files: checks with quotes from several files, and editions of one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hedui.document import Span
from hedui.findings import Tier, Verdict

__all__ = ["KINDS", "Across", "CrossCheck", "CrossKind", "Edition", "FileQuote"]

CrossKind = Literal["handed_down", "carried_over", "cited", "told_twice", "figures_copied", "goals_copied", "basis_copied",
                    "name_left", "text_copied"]
KINDS: tuple[CrossKind, ...] = ("handed_down", "carried_over", "cited", "told_twice", "figures_copied", "goals_copied",
                                "basis_copied", "name_left", "text_copied")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileQuote:
    """A verbatim piece of one report of one file: `span` points into the text of `file`, `report` is the id of the report in
    it, `title` its title; `value` as a person reads it; `around` the sentence it stands in (None where that says no more, or in a table)."""

    file: str
    report: str
    span: Span
    text: str
    value: str | None = None
    title: str | None = None
    around: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CrossCheck:
    """One thing that two or more files tell, and whether they can all be right.

    `note` says in one line what was held against what. `confidence` is how probable it is that all figures were read as they
    stand (None where no figure was read), `chance` the odds that as many would be alike by chance (None where that was not
    reckoned).
    """

    id: str
    kind: CrossKind
    verdict: Verdict
    tier: Tier
    quotes: tuple[FileQuote, ...]
    note: str
    confidence: float | None = None
    chance: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One report that came in several files: the edition that was used, and those it stands for, as (file, report id)."""

    kept: tuple[str, str]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Across:
    """What holds between the files of a run. `failures` says of a file why it could not be used, `limits` a line each of what was
    too much to be compared."""

    files: int
    reports: int
    checks: tuple[CrossCheck, ...] = ()
    editions: tuple[Edition, ...] = ()
    failures: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[str, ...] = ()

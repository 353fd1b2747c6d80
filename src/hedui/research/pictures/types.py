"""What pictures are made of: the facts of a report, the things behind a mark, and a picture with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

__all__ = ["Cited", "Conflict", "Href", "Item", "Mark", "Money", "Picture", "ReportFacts", "Row", "Words"]

Href = Callable[[str], str | None]


class Words(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


class Money(NamedTuple):
    """An amount in yuan, and the record that says so."""

    yuan: Decimal
    record: str


class Conflict(NamedTuple):
    """A check that does not close: its id, kind and formula."""

    check: str
    kind: str
    note: str


class Cited(NamedTuple):
    """A document that a report names: the record that says so, its number (文号) and its title, of which one may be missing."""

    record: str
    number: str | None
    title: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFacts:
    """One report as pictures see it. `funds` are the amounts of its widest fund by measure (budget, issued, received, executed, carried_out,
    saved), `rate` what was executed of the budget as a share, with `rate_finding` the record that says so, `score` the self-score of 100 points
    (自评得分). What a report does not say is None."""

    sha256: str
    report: str
    version: str
    file: str
    title: str | None = None
    unit: str | None = None
    region: str | None = None
    province: str | None = None
    year: int | None = None
    programme: str | None = None
    kind: str | None = None
    checks: int = 0
    score: Decimal | None = None
    score_record: str | None = None
    funds: Mapping[str, Money] = field(default_factory=dict)
    rate: Decimal | None = None
    rate_finding: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    documents: tuple[Cited, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A report behind a mark, what it says there, and the finding (record or check) whose sentence says it."""

    report: ReportFacts
    told: str
    finding: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A mark of a picture: its key in the picture, what it shows in words, and what stands behind it."""

    key: str
    said: Words
    items: tuple[Item, ...]


class Row(NamedTuple):
    """A row of the numbers of a picture: its cells, and the key of its mark (None where nothing stands behind)."""

    cells: tuple[str, ...]
    mark: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture drawn: `svg` is None where there is nothing to draw, and `notes` then say why. `alt` says in a sentence what is to be seen."""

    name: str
    title: Words
    alt: Words
    svg: Markup | None
    notes: tuple[Words, ...]
    head: tuple[Words, ...]
    rows: tuple[Row, ...]
    marks: Mapping[str, Mark]

"""What an opinion on a report consists of: the tally, the findings in order of weight, and the figures with what ties them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hedui.document import Issue, Span
from hedui.findings import Verdict

__all__ = ["Figure", "Formula", "Item", "ItemKind", "Operand", "Opinion", "Place", "Stake", "Tally", "Web"]

ItemKind = Literal["conflict", "rounding", "remark"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a quote stands: its span in the text as read, the line of that text (from 1), and the page where there are pages."""

    span: Span
    line: int
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Operand:
    """A quote that a finding rests on: what it says, what it is the figure of ("" where that is not told), and where it stands."""

    text: str
    name: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Stake:
    """How far a figure is from what comes out: `difference` as a person reads it (`0.66 万元`, `3.00 个百分点`; "" for words), and
    the `yuan` it comes to (None where no money hangs on it)."""

    difference: str = ""
    yuan: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One finding as the opinion tells it.

    `stated` is the figure or wording in question, with the text `before` and `after` it; `formula` the relation in one line, or what is
    asked, `operands` what it rests on, `computed` what comes out. `share` is `stake.yuan` as a fraction of the report's budget. `figures` and
    `records` count what else rests on the finding. `points` lists what its weight consists of (term of weights.tsv, points),
    `weight` is their sum, `score` weight × confidence. `repairs` are proposals, `remarks` the questions that go with it.
    """

    id: str
    kind: ItemKind
    check: str
    tier: str
    stated: Operand
    before: str = ""
    after: str = ""
    formula: str = ""
    operands: tuple[Operand, ...] = ()
    computed: str = ""
    stake: Stake = Stake()
    share: Decimal | None = None
    figures: int = 0
    records: int = 0
    confidence: float | None = None
    points: tuple[tuple[str, float], ...] = ()
    weight: float = 0.0
    score: float = 0.0
    repairs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What was read and checked: `figures` read, `relations` checked and how they came out, `yuan` in doubt, the `budget` of the
    report in yuan (None where none was found), conflicts kept back as too unsure to show, and what could not be read."""

    figures: int
    relations: int
    consistent: int
    rounding: int
    conflicts: int
    held_back: int = 0
    yuan: Decimal = Decimal(0)
    budget: Decimal | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure of the report in the picture: what it is, what it says, in how many places it is told alike, where it stands first, and
    how many formulas that close hang on it without being drawn."""

    name: str
    text: str
    told: int
    place: Place
    hidden: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Formula:
    """A relation in the picture: indices of `Web.figures` that go in and of the one that is stated, how it came out, and its line."""

    kind: str
    verdict: Verdict
    inputs: tuple[int, ...]
    stated: int
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Web:
    """How the figures hang together: `groups` of formulas (indices) that share figures, the gravest first; only groups in which
    something does not close are held, `other_figures` and `other_formulas` count the rest."""

    figures: tuple[Figure, ...] = ()
    formulas: tuple[Formula, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    other_figures: int = 0
    other_formulas: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """The audit opinion on one report of a file: its head, the tally, all findings with the weightiest first, and the web of figures."""

    id: str
    file: str
    title: str
    unit: str | None
    year: int | None
    tally: Tally
    items: tuple[Item, ...]
    web: Web

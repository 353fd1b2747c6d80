"""What we read in a document: mentions, the claims they make, the checks that hold them together, the records.

Numbers are `Decimal` with the digits as stated; they become strings only where they leave the program. Ids are content
hashes: the same bytes and the same rules give the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from hedui.document import Box, Document, Layout, Part, Span
from hedui.signals import Signals

__all__ = [
    "RECKONED",
    "SIGNS",
    "TOLD_AGAIN",
    "Change",
    "Check",
    "CheckKind",
    "CitedDocument",
    "Claim",
    "ClaimFields",
    "Finder",
    "Findings",
    "Fund",
    "Indicator",
    "Label",
    "Measure",
    "Mention",
    "Op",
    "Origin",
    "Quote",
    "Record",
    "Remark",
    "RemarkKind",
    "Repair",
    "Report",
    "Score",
    "Status",
    "Tier",
    "Verdict",
    "content_id",
]

Label = Literal["AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG", "REGION"]
Op = Literal[">=", "<=", ">", "<", "~"]
Origin = Literal["narrative", "table"]
Finder = Literal["rules", "model", "both"]
Measure = Literal["budget", "issued", "received", "executed", "carried_in", "carried_out", "income", "saved", "recovered",
                  "contract", "other"]
CheckKind = Literal["sum", "difference", "ratio", "growth", "restated", "table", "target", "unit", "label"]
Verdict = Literal["consistent", "rounding", "conflict"]
Tier = Literal["numeric", "value", "wording"]
# what is worked out of other figures, and what is one thing told again
RECKONED: frozenset[CheckKind] = frozenset({"sum", "difference", "ratio", "growth"})
TOLD_AGAIN: frozenset[CheckKind] = frozenset({"restated", "table"})
SIGNS: Mapping[Verdict, str] = {"consistent": "=", "rounding": "≈", "conflict": "≠"}
Status = Literal["agree", "differ", "narrative_only", "table_only"]
RemarkKind = Literal["answers", "unit", "object", "comparator", "period", "boast", "rate", "date", "scored", "reason", "quality", "excess",
                     "goal", "outline"]
Change = Literal["digit", "point", "unit", "sign", "recognised"]


def content_id(prefix: str, *parts: object) -> str:
    """A short id that depends on `parts` alone: `m-3f2a9c…`, 48 bits of SHA-256 over their `repr`.

    >>> content_id("m", "AMOUNT", (3, 9)) == content_id("m", "AMOUNT", (3, 9))
    True
    """
    return f"{prefix}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:12]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """One figure, date, number, title or name, where it stands.

    `text` is what the document says; `value` what it means: a Decimal for AMOUNT (yuan), RATE (a fraction; percentage
    points have unit `pp` and the number of points over a hundred) and QUANTITY, a string for the rest (ISO date,
    normalised document number, title, name). `unit` as in the annotation guidelines. `low` and `high` bound what the
    stated digits allow (19.24 % means [0.19235, 0.19245]); None for what is not a number. `op` is the comparison that
    stands beside it. `found_by` says which reading found it, `model` how probable the learned reading holds it (None where
    none read).
    """

    id: str
    label: Label
    span: Span
    text: str
    value: Decimal | str | None
    unit: str
    op: Op | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    confidence: float = 1.0
    page: int | None = None
    box: Box | None = None
    found_by: Finder = "rules"
    model: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """三级指标 and what is said of it, verbatim with spaces removed; None where nothing is said."""

    name: str
    level1: str | None = None
    level2: str | None = None
    target: str | None = None
    actual: str | None = None
    completion: str | None = None
    deviation: str | None = None
    weight: str | None = None
    score: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fund:
    """One fiscal amount in yuan, what it measures, whose or for what it is, and the documents it rests on."""

    yuan: Decimal
    measure: Measure
    scope: str
    year: int | None = None
    level: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedDocument:
    """A document cited by number, its title and issuers, and the amounts in yuan that the text says it issued."""

    number: str
    title: str | None = None
    issuers: tuple[str, ...] = ()
    amounts: tuple[Decimal, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """A total or dimension score: `score` of `full` points, with a grade where one is given."""

    name: str
    score: Decimal
    full: Decimal | None = None
    grade: str | None = None


ClaimFields = Indicator | Fund | CitedDocument | Score


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One thing that the report claims. `spans` says where each field of `fields` that is not None stands; `part`
    indexes `Layout.parts`, `section` `Layout.sections`, `grid` and `row` the table row it was read from. `found_by` and `model` as in Mention."""

    id: str
    type: Literal["indicator", "fund", "document", "score"]
    origin: Origin
    span: Span
    fields: ClaimFields
    spans: Mapping[str, Span] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    part: int = 0
    section: int = 0
    grid: int | None = None
    row: int | None = None
    confidence: float = 1.0
    found_by: Finder = "rules"
    model: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A verbatim piece of the document that a check rests on; `value` as a person reads it (`1885.4`, `18.34 %`)."""

    span: Span
    text: str
    value: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One relation that the document lets a reader verify: operands, what is stated, what comes out, and the verdict.

    `note` says the formula in one line (`1885.4 ÷ 10277 = 18.346 % ≠ 18.34 %，截位`). `part` is that of `stated`. `formula` is
    the program that was run over `inputs` (`#1 / #2`; "" where nothing was reckoned), `low` and `high` what comes out of it for all
    that the digits of the inputs allow, in the unit of `stated`. `chance` is the odds that figures of this report taken at random
    would have fitted as well; None where nothing was searched.
    """

    id: str
    kind: CheckKind
    inputs: tuple[Quote, ...]
    stated: Quote
    computed: str
    verdict: Verdict
    tier: Tier
    note: str
    claims: tuple[str, ...] = ()
    part: int = 0
    confidence: float = 1.0
    formula: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    chance: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What a careful reader would ask about a claim although no figure proves it wrong: an answer in another unit than its
    indicator, a rate over 100 % where none can be, 完成率100%，偏差率0% beside no figure. `quotes` are what it rests on, `note` the
    question in one line.

    `kind`: `answers` a result of another kind than was asked (a rate for a count, 已完成 for a number), `unit`, `object` (人 for 人次),
    `period`, `comparator` a bound for a figure, `boast` a phrase that says nothing, `rate` over 100 %, `date` of another year, `scored` points
    for nothing, `reason` none given for points off or a target missed, `quality` weaker or far stronger words, `excess` a target left far
    behind, `goal` said to be reached and not, `outline` chapters or counts of indicators that are not there.
    """

    id: str
    kind: RemarkKind
    quotes: tuple[Quote, ...]
    note: str
    claims: tuple[str, ...] = ()
    part: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """Another reading of one figure under which conflicts close, proposed and never made: `stated` as it stands, `proposed` in
    its place, and what was changed. `closes` and `opens` are the checks that would hold, and would no longer hold; `odds` how many times
    likelier the slip is than that the figure is right and fits by chance."""

    id: str
    stated: Quote
    proposed: str
    change: Change
    closes: tuple[str, ...]
    opens: tuple[str, ...]
    odds: float
    note: str
    part: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What the report says of one thing in all its places: the reconciled fields, the claims they come from, the checks
    that touch them."""

    id: str
    type: Literal["indicator", "fund", "document", "score"]
    fields: ClaimFields
    claims: tuple[str, ...]
    checks: tuple[str, ...]
    status: Status
    part: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Everything read in one part of a file."""

    id: str
    part: Part
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    checks: tuple[Check, ...] = ()
    records: tuple[Record, ...] = ()
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """Everything read in one file; `layout` is the order it was read in, for those who draw the file, `model` the SHA-256 of
    the learned model that read beside the rules (None where rules alone did), `signals` what it was weighed by."""

    document: Document
    reports: tuple[Report, ...]
    layout: Layout | None = None
    model: str | None = None
    signals: Signals | None = None

"""What an annotation says, as frozen types: quotes, mentions, claims, report heads and checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hedui.document import PartKind, Span
from hedui.findings import CheckKind, ClaimFields, Label, Op, Origin, Tier, Verdict

__all__ = ["SECTIONS", "ClaimType", "Gold", "GoldCheck", "GoldClaim", "GoldMention", "GoldQuote", "GoldReport", "GoldTier"]

ClaimType = Literal["indicator", "fund", "document", "score"]
GoldTier = Tier | Literal["judgement"]
SECTIONS: Mapping[str, ClaimType] = {"indicators": "indicator", "funds": "fund", "documents": "document", "scores": "score"}


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldQuote:
    """A verbatim piece of one line (`line` counts from 1, `nth` its occurrences on the line from 1); `full` the whole
    where lines or pages cut it, `span` its place in the text where the text was at hand."""

    line: int
    text: str
    nth: int = 1
    full: str | None = None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldMention:
    """A figure, date, number, title or name; `value` as text, as in the guidelines."""

    quote: GoldQuote
    label: Label
    value: str | None
    unit: str
    op: Op | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldClaim:
    """An indicator, fund, cited document or score; `text` is quoted for funds only."""

    type: ClaimType
    origin: Origin
    line: int
    fields: ClaimFields
    text: str | None = None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldReport:
    """The head of one self-contained report and the lines it covers."""

    line_start: int
    line_end: int
    title: str | None
    kind: PartKind
    unit: str | None
    region: str | None
    year: int | None
    programme: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldCheck:
    """A relation that holds, or does not; tier `judgement` is an auditor's inference, wanted of no program."""

    kind: CheckKind
    inputs: tuple[GoldQuote, ...]
    stated: GoldQuote
    computed: str
    verdict: Verdict
    tier: GoldTier
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """What a careful reader reads out of lines `lines` (first, last) of the file `source`."""

    source: str
    lines: tuple[int, int]
    reports: tuple[GoldReport, ...] = ()
    mentions: tuple[GoldMention, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    checks: tuple[GoldCheck, ...] = ()

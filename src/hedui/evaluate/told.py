"""An output of schema hedui/1 -> its mentions, claims, checks and records as the types they were written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hedui.document import Span
from hedui.evaluate.compare import NUMBERS
from hedui.findings import Check, CitedDocument, Claim, ClaimFields, Fund, Indicator, Mention, Quote, Record, Score

__all__ = ["Told", "told_in"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What one output tells, its parts together, each item with its confidence."""

    text: str
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    checks: Sequence[Check]
    records: Sequence[Record]


def told_in(output: Mapping[str, Any]) -> Told:
    """What `load_output` gives, as types; fields that evaluation has no use for are left at their defaults."""
    parts = list(enumerate(output["reports"]))
    return Told(
        text=output["text"],
        mentions=[mention_of(m) for _, r in parts for m in r["mentions"]],
        claims=[claim_of(c, part) for part, r in parts for c in r["claims"]],
        checks=[check_of(c, part) for part, r in parts for c in r["checks"]],
        records=[Record(id=c["id"], type=c["type"], fields=fields_of(c["type"], c["fields"]), claims=tuple(c["claims"]),
                        checks=tuple(c["checks"]), status=c["status"], part=part, confidence=c["confidence"])
                 for part, r in parts for c in r["records"]])


def span_of(pair: Sequence[int]) -> Span:
    return pair[0], pair[1]


def mention_of(m: Mapping[str, Any]) -> Mention:
    value = m["value"]
    return Mention(id=m["id"], label=m["label"], span=span_of(m["span"]), text=m["text"], unit=m["unit"], op=m["op"],
                   value=Decimal(value) if m["label"] in NUMBERS and value is not None else value, confidence=m["confidence"])


def claim_of(c: Mapping[str, Any], part: int) -> Claim:
    return Claim(id=c["id"], type=c["type"], origin=c["origin"], span=span_of(c["span"]), fields=fields_of(c["type"], c["fields"]),
                 spans={name: span_of(pair) for name, pair in c["spans"].items()}, mentions=tuple(c["mentions"]), part=part,
                 section=c["section"], grid=c["grid"], row=c["row"], confidence=c["confidence"])


def quote_of(q: Mapping[str, Any]) -> Quote:
    return Quote(span=span_of(q["span"]), text=q["text"], value=q["value"])


def check_of(c: Mapping[str, Any], part: int) -> Check:
    return Check(id=c["id"], kind=c["kind"], inputs=tuple(map(quote_of, c["inputs"])), stated=quote_of(c["stated"]), note=c["note"],
                 computed=c["computed"], verdict=c["verdict"], tier=c["tier"], claims=tuple(c["claims"]), part=part,
                 confidence=c["confidence"])


def maybe(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


FIELDS: Mapping[str, Callable[[Mapping[str, Any]], ClaimFields]] = {
    "indicator": lambda f: Indicator(**f),
    "fund": lambda f: Fund(**{**f, "yuan": Decimal(f["yuan"]), "documents": tuple(f["documents"])}),
    "document": lambda f: CitedDocument(number=f["number"], title=f["title"], issuers=tuple(f["issuers"]),
                                        amounts=tuple(map(Decimal, f["amounts"]))),
    "score": lambda f: Score(name=f["name"], score=Decimal(f["score"]), full=maybe(f["full"]), grade=f["grade"]),
}


def fields_of(kind: str, told: Mapping[str, Any]) -> ClaimFields:
    return FIELDS[kind](told)

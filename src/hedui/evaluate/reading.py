"""Annotations and results of one source -> two Readings of one form, fit to be held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hedui.evaluate.compare import number, squeeze
from hedui.fields import plain_fields
from hedui.gold import Gold, GoldCheck

__all__ = ["FIELDS", "HEADS", "Head", "Reading", "ToldCheck", "ToldIndicator", "ToldMention", "gold_check", "reading_of_gold",
           "reading_of_output", "said_check"]

FIELDS = ("level1", "level2", "target", "actual", "completion", "deviation", "weight", "score")
HEADS = ("unit", "year", "programme", "region", "kind")


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldMention:
    """`text` squeezed, `value` as written."""

    label: str
    text: str
    value: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldIndicator:
    """`name` squeezed, `fields` those that are filled, squeezed; `shown` the name as written."""

    origin: str
    name: str
    shown: str
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What a report says of itself: title, kind, and the filled ones of HEADS, squeezed."""

    title: str
    kind: str
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldCheck:
    """`quotes` are the operands and then what is stated, squeezed."""

    kind: str
    verdict: str
    tier: str
    quotes: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one reader, a person or hedui, reads in one source. `misplaced` are quotes that do not stand where they say;
    `documents` single numbers with their titles."""

    heads: tuple[Head, ...]
    mentions: tuple[ToldMention, ...]
    indicators: tuple[ToldIndicator, ...]
    funds: tuple[tuple[Decimal | None, str], ...]
    documents: Mapping[str, str]
    scores: tuple[tuple[str, Decimal | None], ...]
    checks: tuple[ToldCheck, ...]
    misplaced: tuple[str, ...] = ()


def reading_of_gold(golds: Sequence[Gold]) -> Reading:
    """The annotations of one source, its parts together."""
    claims = [(c.type, c.origin, plain_fields(c.fields)) for gold in golds for c in gold.claims]
    return Reading(
        heads=tuple(head({key: getattr(r, key) for key in ("title", *HEADS)}) for gold in golds for r in gold.reports),
        mentions=tuple(ToldMention(label=m.label, text=squeeze(m.quote.full or m.quote.text), value=m.value)
                       for gold in golds for m in gold.mentions),
        checks=tuple(gold_check(c) for gold in golds for c in gold.checks), **claimed(claims))


def gold_check(check: GoldCheck) -> ToldCheck:
    return ToldCheck(kind=check.kind, verdict=check.verdict, tier=check.tier, note=check.note,
                     quotes=tuple(squeeze(q.text) for q in (*check.inputs, check.stated)))


def said_check(check: Mapping[str, Any]) -> ToldCheck:
    """A check of the results, as an object of schema hedui/1."""
    return ToldCheck(kind=check["kind"], verdict=check["verdict"], tier=check["tier"], note=check["note"],
                     quotes=tuple(squeeze(q["text"]) for q in (*check["inputs"], check["stated"])))


def reading_of_output(output: Mapping[str, Any]) -> Reading:
    """The results of one source, an object of schema hedui/1."""
    reports = output["reports"]
    mentions = [m for r in reports for m in r["mentions"]]
    claims = [(c["type"], c["origin"], c["fields"]) for r in reports for c in r["claims"]]
    text = output["text"]
    return Reading(
        heads=tuple(head(r) for r in reports),
        mentions=tuple(ToldMention(label=m["label"], text=squeeze(m["text"]), value=m["value"]) for m in mentions),
        checks=tuple(said_check(c) for r in reports for c in r["checks"]),
        misplaced=tuple(m["text"] for m in mentions if squeeze(text[slice(*m["span"])]) != squeeze(m["text"])),
        **claimed(claims))


def head(told: Mapping[str, Any]) -> Head:
    return Head(title=squeeze(told["title"]), kind=told["kind"] or "",
                fields={key: squeeze(told[key]) for key in HEADS if told[key]})


def claimed(claims: Sequence[tuple[str, str, Mapping[str, Any]]]) -> dict[str, Any]:
    """The claims of a reading, each type in the form it is compared in."""
    def of(kind: str) -> Iterator[Mapping[str, Any]]:
        return (fields for type_, _, fields in claims if type_ == kind)

    return {
        "indicators": tuple(told_indicator(origin, fields) for kind, origin, fields in claims if kind == "indicator"),
        "funds": tuple((number(f["yuan"]), str(f["measure"])) for f in of("fund")),
        "documents": {squeeze(one): squeeze(f["title"]) for f in of("document") for one in str(f["number"]).split(";")},
        "scores": tuple((squeeze(f["name"]), number(f["score"])) for f in of("score")),
    }


def told_indicator(origin: str, fields: Mapping[str, Any]) -> ToldIndicator:
    filled = {key: told for key in FIELDS if (told := squeeze(fields[key]))}
    return ToldIndicator(origin=origin, name=squeeze(fields["name"]), shown=str(fields["name"]), fields=filled)

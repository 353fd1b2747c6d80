"""An annotation file -> Gold, with the span of every quote where the text of its source is at hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from hedui.document import PartKind
from hedui.errors import ReadError
from hedui.findings import (
    CheckKind,
    CitedDocument,
    ClaimFields,
    Fund,
    Indicator,
    Label,
    Measure,
    Op,
    Origin,
    Score,
    Verdict,
)
from hedui.gold.entries import Entry, count, figure, figures, listed, texts
from hedui.gold.lines import Lines
from hedui.gold.types import SECTIONS, ClaimType, Gold, GoldCheck, GoldClaim, GoldMention, GoldReport, GoldTier

__all__ = ["read_gold"]


def read_gold(path: Path | str, *, text: str | None = None) -> Gold:
    """The annotation in the file at `path`, with spans where the `text` of its source is given.

    ReadError names the file and the entry where something is missing, of the wrong kind, or not on its line.
    """
    name = Path(path).name
    try:
        held = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(name, f"不是可读的 JSON · not a JSON file that can be read ({error})") from error
    root = Entry(file=name, where="", held={}, lines=None if text is None else Lines(text)).below("", held)
    lines = [x for x in root.get("lines", listed, "[首行, 末行] [first, last]") if count(x) is not None]
    if len(lines) != 2:
        raise root.fault(f"lines 应为 [首行, 末行] · found {root.held['lines']!r}, expected [first, last]")
    return Gold(
        source=root.text("source"), lines=(lines[0], lines[1]),
        reports=tuple(map(report, root.entries("reports"))), mentions=tuple(map(mention, root.entries("mentions"))),
        claims=tuple(claim(kind, entry) for section, kind in SECTIONS.items() for entry in root.entries(section)),
        checks=tuple(map(check, root.entries("checks"))))


def report(entry: Entry) -> GoldReport:
    return GoldReport(
        line_start=entry.whole("line_start"), line_end=entry.whole("line_end"), title=entry.words("title"),
        kind=entry.choice("kind", PartKind), unit=entry.words("unit"), region=entry.words("region"),
        year=entry.maybe("year", count, "年份 a year"), programme=entry.words("programme"))


def mention(entry: Entry) -> GoldMention:
    op = entry.choice("op", Op) if entry.held.get("op") is not None else None
    return GoldMention(quote=entry.quote(), label=entry.choice("label", Label), value=entry.words("value"),
                       unit=entry.text("unit"), op=op)


def claim(kind: ClaimType, entry: Entry) -> GoldClaim:
    origin: Origin = entry.choice("source", Origin) if kind in ("indicator", "fund") else "narrative"
    quote = entry.quote() if kind == "fund" else None
    return GoldClaim(type=kind, origin=origin, line=entry.whole("line"), fields=FIELDS[kind](entry),
                     text=quote.text if quote else None, span=quote.span if quote else None)


def indicator(entry: Entry) -> Indicator:
    told = ("level1", "level2", "target", "actual", "completion", "deviation", "weight", "score", "reason")
    return Indicator(name=entry.text("name"), **{key: entry.words(key) for key in told})


def fund(entry: Entry) -> Fund:
    return Fund(yuan=entry.get("yuan", figure, "数 a number"), measure=entry.choice("measure", Measure),
                scope=entry.words("scope") or "", year=entry.maybe("year", count, "年份 a year"), level=entry.words("level"),
                documents=entry.get("documents", texts, "文号列表 a list of document numbers"))


def cited(entry: Entry) -> CitedDocument:
    return CitedDocument(number=entry.text("number"), title=entry.words("title"),
                         issuers=entry.get("issuers", texts, "单位列表 a list of names"),
                         amounts=entry.get("amounts", figures, "金额列表 a list of numbers"))


def score(entry: Entry) -> Score:
    return Score(name=entry.text("name"), score=entry.get("score", figure, "数 a number"),
                 full=entry.maybe("full", figure, "数 a number"), grade=entry.words("grade"))


FIELDS: Mapping[ClaimType, Callable[[Entry], ClaimFields]] = {
    "indicator": indicator, "fund": fund, "document": cited, "score": score}


def check(entry: Entry) -> GoldCheck:
    stated = entry.below("stated", entry.held.get("stated"))
    return GoldCheck(
        kind=entry.choice("kind", CheckKind), inputs=tuple(item.quote() for item in entry.entries("inputs")),
        stated=stated.quote(), computed=entry.text("computed"), verdict=entry.choice("verdict", Verdict),
        tier=entry.choice("tier", GoldTier), note=entry.words("note") or "")

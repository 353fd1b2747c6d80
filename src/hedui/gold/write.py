"""Findings -> Gold, where annotators start from, and Gold -> the text of an annotation file."""

from __future__ import annotations

import json
from bisect import bisect_right
from decimal import Decimal
from typing import Any, cast

from hedui.fields import plain_fields, plain_number
from hedui.findings import Claim, Findings, Mention, Quote, Score
from hedui.gold.lines import Lines
from hedui.gold.types import SECTIONS, Gold, GoldCheck, GoldClaim, GoldMention, GoldQuote, GoldReport

__all__ = ["gold_json", "gold_of"]


def gold_of(findings: Findings) -> Gold:
    """What hedui found, in the form of an annotation of the whole file."""
    lines = Lines(findings.document.text)
    parts = [r.part for r in findings.reports]
    return Gold(
        source=findings.document.name, lines=(1, len(lines.starts)),
        reports=tuple(GoldReport(
            line_start=bisect_right(lines.starts, p.span[0]), line_end=bisect_right(lines.starts, max(p.span[0], p.span[1] - 1)),
            title=p.title, kind=p.kind, unit=p.unit, region=p.region, year=p.year, programme=p.programme) for p in parts),
        mentions=tuple(mention_of(lines, m) for r in findings.reports for m in r.mentions),
        claims=tuple(claim_of(lines, c) for r in findings.reports for c in r.claims),
        checks=tuple(GoldCheck(
            kind=c.kind, inputs=tuple(quote_of(lines, q) for q in c.inputs), stated=quote_of(lines, c.stated),
            computed=c.computed, verdict=c.verdict, tier=c.tier, note=c.note) for r in findings.reports for c in r.checks))


def quote_of(lines: Lines, quote: Quote) -> GoldQuote:
    return lines.quote(quote.span)


def mention_of(lines: Lines, found: Mention) -> GoldMention:
    value = plain_number(found.value) if isinstance(found.value, Decimal) else found.value
    return GoldMention(quote=lines.quote(found.span), label=found.label, value=value, unit=found.unit, op=found.op)


def claim_of(lines: Lines, found: Claim) -> GoldClaim:
    place = next((found.spans[key] for key in ("yuan", "name", "number", "score") if key in found.spans), found.span)
    quote = lines.quote(place)
    return GoldClaim(type=found.type, origin=found.origin, line=quote.line, fields=found.fields,
                     text=quote.text if found.type == "fund" else None, span=place)


def gold_json(gold: Gold) -> str:
    """`gold` as the text of an annotation file, one entry a line."""
    sections: dict[str, list[dict[str, Any]]] = {
        "reports": [{key: getattr(r, key) for key in r.__dataclass_fields__} for r in gold.reports],
        "mentions": [{**quote_entry(m.quote, nth=True), "label": m.label, "value": m.value, "unit": m.unit, "op": m.op}
                     for m in gold.mentions],
        **{section: [claim_entry(c) for c in gold.claims if c.type == kind] for section, kind in SECTIONS.items()},
        "checks": [{"kind": c.kind, "inputs": [quote_entry(q) for q in c.inputs], "stated": quote_entry(c.stated),
                    "computed": c.computed, "verdict": c.verdict, "note": c.note, "tier": c.tier} for c in gold.checks]}
    told = [f' "source": {dumped(gold.source)}', f' "lines": {dumped(list(gold.lines))}']
    for section, entries in sections.items():
        rows = ",\n".join(f"  {dumped(entry)}" for entry in entries)
        told.append(f' "{section}": [\n{rows}\n ]' if rows else f' "{section}": []')
    return "{\n" + ",\n".join(told) + "\n}\n"


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def quote_entry(quote: GoldQuote, *, nth: bool = False) -> dict[str, Any]:
    full = {"full": quote.full} if quote.full else {}
    return {"line": quote.line, **({"nth": quote.nth} if nth else {}), "text": quote.text, **full}


def claim_entry(found: GoldClaim) -> dict[str, Any]:
    told = dict(plain_fields(found.fields))
    if isinstance(found.fields, Score):
        told = {**told, **{key: plain_score(cast(str | None, told[key])) for key in ("full", "score")}}
    head: dict[str, Any] = {"source": found.origin} if found.type in ("indicator", "fund") else {}
    return {**head, "line": found.line, **({} if found.text is None else {"text": found.text}), **told}


def plain_score(told: str | None) -> Any:
    """A score as the number that annotations write: 100, 91.9."""
    return None if told is None else int(told) if told.isdecimal() else float(told)

"""Findings in, the rows of every table that holds a part of them out, in their order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from hedui.fields import plain_fields, plain_number
from hedui.findings import Check, Claim, Findings, Mention, Record, Report
from hedui.store import tables

__all__ = ["Row", "rows"]

Row = dict[str, Any]


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def storable(value: Any) -> Any:
    """`value` without the character NUL, which PostgreSQL holds in no text; the whole output keeps it."""
    return value.replace("\0", "\u2400") if isinstance(value, str) else value


def report_row(report: Report) -> Row:
    part = report.part
    return {"id": report.id, "start": part.span[0], "end": part.span[1], "title": part.title, "kind": part.kind,
            "unit": part.unit, "region": part.region, "year": part.year, "programme": part.programme}


def mention_row(mention: Mention, report: str) -> Row:
    value = mention.value if mention.value is None or isinstance(mention.value, str) else plain_number(mention.value)
    return {"id": mention.id, "report": report, "label": mention.label, "start": mention.span[0],
            "end": mention.span[1], "text": mention.text, "value": value, "unit": mention.unit, "op": mention.op,
            "confidence": mention.confidence}


def claim_row(claim: Claim, report: str) -> Row:
    return {"id": claim.id, "report": report, "type": claim.type, "origin": claim.origin, "start": claim.span[0],
            "end": claim.span[1], "fields": text(plain_fields(claim.fields)), "mentions": text(claim.mentions),
            "confidence": claim.confidence}


def check_row(check: Check, report: str) -> Row:
    inputs = [[*quote.span, quote.text, quote.value] for quote in check.inputs]
    return {"id": check.id, "report": report, "kind": check.kind, "verdict": check.verdict, "tier": check.tier,
            "note": check.note, "computed": check.computed, "stated": check.stated.text,
            "start": check.stated.span[0], "end": check.stated.span[1], "inputs": text(inputs),
            "claims": text(check.claims), "confidence": check.confidence}


def record_row(record: Record, report: str) -> Row:
    return {"id": record.id, "report": report, "type": record.type, "status": record.status,
            "fields": text(plain_fields(record.fields)), "claims": text(record.claims), "checks": text(record.checks),
            "confidence": record.confidence}


def rows(findings: Findings, result: str) -> Iterator[tuple[Table, list[Row]]]:
    """For each table that has rows of `findings`: the table and its rows, numbered in `place`, of `result`."""
    reports = findings.reports
    found = (
        (tables.reports, [report_row(report) for report in reports]),
        (tables.mentions, [mention_row(item, report.id) for report in reports for item in report.mentions]),
        (tables.claims, [claim_row(item, report.id) for report in reports for item in report.claims]),
        (tables.checks, [check_row(item, report.id) for report in reports for item in report.checks]),
        (tables.records, [record_row(item, report.id) for report in reports for item in report.records]),
        (tables.issues, [{"where": issue.where, "what": issue.what} for issue in findings.document.issues]),
    )
    for table, held in found:
        if held:
            yield table, [{"result": result, "place": place, **{name: storable(value) for name, value in row.items()}}
                          for place, row in enumerate(held)]

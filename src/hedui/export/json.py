"""Findings in, the JSON of schema hedui/1 out, and back as plain data.

Numbers are decimal strings with the digits as stated, spans are `[start, end]` into `text`, None is null. The same
findings give the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from hedui.document import Box, Document, Grid, Section, Span
from hedui.errors import ReadError
from hedui.fields import plain_fields, plain_number
from hedui.findings import Check, Claim, Findings, Mention, Quote, Record, Remark, Repair, Report

__all__ = ["SCHEMA", "Output", "dumps", "head_of", "load_output", "mention_output", "renamed", "to_json", "to_output"]

SCHEMA = "hedui/1"
Output = dict[str, Any]
BEFORE_NAME = f'{{"schema":"{SCHEMA}","source":{{"name":'
DECODER = json.JSONDecoder()


def pair(span: Span) -> list[int]:
    return [span[0], span[1]]


def confidence(value: float) -> float:
    return round(value, 4)


def told_by_model(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def box_output(box: Box | None) -> list[float] | None:
    return None if box is None else [box.x0, box.y0, box.x1, box.y1]


def mention_output(mention: Mention) -> Output:
    value = mention.value if mention.value is None or isinstance(mention.value, str) else plain_number(mention.value)
    return {
        "id": mention.id, "label": mention.label, "span": pair(mention.span), "text": mention.text, "value": value,
        "unit": mention.unit, "op": mention.op,
        "low": None if mention.low is None else plain_number(mention.low),
        "high": None if mention.high is None else plain_number(mention.high),
        "confidence": confidence(mention.confidence), "page": mention.page, "box": box_output(mention.box),
        "found_by": mention.found_by, "model": told_by_model(mention.model),
    }


def claim_output(claim: Claim) -> Output:
    return {
        "id": claim.id, "type": claim.type, "origin": claim.origin, "span": pair(claim.span),
        "fields": plain_fields(claim.fields),
        "spans": {name: pair(claim.spans[name]) for name in sorted(claim.spans)},
        "mentions": list(claim.mentions), "section": claim.section, "grid": claim.grid, "row": claim.row,
        "confidence": confidence(claim.confidence), "found_by": claim.found_by, "model": told_by_model(claim.model),
    }


def quote_output(quote: Quote) -> Output:
    return {"span": pair(quote.span), "text": quote.text, "value": quote.value}


def check_output(check: Check) -> Output:
    return {
        "id": check.id, "kind": check.kind, "inputs": [quote_output(quote) for quote in check.inputs],
        "stated": quote_output(check.stated), "computed": check.computed, "verdict": check.verdict,
        "tier": check.tier, "note": check.note, "claims": list(check.claims),
        "confidence": confidence(check.confidence), "formula": check.formula,
        "low": None if check.low is None else plain_number(check.low),
        "high": None if check.high is None else plain_number(check.high),
        "chance": None if check.chance is None else float(f"{check.chance:.2g}"),
    }


def remark_output(remark: Remark) -> Output:
    return {"id": remark.id, "kind": remark.kind, "quotes": [quote_output(quote) for quote in remark.quotes], "note": remark.note,
            "claims": list(remark.claims)}


def repair_output(repair: Repair) -> Output:
    return {"id": repair.id, "stated": quote_output(repair.stated), "proposed": repair.proposed, "change": repair.change,
            "closes": list(repair.closes), "opens": list(repair.opens), "odds": float(f"{repair.odds:.3g}"), "note": repair.note}


def record_output(record: Record) -> Output:
    return {
        "id": record.id, "type": record.type, "fields": plain_fields(record.fields), "claims": list(record.claims),
        "checks": list(record.checks), "status": record.status, "confidence": confidence(record.confidence),
    }


def report_output(report: Report) -> Output:
    part = report.part
    return {
        "id": report.id, "span": pair(part.span), "title": part.title, "kind": part.kind, "unit": part.unit,
        "region": part.region, "year": part.year, "programme": part.programme,
        "mentions": [mention_output(mention) for mention in report.mentions],
        "claims": [claim_output(claim) for claim in report.claims],
        "checks": [check_output(check) for check in report.checks],
        "records": [record_output(record) for record in report.records],
        "remarks": [remark_output(remark) for remark in report.remarks],
        "repairs": [repair_output(repair) for repair in report.repairs],
    }


def section_output(section: Section) -> Output:
    return {
        "span": pair(section.span), "heading": pair(section.heading), "number": section.number,
        "title": section.title, "level": section.level, "parent": section.parent, "part": section.part,
    }


def grid_output(grid: Grid) -> Output:
    """A table as it is meant, its rows as the spans of their cells; the places of a merged cell share one."""
    return {
        "span": pair(grid.span), "caption": None if grid.caption is None else pair(grid.caption), "unit": grid.unit,
        "section": grid.section, "part": grid.part, "header_rows": grid.header_rows,
        "headers": [list(path) for path in grid.headers],
        "rows": [[pair(cell.span) for cell in row] for row in grid.rows],
        "repairs": [{"kind": repair.kind, "rows": list(repair.rows), "what": repair.what} for repair in grid.repairs],
    }


def source_output(document: Document) -> Output:
    source: Output = {"name": document.name, "sha256": document.sha256, "media_type": document.media_type,
                      "pages": document.pages}
    if document.members:
        source["members"] = [asdict(member) for member in document.members]
    return source


def to_output(findings: Findings) -> Output:
    """The findings of one file as one object of schema hedui/1; with `sections` and `grids` where they are known."""
    document, layout = findings.document, findings.layout
    output: Output = {
        "schema": SCHEMA, "source": source_output(document), "model": findings.model, "text": document.text,
        "issues": [{"where": issue.where, "what": issue.what} for issue in document.issues],
        "reports": [report_output(report) for report in findings.reports],
    }
    if layout is not None:
        output["sections"] = [section_output(section) for section in layout.sections]
        output["grids"] = [grid_output(grid) for grid in layout.grids]
    return output


def dumps(output: Output) -> str:
    """The text of `output`: one line of JSON and a line end."""
    return orjson.dumps(output, option=orjson.OPT_APPEND_NEWLINE).decode()


def to_json(findings: Findings) -> str:
    """The findings of one file as text of schema hedui/1."""
    return dumps(to_output(findings))


def renamed(text: str, name: str) -> str:
    """The text of an output under another name, without reading the rest of it.

    >>> renamed('{"schema":"hedui/1","source":{"name":"a.txt","pages":null}}', "b.txt")
    '{"schema":"hedui/1","source":{"name":"b.txt","pages":null}}'
    """
    if not text.startswith(BEFORE_NAME):
        output = json.loads(text)
        output["source"]["name"] = name
        return dumps(output)
    _, end = DECODER.raw_decode(text, len(BEFORE_NAME))
    return f"{BEFORE_NAME}{json.dumps(name, ensure_ascii=False)}{text[end:]}"


def head_of(text: str) -> Output:
    """What stands in the text of an output before its reports (source, model, text, issues), without reading these.

    >>> head_of('{"schema":"hedui/1","source":{"name":"a.txt"},"issues":[],"reports":[1, 2]}')
    {'schema': 'hedui/1', 'source': {'name': 'a.txt'}, 'issues': []}
    """
    found: Output = {}
    at = 1
    while True:
        name, at = DECODER.raw_decode(text, at)
        if name == "reports":
            return found
        found[name], at = DECODER.raw_decode(text, at + 1)
        at += 1


def load_output(path: Path | str) -> Output:
    """What `to_json` wrote to `path`; ReadError where the file holds something else."""
    name = Path(path).name
    try:
        output = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(name, f"不是可读的 JSON · not a JSON file that can be read ({error})") from error
    schema = output.get("schema") if isinstance(output, dict) else None
    if schema != SCHEMA:
        raise ReadError(name, f"不是 {SCHEMA} 结果 · expected schema {SCHEMA}, found {schema!r}")
    return dict(output)

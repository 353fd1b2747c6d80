"""The output of a file in, the flat rows of its records, claims, checks and mentions out.

A row is a dict of the columns that `COLUMNS` names for its table; what a row has not is None. Figures stay the decimal
strings of the output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["COLUMNS", "LISTS", "FileLine", "Row", "rows_of"]

Row = dict[str, Any]
FIELDS = (
    "name", "level1", "level2", "target", "actual", "completion", "deviation", "weight", "score", "full", "grade",
    "reason", "yuan", "measure", "scope", "fund_year", "level", "documents", "number", "title", "issuers", "amounts",
)
LISTS = frozenset({"documents", "issuers", "amounts", "claim_ids", "check_ids", "mention_ids"})
PLACE = ("file", "sha256", "report", "report_title", "report_unit", "report_year", "programme", "id")
COLUMNS = {
    "records": (*PLACE, "type", "status", *FIELDS, "claim_ids", "check_ids", "confidence"),
    "claims": (*PLACE, "type", "origin", "start", "end", *FIELDS, "mention_ids", "confidence", "found_by", "model"),
    "checks": (*PLACE, "kind", "verdict", "tier", "note", "stated", "computed", "inputs", "start", "end", "claim_ids",
               "confidence"),
    "mentions": (*PLACE, "label", "start", "end", "text", "value", "unit", "op", "low", "high", "confidence", "found_by", "model"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLine:
    """What one file of a run came to: `state` is read, kept, part (of the `case` named), same or failed, `cause` why or of
    which file."""

    name: str
    state: str
    sha256: str | None = None
    cause: str = ""
    case: str = ""


def fields_of(fields: Mapping[str, Any]) -> Row:
    """Fields by column; the year of a fund stands apart from that of its report."""
    return {"fund_year" if name == "year" else name: value for name, value in fields.items()}


def place_of(item: Mapping[str, Any]) -> Row:
    return {"id": item["id"], "start": item["span"][0], "end": item["span"][1], "confidence": item["confidence"]}


def finder_of(item: Mapping[str, Any]) -> Row:
    """Who found it; results of before there was a model say nothing of it."""
    return {"found_by": item.get("found_by", "rules"), "model": item.get("model")}


def record_row(record: Mapping[str, Any]) -> Row:
    return {"id": record["id"], "type": record["type"], "status": record["status"], **fields_of(record["fields"]),
            "claim_ids": record["claims"], "check_ids": record["checks"], "confidence": record["confidence"]}


def claim_row(claim: Mapping[str, Any]) -> Row:
    return {**place_of(claim), "type": claim["type"], "origin": claim["origin"], **fields_of(claim["fields"]),
            "mention_ids": claim["mentions"], **finder_of(claim)}


def check_row(check: Mapping[str, Any]) -> Row:
    start, end = check["stated"]["span"]
    return {
        "id": check["id"], "kind": check["kind"], "verdict": check["verdict"], "tier": check["tier"],
        "note": check["note"], "stated": check["stated"]["text"], "computed": check["computed"],
        "inputs": "；".join(quote["text"] for quote in check["inputs"]), "start": start, "end": end,
        "claim_ids": check["claims"], "confidence": check["confidence"],
    }


def mention_row(mention: Mapping[str, Any]) -> Row:
    told = ("label", "text", "value", "unit", "op", "low", "high")
    return {**place_of(mention), **{name: mention[name] for name in told}, **finder_of(mention)}


ROWS = {"records": record_row, "claims": claim_row, "checks": check_row, "mentions": mention_row}


def rows_of(output: Mapping[str, Any], table: str) -> Iterator[Row]:
    """The rows of `table` (records, claims, checks, mentions) in one output, in its order."""
    source = output["source"]
    for report in output["reports"]:
        place = {"file": source["name"], "sha256": source["sha256"], "report": report["id"],
                 "report_title": report["title"], "report_unit": report["unit"], "report_year": report["year"],
                 "programme": report["programme"]}
        for item in report[table]:
            yield place | ROWS[table](item)

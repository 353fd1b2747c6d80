"""An output in, the rows of every table that holds a part of them out, in their order.

Rows hold what people ask for across documents; whatever else was found lies in the output.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["Row", "record_told", "rows"]

Row = dict[str, Any]
Output = Mapping[str, Any]


def storable(value: Any) -> Any:
    """`value` without the character NUL, which PostgreSQL holds in no text; the whole output keeps it."""
    return value.replace("\0", "\u2400") if isinstance(value, str) else value


def report_row(report: Output) -> Row:
    start, end = report["span"]
    return {"id": report["id"], "start": start, "end": end, "title": report["title"], "kind": report["kind"], "unit": report["unit"],
            "region": report["region"], "year": report["year"], "programme": report["programme"]}


def record_told(fields: Mapping[str, Any]) -> Row:
    """What a record is called, and how many of its fields are filled.

    >>> record_told({"name": "养护里程", "target": "≥120公里", "actual": "", "documents": []})
    {'name': '养护里程', 'filled': 2}
    """
    held = {key: value for key, value in fields.items() if value not in (None, "", [])}
    return {"name": str(held.get("name") or held.get("title") or held.get("scope") or held.get("number") or ""), "filled": len(held)}


def record_row(record: Output, report: int) -> Row:
    return {"id": record["id"], "report": report, "type": record["type"], "status": record["status"], **record_told(record["fields"]),
            "confidence": record["confidence"]}


def conflict_row(check: Output, report: int) -> Row:
    return {"id": check["id"], "report": report, "kind": check["kind"], "verdict": check["verdict"], "tier": check["tier"], "note": check["note"],
            "confidence": check["confidence"]}


def placed(found: Iterable[Row]) -> list[Row]:
    return [{"place": place, **{name: storable(value) for name, value in row.items()}} for place, row in enumerate(found)]


def rows(output: Output) -> Mapping[str, Sequence[Row]]:
    """For each table that has rows of an `output` of schema hedui/1: its name and its rows, numbered in `place`; `report` is the place of the
    report that a row belongs to."""
    reports = list(enumerate(output["reports"]))
    found = {
        "reports": placed(report_row(report) for _, report in reports),
        "records": placed(record_row(item, place) for place, report in reports for item in report["records"]),
        "conflicts": placed(conflict_row(item, place) for place, report in reports for item in report["checks"] if item["verdict"] != "consistent"),
        "issues": placed({"where": issue["where"], "what": issue["what"]} for issue in output["issues"]),
    }
    return {table: held for table, held in found.items() if held}

"""The outputs of hedui (`hedui/1`) come in, the data of report.html goes out: each text once, everything else as offsets.

Offsets are turned from characters into UTF-16 units, which is how a browser counts. Ids that occur twice (the same
bytes under two names) are told apart by a suffix.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hedui.export.page_blocks import Cell, Heading, Paragraph, Table, blocks
from hedui.export.page_grids import grid_table
from hedui.export.totals import Whole

__all__ = ["as_script", "page_data"]

Json = dict[str, Any]
Place = Callable[[int], int]
LABELS = ("AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG", "REGION")
SURROGATE = re.compile("[\ud800-\udfff]")


def page_data(outputs: Iterable[Mapping[str, Any]], *, title: str, failures: Mapping[str, str], whole: Whole | None = None) -> Json:
    """What the page's scripts read: files, checks and records in flat lists that point at one another by index."""
    files: list[Json] = []
    checks: list[Json] = []
    records: list[Json] = []
    seen: dict[str, int] = {}
    for output in outputs:
        number, text = len(files), output.get("text") or ""
        place = utf16(text)
        files.append(file_data(output, text, place))
        for at, report in enumerate(output.get("reports", ())):
            home = {"f": number, "r": at}
            claims = {claim["id"]: claim for claim in report.get("claims", ())}
            pages_ids: dict[str, str] = {}
            for check in report.get("checks", ()):
                pages_ids[check["id"]] = own_id(check["id"], seen)
                checks.append(check_data(check, pages_ids[check["id"]], text, place) | home)
            for record in report.get("records", ()):
                shown = record_data(record, claims, place)
                shown["checks"] = [pages_ids[one] for one in record.get("checks", ()) if one in pages_ids]
                records.append(shown | home | {"id": own_id(record["id"], seen)})
    return {"title": title, "files": files, "checks": checks, "records": records, "labels": LABELS,
            "failures": [[name, cause] for name, cause in failures.items()],
            **({"whole": totals_data(whole)} if whole is not None and len(whole.files) > len(files) else {})}


def totals_data(whole: Whole) -> Json:
    """What a page that holds only the gravest files tells of all."""
    totals = whole.totals
    return {"files": len(whole.files), "reports": totals.reports, "claims": totals.claims, "checks": totals.checks, "verdicts": dict(totals.verdicts)}


def as_script(data: Json) -> str:
    """`data` as JSON that can stand inside a script element: no `<` in it, no half characters."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def utf16(text: str) -> Place:
    """Maps an offset in characters to one in UTF-16 units.

    >>> [utf16("𠮷野家")(i) for i in (0, 1, 2)]
    [0, 2, 3]
    """
    wide = [i for i, char in enumerate(text) if ord(char) > 0xFFFF] if not text.isascii() else []
    if not wide:
        return lambda at: at
    return lambda at: at + bisect_right(wide, at - 1)


def own_id(name: str, seen: dict[str, int]) -> str:
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}~{seen[name]}"


def known(**fields: Any) -> Json:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], ())}


def file_data(output: Mapping[str, Any], text: str, place: Place) -> Json:
    source = output.get("source") or {}
    sections = output.get("sections")
    headings = None if not sections else {
        one["heading"][0]: Heading(end=one["heading"][1], level=one.get("level") or 1)
        for one in sections if one["heading"][0] < one["heading"][1]
    }
    drawn = blocks(text, grids=[grid_table(grid, text) for grid in output.get("grids") or ()], headings=headings)
    return known(
        name=source.get("name") or "?", sha256=source.get("sha256"), media=source.get("media_type"),
        pages=source.get("pages"), text=text, blocks=[block_data(block, place) for block in drawn],
        issues=[[issue.get("where") or "", issue.get("what") or ""] for issue in output.get("issues", ())],
        reports=[report_data(report, place) for report in output.get("reports", ())],
    )


def report_data(report: Mapping[str, Any], place: Place) -> Json:
    start, end = report.get("span") or (0, 0)
    head = known(**{key: report.get(key) for key in ("title", "kind", "unit", "region", "year", "programme")})
    return head | {"id": report["id"], "s": place(start), "e": place(end), "claims": len(report.get("claims", ())),
                   "mentions": [mention_data(mention, place) for mention in report.get("mentions", ())]}


def mention_data(mention: Mapping[str, Any], place: Place) -> list[Any]:
    """Start, end, index of the label, and what it means where that is not what it says."""
    label = LABELS.index(mention["label"]) if mention["label"] in LABELS else 0
    start, end = mention["span"]
    value, unit = mention.get("value"), mention.get("unit") or ""
    row: list[Any] = [place(start), place(end), label]
    if value is not None and str(value) != mention.get("text"):
        number = label < LABELS.index("DATE")
        row.append(" ".join(filter(None, [mention.get("op"), str(value), unit if number and unit != "1" else ""])))
    return row


def quote_data(quote: Mapping[str, Any], text: str, place: Place) -> list[Any]:
    """Start, end, value, and the words where they are not those of the span."""
    start, end = quote["span"]
    row = [place(start), place(end), quote.get("value") or ""]
    said = quote.get("text")
    return row if said is None or said == text[start:end] else [*row, said]


def check_data(check: Mapping[str, Any], own: str, text: str, place: Place) -> Json:
    return {
        "id": own, "kind": check["kind"], "verdict": check["verdict"], "tier": check.get("tier") or "numeric",
        "note": check.get("note") or "", "computed": check.get("computed") or "",
        "p": round(float(check.get("confidence", 1.0)), 4),
        "stated": quote_data(check["stated"], text, place),
        "inputs": [quote_data(one, text, place) for one in check.get("inputs", ())],
    }


def record_data(record: Mapping[str, Any], claims: Mapping[str, Mapping[str, Any]], place: Place) -> Json:
    cited = [claims[one] for one in record.get("claims", ()) if one in claims]
    return {
        "type": record["type"], "status": record["status"], "p": round(float(record.get("confidence", 1.0)), 4),
        "fields": known(**record.get("fields", {})),
        "claims": [[place(one["span"][0]), place(one["span"][1]), one.get("origin", "narrative")] for one in cited],
    }


def block_data(block: Paragraph | Table, place: Place) -> list[Any]:
    """`[start, end, level, 0, end of the heading]` for running text, without what is not so; `[start, end, header rows,
    rows]` for a table."""
    start, end = place(block.span[0]), place(block.span[1])
    if isinstance(block, Paragraph):
        if block.lead is not None:
            return [start, end, block.level, 0, place(block.lead)]
        return [start, end, block.level] if block.level else [start, end]
    return [start, end, block.header_rows, [[cell_data(cell, place) for cell in row] for row in block.rows]]


def cell_data(cell: Cell, place: Place) -> list[int]:
    row = [place(cell.span[0]), place(cell.span[1])]
    return row if cell.cols == cell.rows == 1 else [*row, cell.cols, cell.rows]

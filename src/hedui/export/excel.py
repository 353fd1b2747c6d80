"""Outputs in, one Excel workbook out: 结论, 冲突, 核对, 记录, 文件.

Text is always written as text, so that nothing a report says runs as a formula (CWE-1236), whatever it starts with;
figures are written as numbers where a number of fifteen digits holds them, else as text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hedui.export.tables import FileLine, rows_of
from hedui.export.words import SHEETS, heading, word

__all__ = ["write_excel"]

LONGEST, ROWS = 32_767, 1_048_576
EXACT_DIGITS = 15
# 1260 · 0.9380 · -3.5, and not =1+1, 1e5, ＋86
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
NUMBERS = frozenset({"yuan", "fund_year", "report_year", "confidence", "count", "characters", "reports", "claims", "checks",
                     "conflicts", "weight", "score", "full"})
TOLD = frozenset({"kind", "verdict", "tier", "type", "status", "state"})
CHECKS = ("file", "report_unit", "kind", "verdict", "tier", "note", "stated", "computed", "inputs", "confidence", "id")
RECORDS = ("file", "report_unit", "type", "status", "name", "level1", "level2", "target", "actual", "completion",
           "deviation", "weight", "score", "full", "grade", "reason", "yuan", "measure", "scope", "fund_year", "level",
           "documents", "number", "title", "issuers", "amounts", "confidence", "id")
FILES = ("file", "state", "cause", "characters", "reports", "claims", "checks", "conflicts", "sha256")
SUMMARY = ("what", "count")
SHAPES = {"summary": SUMMARY, "conflicts": CHECKS, "checks": CHECKS, "records": RECORDS, "files": FILES}
WIDTHS = {"file": 32, "report_unit": 24, "note": 56, "inputs": 36, "name": 30, "title": 40, "reason": 30, "cause": 60,
          "scope": 28, "documents": 24, "number": 24, "issuers": 20, "what": 40, "stated": 16, "computed": 16, "yuan": 18}
WIDTH = 12


def number(value: object) -> float | int | None:
    """`value` as a number of Excel, None where that would not be exact.

    >>> number("1200.50"), number("12345678901234567"), number("=1+1")
    (1200.5, None, None)
    """
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        return None
    return float(value) if len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS else None


def shown(column: str, value: object) -> str:
    if isinstance(value, list):
        return "；".join(str(item) for item in value)
    text = str(value)
    return word(text) if column in TOLD else text


class Sheet:
    """One sheet that is filled from the top: frozen head, filter, widths by column."""

    def __init__(self, sheet: Worksheet, columns: Sequence[str], formats: Mapping[str, Format]) -> None:
        self.sheet, self.columns, self.formats, self.row = sheet, columns, formats, 1
        for at, column in enumerate(columns):
            sheet.set_column(at, at, WIDTHS.get(column, WIDTH))
        sheet.set_row(0, 32)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, heading(column), formats["head"])
        sheet.freeze_panes(1, 1)

    def add(self, row: Mapping[str, Any], look: str = "text") -> None:
        """Adds a row; beyond what a sheet holds nothing is added, and `full` says so."""
        if self.full:
            return
        for at, column in enumerate(self.columns):
            value = row.get(column)
            figure = number(value) if column in NUMBERS else None
            if figure is not None:
                self.sheet.write_number(self.row, at, figure, self.formats["yuan" if column == "yuan" else "number"])
            elif value not in (None, "", []):
                self.sheet.write_string(self.row, at, shown(column, value)[:LONGEST], self.formats[look])
        self.row += 1

    @property
    def full(self) -> bool:
        return self.row >= ROWS

    def close(self) -> None:
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(self.columns) - 1)


def file_row(line: FileLine, output: Mapping[str, Any] | None) -> dict[str, Any]:
    row: dict[str, Any] = {"file": line.name, "state": line.state, "cause": line.cause, "sha256": line.sha256}
    if output is None:
        return row
    reports = output["reports"]
    issues = "；".join(f"{issue['where']} {issue['what']}".strip() for issue in output["issues"])
    return row | {
        "cause": line.cause or issues, "characters": len(output["text"]), "reports": len(reports),
        "claims": sum(len(report["claims"]) for report in reports),
        "checks": sum(len(report["checks"]) for report in reports),
        "conflicts": sum(check["verdict"] == "conflict" for report in reports for check in report["checks"]),
    }


def summary_rows(counts: Counter[tuple[str, str]], lines: Sequence[FileLine], full: bool) -> list[dict[str, Any]]:
    """What came out in all: files by state, records, checks by verdict, conflicts by kind."""
    states = Counter(line.state for line in lines)
    rows: list[dict[str, Any]] = [{"what": f"文件 files · {word(state)}", "count": n} for state, n in states.items()]
    rows.append({"what": "记录 records", "count": counts["records", ""]})
    rows += [{"what": f"核对 checks · {word(verdict)}", "count": counts["verdict", verdict]}
             for verdict in ("conflict", "rounding", "consistent")]
    kinds = sorted(((n, kind) for (of, kind), n in counts.items() if of == "conflict"), reverse=True)
    rows += [{"what": f"不符 conflicts · {word(kind)}", "count": n} for n, kind in kinds]
    if full:
        rows.append({"what": "有的表超出 Excel 行数上限，全部行在 Parquet 中 · a sheet is full, Parquet holds all rows"})
    return rows


def write_excel(outputs: Iterable[Mapping[str, Any]], path: Path, *, lines: Sequence[FileLine]) -> Path:
    """Writes the workbook of a run to `path`: its `outputs` and what each of its files came to.

    OSError where it cannot be written, also where it is open in Excel.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            fill(book, outputs, lines)
    except XlsxWriterException as error:
        raise OSError(str(error)) from error
    return path


def fill(book: xlsxwriter.Workbook, outputs: Iterable[Mapping[str, Any]], lines: Sequence[FileLine]) -> None:
    """Fills every sheet in one walk over the outputs; the summary comes last and stands first."""
    counts: Counter[tuple[str, str]] = Counter()
    by_content = {line.sha256: line for line in lines if line.state in ("read", "kept")}
    looks = formats(book)
    sheets = {name: Sheet(book.add_worksheet(SHEETS[name]), shape, looks) for name, shape in SHAPES.items()}
    for output in outputs:
        for check in rows_of(output, "checks"):
            counts["verdict", check["verdict"]] += 1
            if check["verdict"] == "conflict":
                counts["conflict", check["kind"]] += 1
                sheets["conflicts"].add(check)
            sheets["checks"].add(check, "conflict" if check["verdict"] == "conflict" else "text")
        for record in rows_of(output, "records"):
            counts["records", ""] += 1
            sheets["records"].add(record)
        line = by_content.get(output["source"]["sha256"])
        if line is not None:
            sheets["files"].add(file_row(line, output))
    for line in lines:
        if line.state not in ("read", "kept"):
            sheets["files"].add(file_row(line, None), "conflict" if line.state == "failed" else "text")
    for row in summary_rows(counts, lines, any(sheet.full for sheet in sheets.values())):
        sheets["summary"].add(row)
    for sheet in sheets.values():
        sheet.close()


def formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    wrap = {"text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E8EDF3", "bottom": 1, **wrap}),
        "text": book.add_format(wrap), "number": book.add_format({"valign": "top"}),
        "yuan": book.add_format({"valign": "top", "num_format": "#,##0.00"}),
        "conflict": book.add_format({"font_color": "#9C2B1B", **wrap}),
    }

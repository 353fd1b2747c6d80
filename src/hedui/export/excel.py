"""Outputs in, one Excel workbook out: 结论, 冲突, 核对, 记录, 文件.

Text is always written as text, so that nothing a report says runs as a formula (CWE-1236), whatever it starts with;
figures are written as numbers where a number of fifteen digits holds them, else as text.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hedui.export.tables import FileLine, rows_of
from hedui.export.totals import Totals, Whole, whole_of
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
CREATED = datetime(2000, 1, 1)  # of no account: a workbook tells what was read, not when
FULL = "有的表超出 Excel 行数上限，全部行在 lake/ 中 · a sheet is full, lake/ holds all rows"
PARTLY = ("核对、记录两表只列最要紧的 {n} 份，共 {all} 份，全部在 lake/ 与 json/ 中 · checks and records of the {n} gravest of {all} files, "
          "the rest in lake/ and json/")
GRAVEST = "冲突表只列最要紧的 {n} 处，共 {all} 处，全部在 lake/checks 中 · the {n} gravest of {all} conflicts, all in lake/checks"


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


def state_of(line: FileLine) -> str:
    """The state as the workbook tells it: whether a result is of this run or one before makes no difference to what it says."""
    return "read" if line.state == "kept" else line.state


def file_row(line: FileLine, told: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a file came to; `told` is what was read in it (`totals.Whole.files`)."""
    row: dict[str, Any] = {"file": line.name, "state": state_of(line), "cause": line.cause, "sha256": line.sha256}
    if told is None:
        return row
    return row | {"cause": line.cause or told["issues"], **{name: told[name] for name in ("characters", "reports", "claims", "checks", "conflicts")}}


def summary_rows(totals: Totals, lines: Sequence[FileLine], notes: Sequence[str]) -> list[dict[str, Any]]:
    """What came out in all: files by state, records, checks by verdict, conflicts by kind."""
    states = Counter(map(state_of, lines))
    rows: list[dict[str, Any]] = [{"what": f"文件 files · {word(state)}", "count": n} for state, n in states.items()]
    rows.append({"what": "记录 records", "count": totals.records})
    rows += [{"what": f"核对 checks · {word(verdict)}", "count": totals.verdicts.get(verdict, 0)}
             for verdict in ("conflict", "rounding", "consistent")]
    rows += [{"what": f"不符 conflicts · {word(kind)}", "count": n} for kind, n in totals.conflicts.items()]
    return rows + [{"what": note} for note in notes]


def write_excel(outputs: Iterable[Mapping[str, Any]], path: Path, *, lines: Sequence[FileLine], whole: Whole | None = None) -> Path:
    """Writes the workbook of a run to `path`: its `outputs` and what each of its files came to.

    `whole` tells of all reports where `outputs` are only the gravest of them: totals, conflicts and files are then those of all, and the
    workbook says that its checks and records are not. The same makes the same bytes. OSError where it cannot be written, also where it is
    open in Excel; an older workbook at `path` is replaced only once the new one is complete.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    draft = path.with_name(f"{path.name}.part")
    held = list(outputs)
    try:
        with xlsxwriter.Workbook(draft, options) as book:
            book.set_properties({"created": CREATED})
            fill(book, held, lines, whole or whole_of(held), partly=whole is not None and len(whole.files) > len(held))
        os.replace(draft, path)
    except XlsxWriterException as error:
        draft.unlink(missing_ok=True)
        raise OSError(str(error)) from error
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return path


def fill(book: xlsxwriter.Workbook, outputs: Sequence[Mapping[str, Any]], lines: Sequence[FileLine], whole: Whole, *, partly: bool) -> None:
    """Fills every sheet; the summary comes last and stands first."""
    looks = formats(book)
    sheets = {name: Sheet(book.add_worksheet(SHEETS[name]), shape, looks) for name, shape in SHAPES.items()}
    for check in whole.conflicts:
        sheets["conflicts"].add(check)
    for output in outputs:
        for check in rows_of(output, "checks"):
            sheets["checks"].add(check, "conflict" if check["verdict"] == "conflict" else "text")
        for record in rows_of(output, "records"):
            sheets["records"].add(record)
    for line in lines:
        told = whole.files.get(line.sha256 or "") if line.state in ("read", "kept") else None
        sheets["files"].add(file_row(line, told), "conflict" if line.state == "failed" else "text")
    notes = [FULL] if any(sheet.full for sheet in sheets.values()) else []
    if partly:
        notes.append(PARTLY.format(n=len(outputs), all=len(whole.files)))
    if (conflicts := whole.totals.verdicts.get("conflict", 0)) > len(whole.conflicts):
        notes.append(GRAVEST.format(n=len(whole.conflicts), all=conflicts))
    for row in summary_rows(whole.totals, lines, notes):
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

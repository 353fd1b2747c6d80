"""Rows of tables -> CSV that no spreadsheet runs as formulas (CWE-1236): text that could be taken for one gets an apostrophe in front,
in heads too; figures stay as they are. UTF-8 with a byte order mark, as Excel wants it; every cell stands in quotes.

https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hedui.export.tables import COLUMNS, rows_of

__all__ = ["Sheet", "cell", "write_csv"]

# 1260 · -3.5, and not -1+1
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
# also behind white space and characters that are not shown, and in the full width that input methods write
LEADING = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\x00]")


def cell(value: Any) -> str:
    """A value as the text of one cell.

    >>> cell("=1+1"), cell("-3.50"), cell(["a", "b"]), cell(None)
    ("'=1+1", '-3.50', 'a；b', '')
    """
    if value is None:
        return ""
    text = "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if LEADING.match(text) and not NUMBER.fullmatch(text) else text


class Sheet:
    """A CSV file that is filled from the top, its heads first; what a row has not is empty."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.columns = columns
        self.file = path.open("w", encoding="utf-8-sig", newline="", errors="replace")
        self.writer = csv.writer(self.file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        self.writer.writerow([cell(column) for column in columns])

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.writer.writerows([cell(row.get(column)) for column in self.columns] for row in rows)

    def __enter__(self) -> Sheet:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def write_csv(outputs: Iterable[Mapping[str, Any]], folder: Path) -> tuple[Path, ...]:
    """Writes records, claims, checks and mentions of all `outputs` to `folder`, in one walk; the paths written. OSError where one cannot be."""
    paths = {table: folder / f"{table}.csv" for table in COLUMNS}
    with ExitStack() as stack:
        sheets = {table: stack.enter_context(Sheet(path, COLUMNS[table])) for table, path in paths.items()}
        for output in outputs:
            for table, sheet in sheets.items():
                sheet.add(rows_of(output, table))
    return tuple(paths.values())

"""Text of a comma-, semicolon- or tab-separated file -> a Sheet; None where the text is no such file.

A file counts as one where all but a few of its records have the same number of fields, one record heads them with words,
and the fields are short: prose and columns of numbers with thousands' commas do not pass.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO
from statistics import median

from hedui.readers.sheets.cells import Taken
from hedui.readers.sheets.sheet import Sheet

__all__ = ["delimited_sheet"]

DELIMITERS = (",", ";", "\t")
MIN_RECORDS, EQUAL_SHARE, SHORT = 3, 0.9, 40
HEAD = 20_000
# ="0012": how programs keep Excel from reading a code as a number
KEPT_TEXT = re.compile(r'="([^"]*)"')
WORD = re.compile(r"[^\W\d_]")
# a line of another dialect of tables
OTHER_TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.M)


def records_of(text: str, delimiter: str) -> list[list[str]]:
    """The records that are not blank; none where the quotes do not fit."""
    try:
        return [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True) if any(map(str.strip, row))]
    except csv.Error:
        return []


def is_table(records: list[list[str]]) -> bool:
    """Whether records are rows of one table rather than lines of prose."""
    if len(records) < MIN_RECORDS:
        return False
    width, equal = Counter(map(len, records)).most_common(1)[0]
    if width < 2 or equal < EQUAL_SHARE * len(records) or max(map(len, records)) > width:
        return False
    fields = [field.strip() for row in records for field in row if field.strip()]
    headed = any(len(said) > 1 and all(map(WORD.search, said)) for row in records if (said := [f for f in row if f.strip()]))
    prose = sum(field.endswith(("。", ".")) for field in fields)
    return headed and median(map(len, fields)) <= SHORT and prose * 4 <= len(fields)


def could_be(text: str, delimiter: str) -> bool:
    """A cheap look at the first lines: most hold the delimiter; tabs count only where fields are quoted (other tabbed
    tables are read where they stand)."""
    lines = [line for line in text[:HEAD].split("\n") if line.strip()]
    if delimiter == "\t" and '"' not in text[:HEAD]:
        return False
    return sum(delimiter in line for line in lines) * 2 >= len(lines) and not OTHER_TABLE.search(text, 0, HEAD)


def plain(field: str) -> str:
    kept = KEPT_TEXT.fullmatch(field.strip())
    return kept[1] if kept else field.strip()


def delimited_sheet(text: str, name: str) -> Sheet | None:
    r"""The records of `text` as a sheet; `name` is the file, for messages. Raises ReadError over the limits.

    >>> delimited_sheet('乡镇,"支出,万元"\n东河镇,"1,280.5"\n西山镇,199\n', "a.csv").cells[1, 1]
    '1,280.5'
    """
    for delimiter in DELIMITERS:
        records = records_of(text, delimiter) if could_be(text, delimiter) else []
        if not is_table(records):
            continue
        taken = Taken(name=name)
        cells = {(i, j): plain(field) for i, row in enumerate(records) for j, field in enumerate(row) if field.strip()}
        for said in cells.values():
            taken.add(said)
        return Sheet(name="", cells=cells)
    return None

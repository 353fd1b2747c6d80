"""Bytes of a legacy workbook (.xls, .et; BIFF in a compound file) -> Document, by xlrd."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers.sheets.cells import Taken
from hedui.readers.sheets.format_codes import BUILT_IN, GENERAL
from hedui.readers.sheets.number_formats import shown, shown_text
from hedui.readers.sheets.sheet import Area, Sheet
from hedui.readers.sheets.workbook import sheets_document

__all__ = ["read_xls"]

MEDIA_TYPE = "application/vnd.ms-excel"
PROTECTED = ("有密码保护，打不开；请取消密码后另存为 xlsx / "
             "password-protected; remove the password and save it as xlsx")
BROKEN = "文件不完整或已损坏（旧版 Excel）；请用 Excel 打开并另存为 xlsx / a truncated or damaged legacy workbook; save it as xlsx"
# what xlrd lets out where a record is not as it expects
DAMAGE = (KeyError, IndexError, ValueError, TypeError, AttributeError, AssertionError, OverflowError, EOFError,
                NotImplementedError, ZeroDivisionError, RecursionError, OSError, struct.error)
SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")


def book_of(data: bytes, name: str) -> Any:
    """The open workbook. Raises ReadError where it is protected or damaged."""
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO())
    except (xlrd.XLRDError, CompDocError, *DAMAGE) as error:
        raise ReadError(name, PROTECTED if "encrypted" in str(error).lower() else BROKEN) from error


def code_of(book: Any, style: int) -> str:
    key = book.xf_list[style].format_key if 0 <= style < len(book.xf_list) else 0
    found = book.format_map.get(key)
    return BUILT_IN.get(key) or (str(found.format_str) if found else GENERAL)


def rules(book: Any, style: int) -> bool:
    border = book.xf_list[style].border if 0 <= style < len(book.xf_list) else None
    return border is not None and any(getattr(border, side) for side in SIDES)


def said_by(book: Any, cell: Any) -> str:
    """What a cell shows."""
    import xlrd

    code = code_of(book, cell.xf_index or 0)
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        return shown(Decimal(repr(float(cell.value))), code, date1904=book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return shown_text(str(cell.value), code).replace("\r\n", "\n").replace("\r", "\n")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    return str(xlrd.error_text_from_code.get(cell.value, "")) if cell.ctype == xlrd.XL_CELL_ERROR else ""


def sheet_of(book: Any, source: Any, taken: Taken) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    ruled: set[tuple[int, int]] = set()
    for row in range(source.nrows):
        for column, cell in enumerate(source.row(row)):
            said = said_by(book, cell)
            if said.strip():
                taken.add(said)
                cells[row, column] = said
            if rules(book, cell.xf_index or 0):
                ruled.add((row, column))
    last = max((row for row, _ in cells), default=-1)
    return Sheet(
        name=source.name, cells=cells, ruled=frozenset(place for place in ruled if place[0] <= last),
        merged=tuple(Area(top=top, bottom=bottom - 1, left=left, right=right - 1)
                     for top, bottom, left, right in source.merged_cells),
        hidden=bool(source.visibility),
        hidden_rows=frozenset(row for row, info in source.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column for column, info in source.colinfo_map.items() if info.hidden))


def sheets_of(book: Any, name: str) -> Iterator[Sheet]:
    taken = Taken(name=name)
    for source in book.sheets():
        yield sheet_of(book, source, taken)


def read_xls(data: bytes, name: str) -> Document:
    """The sheets of the workbook in `data`, as `read_xlsx` reads them. Raises ReadError where it is protected, damaged or
    holds no words."""
    book = book_of(data, name)
    try:
        sheets = list(sheets_of(book, name))
    except DAMAGE as error:
        raise ReadError(name, BROKEN) from error
    return sheets_document(sheets, data, name, media_type=MEDIA_TYPE)

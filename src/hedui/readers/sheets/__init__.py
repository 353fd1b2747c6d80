"""Bytes of a spreadsheet (.xlsx, .xls, .csv) -> Document: what every sheet shows."""

from hedui.readers.sheets.xls import read_xls
from hedui.readers.sheets.xlsx import read_xlsx

__all__ = ["read_xls", "read_xlsx"]

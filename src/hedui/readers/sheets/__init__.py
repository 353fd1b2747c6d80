"""Bytes of a spreadsheet (.xlsx, .xls, .csv) -> Document: what every sheet shows."""

from hedui.readers.sheets.xlsx import read_xlsx

__all__ = ["read_xlsx"]

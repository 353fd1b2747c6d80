"""Bytes of a spreadsheet (.xlsx, .xls) or the text of one (.csv) -> Document: what every sheet shows."""

from hedui.readers.sheets.blocks import sheet_drafts
from hedui.readers.sheets.delimited import delimited_sheet
from hedui.readers.sheets.xls import read_xls
from hedui.readers.sheets.xlsx import read_xlsx

__all__ = ["delimited_sheet", "read_xls", "read_xlsx", "sheet_drafts"]

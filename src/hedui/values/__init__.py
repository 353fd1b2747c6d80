"""Text -> value: numerals, amounts, rates, quantities, dates, document numbers and comparisons; knows no document."""

from hedui.values.dates import iso_date
from hedui.values.docnos import find_docnos, parse_docno
from hedui.values.figures import find_figures, measured
from hedui.values.numerals import chinese_integer, parse_number
from hedui.values.read import parse_amount, parse_date, parse_quantity, parse_rate, read_value, stated_interval
from hedui.values.types import Found, Kind, Number, Op, Value

__all__ = [
    "Found", "Kind", "Number", "Op", "Value", "chinese_integer", "find_docnos", "find_figures", "iso_date", "measured",
    "parse_amount", "parse_date", "parse_docno", "parse_number", "parse_quantity", "parse_rate", "read_value",
    "stated_interval",
]

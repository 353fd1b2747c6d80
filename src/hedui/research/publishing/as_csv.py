"""Rows of a table in, one CSV file out that no spreadsheet runs as formulas (CWE-1236) and whose figures are figures.

UTF-8 with a byte order mark, since Excel reads Chinese without it as something else, while pandas, DuckDB, R and Frictionless pass over it.
Lists are JSON arrays. Decimals have the digits they need and no more; text that could be taken for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from hedui.export.csv import cell
from hedui.research.publishing.shape import Field, Shape

__all__ = ["CsvFile", "json_array", "plain_decimal"]

# text that `export.csv.cell` may have to change: white space, what is not shown, then a sign; or a control character (RE2)
SPACES = r"\s\x00-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}\x{2029}\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}"
SUSPECT = rf"^(?:[{SPACES}]*[=+\-@＝＋－＠]|[\t\r\n\x00])"


class CsvFile:
    """A CSV file (RFC 4180, lines end in LF) that is filled batch by batch."""

    def __init__(self, path: Path, shape: Shape) -> None:
        self.shape = shape
        self.file = path.open("wb")
        self.file.write(codecs.BOM_UTF8)
        heads = pa.schema([(cell(name), pa.string()) for name in shape.names])
        self.file.write((",".join(f'"{name}"' for name in heads.names) + "\n").encode())
        self.options = pcsv.WriteOptions(include_header=False, quoting_style="needed")

    def add(self, batch: Any) -> None:
        columns = [printable(batch.column(at), field) for at, field in enumerate(self.shape.fields)]
        pcsv.write_csv(pa.table(columns, names=list(self.shape.names)), self.file, self.options)

    def close(self) -> None:
        self.file.close()


def printable(column: Any, field: Field) -> Any:
    """A column as the texts of its cells, or as figures that Arrow prints as they are; None is empty."""
    if field.kind == "list":
        return json_array(column)
    if field.kind == "decimal":
        return plain_decimal(column)
    return harmless(column) if field.kind == "text" else column


def harmless(texts: Any) -> Any:
    """Texts of which none starts as a formula does; the text of a figure (`-3.5`) stays."""
    suspect = pc.fill_null(pc.match_substring_regex(texts, SUSPECT), False)
    if not pc.any(suspect).as_py():
        return texts
    mended = pa.array([cell(one) for one in texts.filter(suspect).to_pylist()], pa.string())
    return pc.replace_with_mask(texts, suspect, mended)


def plain_decimal(column: Any) -> Any:
    """Decimals as text without the zeros of their scale.

    >>> from decimal import Decimal
    >>> plain_decimal(pa.array([Decimal("120.500"), Decimal("100.000"), None], pa.decimal128(12, 3))).to_pylist()
    ['120.5', '100', None]
    """
    text = pc.cast(column, pa.string())
    tiny = pc.fill_null(pc.match_substring(text, "E"), False)  # Arrow writes what begins beyond the sixth place as 1E-7
    if pc.any(tiny).as_py():
        text = pc.replace_with_mask(text, tiny, pa.array([format(one, "f") for one in column.filter(tiny).to_pylist()], pa.string()))
    if column.type.scale <= 0:
        return text
    return pc.replace_substring_regex(pc.replace_substring_regex(text, r"(\.\d*?)0+$", r"\1"), r"\.$", "")


def json_array(column: Any) -> Any:
    """Lists as JSON arrays."""
    return pa.array([None if one is None else json.dumps(one, ensure_ascii=False) for one in column.to_pylist()], pa.string())

"""Outputs in, the table of their passages out: made by content, once."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.json as pj

from hedui.export.columnar import Kept
from hedui.export.provinces import province_of
from hedui.layout import paragraphs
from hedui.research import passages
from hedui.research.derived import Derived
from hedui.research.passages import passages_of

__all__ = ["PASSAGES_SCHEMA", "passages_derived", "passages_table"]

TEXT, WHOLE = pa.string(), pa.int32()
SPAN = pa.list_(pa.int64())
PASSAGES_SCHEMA = pa.schema([
    ("file", TEXT), ("sha256", TEXT), ("version", TEXT), ("report", TEXT), ("report_title", TEXT), ("report_unit", TEXT), ("report_region", TEXT),
    ("report_year", WHOLE), ("programme", TEXT), ("province", TEXT), ("id", TEXT), ("passage", WHOLE), ("kind", TEXT), ("section", TEXT),
    ("start", pa.int64()), ("end", pa.int64()), ("text", TEXT), ("page", WHOLE), ("grid", WHOLE), ("row", WHOLE), ("cells", pa.list_(WHOLE)),
])
READ = pa.schema({
    "source": pa.struct({"media_type": TEXT}), "text": TEXT,
    "reports": pa.list_(pa.struct({"id": TEXT, "span": SPAN, "title": TEXT, "unit": TEXT, "region": TEXT, "year": WHOLE, "programme": TEXT,
                                   "mentions": pa.list_(pa.struct({"span": SPAN, "page": WHOLE}))})),
    "sections": pa.list_(pa.struct({"span": SPAN, "heading": SPAN, "number": TEXT, "title": TEXT, "parent": WHOLE})),
    "grids": pa.list_(pa.struct({"span": SPAN, "caption": SPAN, "rows": pa.list_(pa.list_(SPAN))})),
})
TOLD = {"report_title": "title", "report_unit": "unit", "report_region": "region", "report_year": "year", "programme": "programme"}
OWN = ("report", "passage", "kind", "section", "start", "end", "text", "page", "grid", "row", "cells")


@cache
def recipe() -> str:
    told = "\n".join(inspect.getsource(module) for module in (passages, paragraphs))
    return hashlib.sha256(f"{told} {PASSAGES_SCHEMA}".encode()).hexdigest()[:12]


def passages_derived() -> Derived:
    """How the table of passages is made."""
    return Derived(name="passages", recipe=recipe(), schema=PASSAGES_SCHEMA, make=passages_table)


def passages_table(kept: Sequence[Kept]) -> Any:
    """The passages of outputs, in their order. ValueError where one is not of hedui/1."""
    columns: dict[str, list[Any]] = {name: [] for name in PASSAGES_SCHEMA.names}
    for one, output in zip(kept, outputs_of(kept), strict=True):
        reports = {report["id"]: report for report in output["reports"] or ()}
        provinces = {name: province_of(report["region"], report["unit"], report["title"]) for name, report in reports.items()}
        found = passages_of(output)
        for name in OWN:
            columns[name] += [getattr(passage, name) for passage in found]
        for name, field in TOLD.items():
            columns[name] += [reports[passage.report][field] if passage.report else None for passage in found]
        columns["province"] += [provinces.get(passage.report or "") for passage in found]
        columns["id"] += [f"t-{one.key.sha256[:12]}-{passage.passage}" for passage in found]
        for name in ("file", "sha256", "version"):
            columns[name] += [getattr(one.key, name)] * len(found)
    return pa.table(columns, schema=PASSAGES_SCHEMA)


def outputs_of(kept: Sequence[Kept]) -> Sequence[dict[str, Any]]:
    """What passages are made of; Arrow reads no more of the JSON than is asked for."""
    data = b"".join(one.output if one.output.endswith(b"\n") else one.output + b"\n" for one in kept)
    read = pj.read_json(pa.BufferReader(data), read_options=pj.ReadOptions(use_threads=False, block_size=len(data) + 1),
                        parse_options=pj.ParseOptions(explicit_schema=READ, unexpected_field_behavior="ignore"))
    rows: list[dict[str, Any]] = read.to_pylist()
    return rows

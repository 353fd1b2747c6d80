"""Outputs in, the table of what three themes find in them out: made by content, once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from hedui.export.columnar import Kept
from hedui.export.provinces import province_of
from hedui.research.derived import Derived
from hedui.research.mining.found import findings_rows
from hedui.research.mining.one_report import findings_in
from hedui.research.mining.words import recipe
from hedui.research.passages import passages_of

__all__ = ["MINED_SCHEMA", "mined_derived", "mined_table"]

TEXT = pa.string()
WHOLE = pa.int64()
MINED_SCHEMA = pa.schema([
    ("id", TEXT), ("theme", TEXT), ("type", TEXT), ("score", pa.float64()),
    ("file", TEXT), ("sha256", TEXT), ("report", TEXT), ("report_unit", TEXT), ("report_year", pa.int32()), ("programme", TEXT), ("province", TEXT),
    ("passage", TEXT), ("start", WHOLE), ("end", WHOLE), ("text", TEXT),
    ("other_sha256", TEXT), ("other_report", TEXT), ("other_start", WHOLE), ("other_end", WHOLE), ("other_text", TEXT), ("other_passage", TEXT),
    ("note", TEXT), ("claim", TEXT), ("check", TEXT),
])


def mined_derived() -> Derived:
    """How the table of findings is made."""
    return Derived(name="mined", recipe=recipe(), schema=MINED_SCHEMA, make=mined_table)


def mined_table(kept: Sequence[Kept]) -> Any:
    """The findings of outputs, in their order."""
    found = [finding for one in kept for output in (json.loads(one.output),)
             for finding in findings_in(output, passages_of(output), one.key.sha256, places_of(output, one.key.file, one.key.sha256))]
    return pa.Table.from_pylist(findings_rows(found), schema=MINED_SCHEMA)


def places_of(output: Mapping[str, Any], file: str, sha256: str) -> dict[str | None, dict[str, Any]]:
    return {report["id"]: {"file": file, "sha256": sha256, "report": report["id"], "report_unit": report["unit"], "report_year": report["year"],
                           "programme": report["programme"], "province": province_of(report["region"], report["unit"], report["title"])}
            for report in output["reports"]}

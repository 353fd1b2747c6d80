"""A lake in, its tables out, for researchers and for what is counted over all reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from hedui.errors import StoreError
from hedui.export.columnar import ITEMS, VERDICTS, schema_of
from hedui.export.lake import Lake
from hedui.export.lake_folder import Folder, folder_at
from hedui.export.lake_manifest import MANIFEST, load_manifest
from hedui.export.lake_parts import Part
from hedui.export.tables import COLUMNS, Row
from hedui.export.totals import TIERS, Whole, ranked, totals_of

__all__ = ["lake_dataset", "whole_of_lake"]

FILE_COUNTS = ("reports", "claims", "checks", "conflicts")
TOLD_AS = {"conflicts": "conflict"}
SUMMED = ("claims", "checks", *VERDICTS)

HOME = ds.partitioning(pa.schema([("year", pa.int32()), ("province", pa.string())]), flavor="hive")


def lake_dataset(url: str, table: str) -> Any:
    """A table of the lake (records, claims, checks, mentions, reports) as a `pyarrow.dataset.Dataset`: what the manifest tells at this
    moment, with `year` and `province` of the report (0 and `_` where it tells none) as columns. To be read before the lake is changed
    twice; a file that a writer has removed meanwhile is a FileNotFoundError, and asking again gives the new state.

    KeyError where there is no such table, StoreError where there is no lake or its manifest cannot be used.
    """
    schema_of(table)
    folder = folder_at(url)
    try:
        parts = load_manifest(folder.read(MANIFEST))
    except FileNotFoundError as error:
        raise StoreError(f"{url}: 没有数据湖（缺 {MANIFEST}），请先运行 hedui run · no lake here, run hedui first") from error
    if parts is None:
        raise StoreError(f"{url}/{MANIFEST}: 不是这一版的数据湖，请再运行 hedui run · not a lake of this version, run hedui again")
    return dataset_of(folder, parts, table)


def dataset_of(folder: Folder, parts: Iterable[Part], table: str) -> Any:
    """A table of some parts."""
    paths = [folder.at(part.paths[table]) for part in parts if table in part.files]
    full = pa.schema([*schema_of(table), *HOME.schema])
    if not paths:
        return ds.dataset(full.empty_table())
    return ds.dataset(paths, filesystem=folder.fs, schema=full, format="parquet", partitioning=HOME, partition_base_dir=folder.root)




def whole_of_lake(lake: Lake, *, conflicts: int) -> Whole:
    """What is told of all that a lake holds at once, with at most so many rows of `conflicts`; the same as `totals.whole_of` of its outputs.
    OSError where it cannot be read."""
    reports = dataset_of(lake.folder, lake.parts, "reports").to_table(columns=["file", "sha256", "issues", "characters", "report", *SUMMED])
    files: dict[str, Row] = {}
    for row in reports.to_pylist():
        held = files.setdefault(row["sha256"], {name: row[name] for name in ("file", "issues", "characters")} | dict.fromkeys(FILE_COUNTS, 0))
        held["reports"] += row["report"] is not None
        for name in FILE_COUNTS[1:]:
            held[name] += row[TOLD_AS.get(name, name)] or 0
    verdicts = {name: pc.sum(reports[name]).as_py() or 0 for name in VERDICTS}
    found = dataset_of(lake.folder, lake.parts, "checks").to_table(
        columns=["sha256", "tier", "confidence", "file", "start", "id", "kind"], filter=pc.field("verdict") == "conflict")
    order = gravest_first(found)
    counts = {table: lake.rows(table) for table in ITEMS} | {"reports": sum(row["reports"] for row in files.values())}
    kinds = {one["values"]: one["counts"] for one in pc.value_counts(found["kind"]).to_pylist()}
    return Whole(totals=totals_of(counts, {name: n for name, n in verdicts.items() if n}, kinds), files=files,
                 conflicts=rows_at(lake, found.take(order[:conflicts])), gravest=ranked(found.take(order).select(["sha256"]).to_pylist(), files))


def gravest_first(found: Any) -> Any:
    """The order of `totals.gravity`."""
    rank = pc.fill_null(pc.index_in(found["tier"], pa.array(TIERS)), len(TIERS))
    return pc.sort_indices(found.append_column("rank", rank), sort_keys=[
        ("rank", "ascending"), ("confidence", "descending"), ("file", "ascending"), ("start", "ascending"), ("id", "ascending")])


def rows_at(lake: Lake, chosen: Any) -> list[Row]:
    """The whole rows of some conflicts, in their order."""
    parts = [part for part in lake.parts if not set(chosen["sha256"].to_pylist()).isdisjoint(key.sha256 for key in part.keys)]
    rows = dataset_of(lake.folder, parts, "checks").to_table(
        columns=list(COLUMNS["checks"]), filter=(pc.field("verdict") == "conflict") & pc.field("sha256").isin(pc.unique(chosen["sha256"])))
    rows = rows.take(gravest_first(rows))
    return list(rows.slice(0, chosen.num_rows).to_pylist())

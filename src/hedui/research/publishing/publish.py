"""A store and a request in, a folder with a data package out: the same bytes for the same results, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from hedui import __version__
from hedui.progress import step
from hedui.research.publishing.as_csv import CsvFile
from hedui.research.publishing.as_parquet import ParquetFile
from hedui.research.publishing.as_sqlite import SqliteFile, lean
from hedui.research.publishing.card import card
from hedui.research.publishing.citation import bibtex, citation_cff
from hedui.research.publishing.croissant import croissant_json
from hedui.research.publishing.datapackage import FileFacts, Package, datapackage_json
from hedui.research.publishing.datasette import DATABASE, metadata_json
from hedui.research.publishing.examples import duckdb_sql, questions
from hedui.research.publishing.facts import Facts, facts_of
from hedui.research.publishing.masking import Masking
from hedui.research.publishing.placing import checksums, drafted, sha256_of, zipped
from hedui.research.publishing.request import Request
from hedui.research.publishing.rows import Rows, bounded, rows_of
from hedui.research.publishing.shape import Shape
from hedui.research.store import ResearchStore
from hedui.store import Store

__all__ = ["Published", "publish"]

STEP = "rows"
DIGITS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What was written where, and what is known of it."""

    folder: Path
    zip: Path | None
    package: Package
    facts: Facts


class Sink(Protocol):
    def add(self, batch: Any) -> None: ...
    def close(self) -> None: ...


def publish(store: ResearchStore, folder: Path, request: Request, *, ledger: Store | None = None, replace: bool = False,
            zip: bool = False) -> Published:
    """Writes the package that `request` asks for to `folder`, and beside it `<folder>.zip` where `zip`; `ledger` is the database of the run, which
    knows what was not read.

    Told by `progress.step` as `rows`. UsageError where something lies at `folder` already or nothing can be asked so, StoreError where it cannot
    be written; then nothing is left behind.
    """
    with drafted(folder, replace=replace) as draft:
        rows, left_out = rows_of(store, request)
        spill = draft / ".spill"
        bounded(store, spill)
        masking = Masking(hide=request.mask)
        parquet = written(rows, draft, request, masking)
        shapes = tuple(one.shape for one in rows)
        facts = facts_of(shapes, parquet, store=ledger, masked=request.mask, hidden=dict(sorted(masking.counts.items())), left_out=left_out)
        if "parquet" not in request.formats:
            for path in parquet.values():
                path.unlink()
            (draft / "parquet").rmdir()
        if spill.is_dir():
            spill.rmdir()
        package = packaged(draft, request, shapes, facts)
        papers(draft, package, facts)
        checksums(draft)
    archive = folder.with_name(f"{folder.name}.zip") if zip else None
    if archive is not None:
        zipped(folder, archive)
    return Published(folder=folder, zip=archive, package=package, facts=facts)


def written(rows: Sequence[Rows], draft: Path, request: Request, masking: Masking) -> Mapping[str, Path]:
    """Writes the rows of every table in all formats at once, in Parquet always; where each table lies there."""
    for form in {"parquet", *request.formats} - {"sqlite"}:
        (draft / form).mkdir()
    database = SqliteFile(draft / f"{DATABASE}.db") if "sqlite" in request.formats else None
    tables = {shape.name: shape for shape in lean([one.shape for one in rows])}
    total, done = sum(one.count() for one in rows), 0
    parquet = {one.shape.name: draft / "parquet" / f"{one.shape.name}.parquet" for one in rows}
    for one in rows:
        shape = one.shape
        with ExitStack() as stack:
            sinks: list[Sink] = [ParquetFile(parquet[shape.name], shape)]
            if "csv" in request.formats:
                sinks.append(CsvFile(draft / "csv" / f"{shape.name}.csv", shape))
            if database is not None:
                sinks.append(database.table(tables[shape.name]))
            for sink in sinks:
                stack.callback(sink.close)
            for batch in masking.of(shape, iter(one)):
                for sink in sinks:
                    sink.add(batch)
                done += batch.num_rows
                step(STEP, done, total)
    if database is not None:
        database.close(tables.values())
    return parquet


def packaged(draft: Path, request: Request, shapes: tuple[Shape, ...], facts: Facts) -> Package:
    """What the papers are written from: the data files with their digests, and the digest of these."""
    paths = [f"{form}/{shape.name}.{form}" for form in ("parquet", "csv") if form in request.formats for shape in shapes]
    paths += [f"{DATABASE}.db"] if "sqlite" in request.formats else []
    files = tuple(FileFacts(path=path, bytes=(draft / path).stat().st_size, sha256=sha256_of(draft / path),
                            table=Path(path).stem if "/" in path else "") for path in paths)
    digest = hashlib.sha256("\n".join(f"{one.sha256}  {one.path}" for one in files).encode()).hexdigest()
    return Package(request=request, shapes=shapes, files=files, rows=facts.rows, version=f"{__version__}+{digest[:DIGITS]}", id=f"sha256:{digest}",
                   description=description(facts))


def description(facts: Facts) -> str:
    n = f"{facts.rows['reports']:,}"
    years = [year for year in facts.coverage.years if year is not None]
    span = f"（{years[0]}–{years[-1]}）" if years else ""
    return (f"从 {n} 份财政绩效自评报告{span}读出的金额、比率、指标和核对结果，每行有出处和把握度 · amounts, rates, indicators and checks read from "
            f"{n} fiscal performance self-evaluation reports, each row with its place and a confidence")


def papers(draft: Path, package: Package, facts: Facts) -> None:
    """Writes all that tells of the data."""
    asked = bool(questions(package.shapes))
    ending = next((form for form in ("parquet", "csv") if form in package.request.formats), None)
    if asked and ending:
        paths = {shape.name: f"{ending}/{shape.name}.{ending}" for shape in package.shapes}
        put(draft / "examples.sql", duckdb_sql(package.shapes, paths))
    put(draft / "datapackage.json", as_json(datapackage_json(package)))
    put(draft / "croissant.json", as_json(croissant_json(package, facts, cite_as=bibtex(package))))
    if "sqlite" in package.request.formats:
        put(draft / "metadata.json", as_json(metadata_json(package)))
    put(draft / "CITATION.cff", citation_cff(package))
    put(draft / "README.md", card(package, facts, examples=asked and ending is not None))


def as_json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")

"""What a package is told to hold: counted in the files it is made of, in the ledger of the run, and in the metrics of what read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from hedui.research.opening import look
from hedui.research.publishing.shape import Shape
from hedui.store import Store
from hedui.store.ledger import digests_of, totals

__all__ = ["Calibrated", "Coverage", "Facts", "Gap", "Reader", "facts_of", "ledger_at", "readers_of"]

GAPS = ("report_title", "report_unit", "report_region", "report_year", "programme", "province", "region_code", "unit_id")
KINDS = ("mention", "claim", "fund", "document", "score", "check", "record")
MODEL_DIGITS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibrated:
    """How sure was against right, on reports left out (Wilson or Clopper-Pearson as the metrics say): `ece` expected calibration error,
    `coverage` the share that can be kept so that 99 % of it is right, `low` the lower 95 % bound of the precision of that share."""

    kind: str
    items: int
    sources: int
    right: float
    ece: float
    coverage: float
    low: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """A version that read: how many files, the digests of its stages where the store tells them, and the calibration of what it shipped with;
    none of another version's model."""

    version: str
    files: int
    digests: Mapping[str, Any] = field(default_factory=dict)
    model: str = ""
    calibration: tuple[Calibrated, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """How many reports do not tell something."""

    column: str
    missing: int
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """Reports by place (rows) and year (columns); None where they tell none."""

    years: tuple[int | None, ...]
    rows: tuple[tuple[str | None, tuple[int, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What the card tells. `ledger` has the inputs of the run by state, None where there is no ledger; `editions` are groups of reports with one
    title, unit, year and programme in several files, `in_editions` the reports in them; `hidden` what was hidden (or, unless `masked`, seen) by
    table, column and kind."""

    rows: Mapping[str, int]
    unreadable: int
    without_report: int
    characters: int
    ledger: Mapping[str, int] | None
    readers: tuple[Reader, ...]
    coverage: Coverage
    gaps: tuple[Gap, ...]
    editions: int
    in_editions: int
    sure: Mapping[str, float]
    splits: Mapping[str, int] = field(default_factory=dict)
    masked: bool = False
    hidden: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def ledger_at(where: str) -> Store | None:
    """The database that knows what became of every input of a run, None where there is none."""
    database = look(where, None).database
    return None if database is None else Store(database, existing=True)


def facts_of(shapes: Sequence[Shape], parquet: Mapping[str, Path], *, store: Store | None, masked: bool, hidden: Mapping[tuple[str, str, str], int],
             left_out: tuple[str, ...]) -> Facts:
    """What the files of a package (a Parquet file a table) and the ledger tell."""
    held = {shape.name: set(shape.names) for shape in shapes}
    with duckdb.connect() as connection:
        for name, path in parquet.items():
            told = str(path).replace("'", "''")
            connection.execute(f"create view {name} as select * from read_parquet('{told}')")

        def ask(question: str) -> list[tuple[Any, ...]]:
            return list(connection.execute(question).fetchall())

        [(unreadable, without, characters)] = ask(
            "select count(*) filter (issues != ''), count(*) filter (reports = 0), coalesce(sum(characters), 0) from files")
        [(editions, in_editions)] = ask(
            "select count(*), coalesce(sum(n), 0) from (select count(*) n from reports where report_title is not null "
            "group by report_title, report_unit, report_year, programme having count(distinct sha256) > 1)")
        return Facts(
            rows={name: ask(f"select count(*) from {name}")[0][0] for name in parquet}, unreadable=unreadable, without_report=without,
            characters=int(characters), ledger={str(state): n for state, n in totals(store).items()} if store else None,
            readers=readers_of(ask("select version, count(*) from files group by version order by version"), store),
            coverage=coverage_of(ask("select province, report_year, count(*) from reports group by all")),
            gaps=gaps_of(ask, [name for name in GAPS if name in held["reports"]]), editions=editions, in_editions=int(in_editions),
            sure={name: ask(f"select round(avg((confidence >= 0.9)::integer), 4) from {name}")[0][0] or 0.0
                  for name, columns in held.items() if "confidence" in columns},
            splits=dict(ask("select split, count(*) from reports group by split order by split")) if "split" in held["reports"] else {},
            masked=masked, hidden=hidden, left_out=left_out)


def coverage_of(counted: Sequence[tuple[str | None, int | None, int]]) -> Coverage:
    years = tuple(sorted({year for _, year, _ in counted if year is not None})) + ((None,) if any(year is None for _, year, _ in counted) else ())
    cells = {(place, year): n for place, year, n in counted}
    places = sorted({place for place, _, _ in counted}, key=lambda place: (place is None, place or ""))
    return Coverage(years=years, rows=tuple((place, tuple(cells.get((place, year), 0) for year in years)) for place in places))


def gaps_of(ask: Any, columns: Sequence[str]) -> tuple[Gap, ...]:
    [(every, *missing)] = ask(f"select count(*){''.join(f', count(*) filter ({name} is null)' for name in columns)} from reports")
    return tuple(Gap(column=name, missing=n, share=n / every if every else 0.0) for name, n in zip(columns, missing, strict=True))


def readers_of(counted: Sequence[tuple[str, int]], store: Store | None) -> tuple[Reader, ...]:
    """The versions that read the files, with what is known of each."""
    return tuple(Reader(version=version, files=n, digests=(digests_of(store, version) if store else None) or {}, model=model_in(version),
                        calibration=calibration_of(version)) for version, n in counted)


def model_in(version: str) -> str:
    """The twelve digits of the model that read beside the rules, "" where rules alone did.

    >>> model_in("0.7.0+8ae474ec4e16.0e0f03094507"), model_in("0.7.0+8ae474ec4e16")
    ('0e0f03094507', '')
    """
    last = version.partition("+")[2].partition(".")[2]
    return last if len(last) == MODEL_DIGITS else ""


def calibration_of(version: str) -> tuple[Calibrated, ...]:
    """The shipped figures of rules alone or of rules and the shipped model; nothing of another model."""
    from hedui.neural.loading import model_sha256

    folder = files("hedui.models")
    if not model_in(version):
        told = json.loads(folder.joinpath("calibrator", "metrics.json").read_text(encoding="utf-8"))["types"]
    elif model_sha256(str(folder.joinpath("hedui_zh"))).startswith(model_in(version)):
        told = json.loads(folder.joinpath("hedui_zh", "metrics.json").read_text(encoding="utf-8"))["calibration"]
    else:
        return ()
    return tuple(Calibrated(kind=kind, items=one["items"], sources=one["sources"], right=one["right"], ece=one["ece"], coverage=one["coverage"],
                            low=one["precision_low"]) for kind in KINDS if (one := told.get(kind)))

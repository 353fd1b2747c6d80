"""What is asked for across all documents: how many reports of what kind, year and region there are, and records and conflicts by filters, page
by page. Answers are those of the newest result of every content.

Records lie by type, status and confidence (`records_asked`), so that the first of each type and status are at hand and are merged. Where few
reports are meant, theirs are looked through instead: walking by confidence would pass all others first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, select, tuple_

from hedui.findings import Status
from hedui.store.store import Store
from hedui.store.tables import conflicts, records, reports, results

__all__ = ["Found", "Wanted", "asked", "conflicts_by_kind", "found", "of_few", "records_by_status", "reports_by"]

By = Literal["kind", "year", "region", "unit"]
Place = tuple[float, int, int]
TYPES, STATUSES = ("document", "fund", "indicator", "score"), get_args(Status)
FEW = 0.03


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which records are meant; None asks for any. `below` and `from_` bound the confidence; the rest is of the report they belong to."""

    type: str | None = None
    status: str | None = None
    from_: float | None = None
    below: float | None = None
    kind: str | None = None
    unit: str | None = None
    region: str | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A record, the content and report it stands in, and its `place` in the order of answers."""

    sha256: str
    report: str
    id: str
    type: str
    status: str
    name: str
    confidence: float
    unit: str | None
    region: str | None
    year: int | None
    place: Place


def of_report(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [reports.c[name] == value for name in ("kind", "unit", "region", "year") if (value := getattr(wanted, name)) is not None]


def of_few(connection: Connection, wanted: Wanted) -> bool:
    """Whether the records wanted are of a small share of all reports."""
    held = of_report(wanted)
    if not held:
        return False
    meant = connection.scalar(select(func.count()).select_from(reports).where(*held)) or 0
    return meant <= FEW * (connection.scalar(select(func.count()).select_from(reports)) or 0)


def asked(wanted: Wanted, *, limit: int, after: Place | None, by_report: bool) -> Select[tuple[object, ...]]:
    """The question for records; `by_report` keeps the database from walking them by type, status and confidence."""
    own, of = records.c, reports.c
    kind, status, confidence = (own.type.concat(""), own.status.concat(""), own.confidence + 0.0) if by_report else (
        own.type, own.status, own.confidence)
    order = (confidence, own.result, own.place)
    held = [column == value for column, value in ((kind, wanted.type), (status, wanted.status)) if value is not None]
    held += [] if wanted.from_ is None else [confidence >= wanted.from_]
    held += [] if wanted.below is None else [confidence < wanted.below]
    held += [] if after is None else [confidence >= after[0], tuple_(*order) > tuple_(*after)]
    found = select(
        results.c.sha256, of.id.label("report"), own.id, own.type, own.status, own.name, own.confidence, of.unit, of.region, of.year,
        own.result, own.place,
    ).select_from(records).join(reports, and_(of.result == own.result, of.place == own.report)).join(
        results, results.c.number == own.result).where(*of_report(wanted), *held).order_by(*order).limit(limit)
    return found if by_report else found.with_hint(records, "INDEXED BY records_asked", "sqlite")


def parted(wanted: Wanted) -> Iterator[Wanted]:
    """`wanted` for each type and status that it leaves open."""
    for kind in TYPES if wanted.type is None else (wanted.type,):
        for status in STATUSES if wanted.status is None else (wanted.status,):
            yield replace(wanted, type=kind, status=status)


def found(store: Store, wanted: Wanted, *, limit: int = 50, after: Place | None = None) -> tuple[Found, ...]:
    """The next `limit` records behind `after`, the place of the last one seen, the least certain first."""
    with store.reading() as connection:
        few = of_few(connection, wanted)
        rows = [[found_of(row) for row in connection.execute(asked(part, limit=limit, after=after, by_report=few)).mappings()]
                for part in ([wanted] if few else parted(wanted))]
    return tuple(islice(merge(*rows, key=lambda one: one.place), limit))


def found_of(row: RowMapping) -> Found:
    told = dict(row)
    return Found(place=(told["confidence"], told.pop("result"), told.pop("place")), **told)


def reports_by(store: Store, by: By) -> dict[str | int | None, int]:
    """How many reports there are of each kind, year, region or unit, the most first."""
    column = reports.c[by]
    with store.reading() as connection:
        rows = connection.execute(select(column, func.count()).group_by(column).order_by(func.count().desc(), column))
        return {value: count for value, count in rows}


def records_by_status(store: Store) -> dict[tuple[str, str], int]:
    """How many records there are of each type and status."""
    own = records.c
    with store.reading() as connection:
        rows = connection.execute(select(own.type, own.status, func.count()).group_by(own.type, own.status).order_by(own.type, own.status))
        return {(of, status): count for of, status, count in rows}


def conflicts_by_kind(store: Store) -> dict[tuple[str, str], int]:
    """How many checks of each kind do not close, by verdict."""
    own = conflicts.c
    with store.reading() as connection:
        rows = connection.execute(select(own.kind, own.verdict, func.count()).group_by(own.kind, own.verdict).order_by(own.kind, own.verdict))
        return {(kind, verdict): count for kind, verdict, count in rows}

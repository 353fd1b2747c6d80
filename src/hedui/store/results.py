"""What the store holds of a content: its newest result and its names."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from hedui.errors import StoreError
from hedui.store import tables
from hedui.store.engine import shown
from hedui.store.packing import unpack
from hedui.store.store import Store

__all__ = ["contents", "heads_of", "held_results", "last_number", "names_of", "newest_result", "newest_results", "output_of", "packed_outputs",
           "reports_held", "versions_held"]


def newest_result(store: Store, sha256: str, *, version: str | None = None) -> tuple[str, str] | None:
    """The id of the result that was made last of a content, and the version that made it; None where there is none. That of `version` where
    one is named and there is one."""
    held = tables.results.c
    named = [] if version is None else [(held.version == version).desc()]
    asked = select(held.id, held.version).where(held.sha256 == sha256).order_by(*named, held.number.desc()).limit(1)
    with store.reading() as connection:
        row = connection.execute(asked).first()
    return None if row is None else (row.id, row.version)


def last_number(store: Store) -> int:
    """The number of the result that was kept last, which grows with each; 0 where there is none."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(tables.results.c.number))) or 0


def output_of(store: Store, result: str) -> str:
    """The whole output of a result; StoreError where there is none."""
    with store.reading() as connection:
        kept = connection.scalar(select(tables.outputs.c.output).join(tables.results).where(tables.results.c.id == result))
    if kept is None:
        raise StoreError(f"{shown(store.address)}: 没有结果 {result} · no such result")
    return unpack(kept)


def packed_outputs(store: Store, contents: Sequence[str], *, version: str) -> dict[str, bytes]:
    """The outputs that `version` gave for `contents` as they are kept (`hedui.store.packing`); StoreError where there is none of one."""
    held = tables.results.c
    asked = select(held.sha256, tables.outputs.c.output).join(tables.results).where(held.version == version, held.sha256.in_(contents))
    with store.reading() as connection:
        found = {row.sha256: row.output for row in connection.execute(asked)}
    for sha256 in contents:
        if sha256 not in found:
            raise StoreError(f"{shown(store.address)}: 没有 {sha256[:12]} 的结果 · no result of {version} for {sha256[:12]}")
    return found


def newest_results(store: Store) -> dict[str, str]:
    """For every content the id of the result that was made last, in the order of the contents."""
    held = tables.results.c
    newest = select(func.max(held.number)).group_by(held.sha256)
    with store.reading() as connection:
        return {row.sha256: row.id for row in connection.execute(select(held.sha256, held.id).where(held.number.in_(newest)).order_by(held.sha256))}


def names_of(store: Store, sha256: str) -> tuple[str, ...]:
    """What a content was called, in the order of the names."""
    held = tables.names.c
    with store.reading() as connection:
        return tuple(connection.scalars(select(held.name).where(held.sha256 == sha256).order_by(held.name)))


def reports_held(store: Store) -> tuple[tuple[str, str], ...]:
    """Content and id of every report in the newest results, in their order."""
    results, reports = tables.results.c, tables.reports.c
    # joined from reports, which lie together, so that SQLite goes over them once and does not look for those of each result
    asked = select(results.sha256, reports.id).join_from(tables.reports, tables.results, isouter=True).order_by(
        results.sha256, reports.start, reports.id)
    with store.reading() as connection:
        return tuple((sha256, report) for sha256, report in connection.execute(asked))


def heads_of(store: Store, *, version: str) -> dict[str, tuple[int | None, str | None, str | None, str | None]]:
    """Year, region, unit and title of the first report of every content that `version` read and found one in."""
    results, reports = tables.results.c, tables.reports.c
    asked = select(results.sha256, reports.year, reports.region, reports.unit, reports.title).join(
        tables.results, reports.result == results.number).where(results.version == version, reports.place == 0)
    with store.reading() as connection:
        return {row.sha256: (row.year, row.region, row.unit, row.title) for row in connection.execute(asked)}


def contents(store: Store) -> tuple[str, ...]:
    """Every content that has a result, in the order of the names."""
    asked = select(tables.results.c.sha256, func.min(tables.names.c.name).label("name")).join(
        tables.names, tables.names.c.sha256 == tables.results.c.sha256, isouter=True).group_by(tables.results.c.sha256)
    with store.reading() as connection:
        return tuple(row.sha256 for row in sorted(connection.execute(asked), key=lambda row: (row.name or "", row.sha256)))


def held_results(store: Store, *, version: str | None = None) -> tuple[tuple[str, str, str], ...]:
    """Content, version and first name of the newest result of every content, or of that of `version` where it has one, by their names."""
    held = tables.results.c
    wanted = held.number.in_(select(func.max(held.number)).group_by(held.sha256)) if version is None else held.version == version
    asked = select(held.sha256, held.version, func.min(tables.names.c.name).label("name")).where(wanted).join(
        tables.names, tables.names.c.sha256 == held.sha256, isouter=True).group_by(held.sha256, held.version)
    with store.reading() as connection:
        found = [(row.sha256, row.version, row.name or row.sha256) for row in connection.execute(asked)]
    return tuple(sorted(found, key=lambda row: (row[2], row[0])))


def versions_held(store: Store) -> dict[str, int]:
    """The versions that results were made by, with how many contents each read, the one that read last first."""
    held = tables.results.c
    asked = select(held.version, func.count().label("contents")).group_by(held.version).order_by(func.max(held.number).desc())
    with store.reading() as connection:
        return {row.version: row.contents for row in connection.execute(asked)}

"""How large the store grows and how fast it answers: `python benchmarks/store_growth.py REPORTS -n 100000 --store URL`.

The reports of a folder (300 at most) are read once and kept under N digests, each with a region, unit and year of its own, in the ledger as a
run leaves them. Told are CPU seconds of reading and keeping, bytes a document, and how long each question takes, the second of two times.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from hedui.bulk.jobs import Job, do
from hedui.cases import look, looked_json
from hedui.listing import list_files
from hedui.store import Store, ledger, tables
from hedui.store.ledger import Input, Place, ledger_rows, totals, waiting
from hedui.store.looks import keep_looks
from hedui.store.packed import Packed
from hedui.store.proof import proof
from hedui.store.results import newest_results, reports_held
from hedui.store.search import Wanted, asked, conflicts_by_kind, found, of_few, records_by_status, reports_by
from hedui.store.store import keep_packed
from hedui.store.tasks import unrouted

BATCH, REGIONS, RUN = 500, 90, "u-growth"
NEEDED = Wanted(type="fund", status="differ", year=2021, below=0.95)
QUERIES: dict[str, Callable[[Store], object]] = {
    "reports by kind": lambda store: reports_by(store, "kind"),
    "reports by year": lambda store: reports_by(store, "year"),
    "reports by region": lambda store: reports_by(store, "region"),
    "records by type and status": records_by_status,
    "conflicts by kind": conflicts_by_kind,
    "records, any": lambda store: found(store, Wanted()),
    "records by type, status, year, confidence": lambda store: found(store, NEEDED),
    "records of a common kind, one status": lambda store: found(store, Wanted(kind="self_evaluation", status="differ")),
    "records behind the first 50": lambda store: found(store, NEEDED, after=found(store, NEEDED)[-1].place),
    "records of a unit": lambda store: found(store, Wanted(unit="第5县第4局")),
    "records of a region, one status": lambda store: found(store, Wanted(region="第5县", status="differ")),
    "records of a year, uncertain": lambda store: found(store, Wanted(year=2020, below=0.6)),
    "records of a rare year": lambda store: found(store, Wanted(year=1999)),
    "records of no unit there is": lambda store: found(store, Wanted(unit="没有", type="indicator")),
    "newest results": newest_results,
    "reports held": reports_held,
    "contents to route": unrouted,
    "status: does it add up": proof,
    "status: inputs by state, of a run": lambda store: totals(store, run=RUN),
    "status: what failed": lambda store: tuple(ledger_rows(store, ("failed", "quarantined"))),
    "what waits in a run": lambda store: waiting(store, run=RUN),
}


def copy_digest(number: int) -> str:
    return sha256(f"copy {number}".encode()).hexdigest()


def copied(one: Packed, number: int) -> Packed:
    region = f"第{number % REGIONS + 1}县"
    elsewhere = {"region": region, "unit": f"{region}第{number % 7}局", "year": 2016 + number % 9}
    rows = {table: [{**row, **elsewhere} for row in many] if table == "reports" else many for table, many in one.rows.items()}
    return replace(one, sha256=copy_digest(number), name=f"{region}/{number:06d}.txt", rows=rows)


def read(folder: Path) -> list[tuple[Packed, bytes]]:
    """What a run keeps of the first reports of a folder: of their results, and of a look at them."""
    entries = [entry for entry in list_files([folder]).entries if entry.cause is None][:300]
    looks = [zlib.compress(looked_json(look(entry)).encode()) for entry in entries]
    return [(replace(did.packed, version="v", readers="r"), told)
            for did, told in zip((do(Job(entry=entry), threads=1) for entry in entries), looks, strict=True) if did.packed is not None]


def filled(store: Store, originals: Sequence[tuple[Packed, bytes]], count: int) -> None:
    for start in range(0, count, BATCH):
        some = [(copied(originals[n % len(originals)][0], n), originals[n % len(originals)][1]) for n in range(start, min(start + BATCH, count))]
        ledger.enter(store, [input_of(one) for one, _ in some], version="v", run=RUN, stage_of=lambda _: "nothing")
        keep_looks(store, {f"{one.sha256} {one.name}": told for one, told in some})
        with store.writing() as connection:
            keep_packed(connection, *(one for one, _ in some))
            ledger.done(connection, {one.sha256: 0.1 for one, _ in some}, version="v")


def input_of(one: Packed) -> Input:
    place = f"/srv/hedui/in/{one.name}"
    return Input(sha256=one.sha256, name=one.name, path=place, bytes=10_000,
                 places=(Place(place=place, name=one.name, sha256=one.sha256, stamp="10000 1795392003 1795392003 123456"),))


def sizes(store: Store) -> dict[str, int]:
    """Bytes of every table and index."""
    with store.reading() as connection:
        kind = connection.dialect.name
        asked = ("SELECT name, sum(pgsize) FROM dbstat GROUP BY name" if kind == "sqlite" else
                 "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        return {name: size for name, size in connection.execute(text(asked))}


def timed(function: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of this process's CPU that the second of two calls takes."""
    function()
    clock, spent = time.perf_counter(), time.process_time()
    function()
    return time.perf_counter() - clock, time.process_time() - spent


def explained(store: Store, wanted: Wanted) -> list[str]:
    """How the database finds what is wanted."""
    with store.reading() as connection:
        told = asked(wanted, limit=50, after=None, by_report=of_few(connection, wanted)).compile(connection, compile_kwargs={"literal_binds": True})
        plan = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN ANALYZE"
        return [str(row[-1]) for row in connection.exec_driver_sql(f"{plan} {str(told).replace('%', '%%')}")]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("-n", type=int, default=10_000)
    parser.add_argument("--store", required=True)
    parser.add_argument("--explain", action="store_true")
    given = parser.parse_args(arguments)
    began = time.process_time()
    originals = read(given.reports)
    print(f"read: {(time.process_time() - began) * 1e3 / len(originals):.0f} ms a document, CPU; {len(originals)} reports")
    with Store(given.store) as store:
        with store.reading() as connection:
            held = connection.execute(text("SELECT count(*) FROM results")).scalar() or 0
        if held < given.n:
            began, wall = time.process_time(), datetime.now(UTC)
            filled(store, originals, given.n)
            spent = time.process_time() - began
            print(f"kept: {spent * 1e3 / given.n:.2f} ms a document, CPU; {(datetime.now(UTC) - wall).total_seconds():.0f} s in all")
        store.tidy()
        found = sorted(sizes(store).items(), key=lambda pair: -pair[1])
        print(f"{sum(size for _, size in found) / given.n:.0f} bytes a document: "
              + ", ".join(f"{name} {size / given.n:.0f}" for name, size in found if size / given.n >= 10))
        for name, query in QUERIES.items():
            clock, spent = timed(partial(query, store))
            print(f"{name:45} {clock * 1e3:8.1f} ms, CPU {spent * 1e3:8.1f} ms")
        for wanted in (NEEDED, Wanted(unit="第5县第4局"), Wanted(year=2020, below=0.6), Wanted(year=1999)) if given.explain else ():
            print(wanted, *explained(store, wanted), sep="\n  ")
    print(f"tables: {', '.join(tables.metadata.tables)}")


if __name__ == "__main__":
    main()

"""How the research desk behaves on many reports: opening, tables, filters, passages, evidence, memory.

`python benchmarks/research.py OUT [--home HOME]` measures on OUT of `hedui run`; `--claims 1000000` first makes a lake of so many claims by
repeating that of OUT under other contents, in a folder of its own. Times are of the wall and, where told, of the processor (user + system).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hedui.export.columnar import TABLES, schema_of
from hedui.export.lake import Lake, committed
from hedui.export.lake_folder import Folder, folder_at
from hedui.export.lake_manifest import MANIFEST, load_manifest
from hedui.export.lake_parts import Part, write_part

FILTERS = (
    ("claims", {"type": "indicator"}), ("claims", {"report_year": 2021}), ("claims", {"report_year": (2019, 2022)}), ("claims", {"region": "云南"}),
    ("claims", {"confidence": (0.95, None)}), ("claims", {"yuan": (10_000_000, None)}), ("claims", {"conflict": True}),
    ("claims", {"name": "预算执行率"}), ("claims", {"type": ["fund", "score"]}), ("records", {"status": "differ"}), ("records", {"type": "fund"}),
    ("checks", {"verdict": "conflict"}), ("checks", {"kind": "ratio"}), ("mentions", {"label": "RATE"}), ("mentions", {"value_number": (1, 1)}),
    ("reports", {"report_year": 2020}), ("reports", {"region": "贵州"}),
)
QUERIES = (("claims", "执行率<95%"), ("claims", "参保率>=95% year:2020..2022"), ("claims", "region:新疆 conflict:yes type:fund"),
           ("records", "满意度>=90% status:differ"), ("checks", "kind:sum conflict:yes"))
OPENING = """
import resource, sys, time
begin, at = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
from hedui.research import open_store
imported, then = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
store = open_store(sys.argv[1], home=sys.argv[2])
count = store.claims.count()
end, now = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
cpu = lambda used: used.ru_utime + used.ru_stime
print(imported - begin, end - imported, cpu(then) - cpu(at), cpu(now) - cpu(then), count, now.ru_maxrss)
"""
PEAK = """
import resource, sys
from hedui.research import open_store
store = open_store(sys.argv[1], home=sys.argv[2])
frame = store.claims.frame() if sys.argv[3] == "all" else store.claims.frame(sys.argv[3].split(","))
print(len(frame), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
STREAM = """
import resource, sys
from hedui.research import open_store
store = open_store(sys.argv[1], home=sys.argv[2])
print(sum(batch.num_rows for batch in store.claims.batches()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
REPEATS, OPENINGS = 5, 3


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def alone(code: str, *arguments: str) -> list[float]:
    """The figures that a Python of its own prints."""
    told = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True).stdout
    return [float(word) for word in told.split()]


def tabled(label: str, *figures: str) -> None:
    print(f"| {label} | " + " | ".join(figures) + " |", flush=True)


def many(out: str, folder: Path, claims: int) -> Path:
    """A lake of at least so many claims: that of OUT again and again, each time under contents of its own."""
    source = folder_at(f"{out}/lake")
    parts = load_manifest(source.read(MANIFEST)) or ()
    times = -(-claims // sum(part.files.get("claims", (0, 0))[1] for part in parts))
    target = folder_at(str(folder))
    made = [write_part(target, home, repeated(source, [part for part in parts if part.home == home], times)) for home in sorted({
        part.home for part in parts})]
    committed(Lake(folder=target, parts=()), made)
    return folder


def repeated(source: Folder, parts: Sequence[Part], times: int) -> dict[str, pa.Table]:
    """The tables of some parts so many times, contents and reports each time under another name of their own."""
    tables = {}
    for table in TABLES:
        read = [pq.read_table(pa.BufferReader(source.read(part.paths[table])), schema=schema_of(table), partitioning=None) for part in parts
                if table in part.files]
        if read:
            rows = pa.concat_tables(read)
            tables[table] = pa.concat_tables(renamed(renamed(rows, "sha256", "", 64, n), "report", "p-", 12, n) for n in range(times))
    return tables


def renamed(rows: pa.Table, column: str, before: str, digits: int, again: int) -> pa.Table:
    held = rows.column(column).combine_chunks().dictionary_encode()
    names = [f"{before}{hashlib.sha256(f'{again} {one}'.encode()).hexdigest()[:digits]}" for one in held.dictionary.to_pylist()]
    encoded = pa.DictionaryArray.from_arrays(held.indices, pa.array(names, pa.string()))
    return rows.set_column(rows.column_names.index(column), column, encoded.cast(pa.string()))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("out", help="OUT of hedui run")
    asked.add_argument("--home", help="where derived files go (a folder for this run by default)")
    asked.add_argument("--claims", type=int, help="make a lake of so many claims first")
    asked.add_argument("--no-passages", action="store_true", help="leave out what needs the texts")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        where = str(many(told.out, Path(scratch) / "lake", told.claims)) if told.claims else told.out
        home = told.home or f"{scratch}/home"
        measure(where, home, passages=not told.no_passages and not told.claims)


def measure(where: str, home: str, *, passages: bool) -> None:
    from hedui.research import open_store

    begin, used = time.perf_counter(), processor()
    store = open_store(where, home=home)
    counts = {table: store.table(table).count() for table in TABLES}
    print(f"{len(store.keys):,} files, " + ", ".join(f"{count:,} {table}" for table, count in counts.items()))
    tabled("", "wall", "processor")
    tabled("---", "---:", "---:")
    tabled("tables made", f"{time.perf_counter() - begin:.2f} s", f"{processor() - used:.2f} s")
    if passages:
        begin, used = time.perf_counter(), processor()
        count = store.passages.count()
        tabled(f"passages made ({count:,})", f"{time.perf_counter() - begin:.1f} s", f"{processor() - used:.1f} s")
    runs = [alone(OPENING, where, home) for _ in range(OPENINGS)]
    middle = [statistics.median(column) for column in zip(*runs, strict=True)]
    tabled("import hedui.research", f"{middle[0]:.2f} s", f"{middle[2]:.2f} s")
    tabled("open_store and first count", f"{middle[1]:.2f} s", f"{middle[3]:.2f} s")
    tabled("both together", f"{middle[0] + middle[1]:.2f} s", f"{middle[2] + middle[3]:.2f} s")
    for table, wanted in FILTERS:
        asked_again(f"{table}.where({json.dumps(wanted, ensure_ascii=False)}).count()", lambda t=table, w=wanted: store.table(t).where(**w).count())
    for table, query in QUERIES:
        asked_again(f"{table}.query({query!r}).count()", lambda t=table, q=query: store.table(t).query(q).count())
    asked_again("claims.where(region, year).frame() of 1,000 rows", lambda: store.claims.where(region="贵州", report_year=2021).head(1000))
    if passages:
        row = store.checks.where(conflict=True).arrow(limit=1).to_pylist()[0]
        asked_again("evidence of a conflict", lambda: store.evidence(row))
    store.close()
    for label, columns in (("all columns of all claims as a frame", "all"), ("four columns of all claims", "sha256,name,actual_number,confidence")):
        rows, peak = alone(PEAK, where, home, columns)
        tabled(label, f"{rows:,.0f} rows", f"{peak / 1024:,.0f} MB at most")
    rows, peak = alone(STREAM, where, home)
    tabled("all claims as batches", f"{rows:,.0f} rows", f"{peak / 1024:,.0f} MB at most")


def asked_again(label: str, ask: Callable[[], object]) -> None:
    walls, cpus = [], []
    for _ in range(REPEATS):
        begin, used = time.perf_counter(), processor()
        ask()
        walls.append(time.perf_counter() - begin)
        cpus.append(processor() - used)
    tabled(label, f"{statistics.median(walls) * 1000:.0f} ms (worst {max(walls) * 1000:.0f})", f"{statistics.median(cpus) * 1000:.0f} ms")


if __name__ == "__main__":
    main()

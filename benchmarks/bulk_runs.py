"""The whole command, as people start it: how long, how much memory, how large what it writes, and what a second run costs."""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bulk_rows import Row
from bulk_tree import Ran, ran

__all__ = ["HEDUI", "STORE", "STORY", "Bench", "Timeline", "memory_rows", "results_in", "scaling_rows", "size_rows", "start_rows"]

HEDUI = Path(sys.executable).with_name("hedui")
STORE = "hedui.sqlite"
# what of OUT tells of the run itself, when and for how long, and is another each time
STORY = (STORE, "log.jsonl", "metrics.prom", "run.html", "runs.jsonl", ".lock")
A_HUNDREDTH = 100
Timeline = tuple[str, Ran]  # what ran, for the picture of its memory


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """Where runs are measured: `folder` holds homes and results, `model` is what `--model` gets, `within` the seconds a run may take."""

    folder: Path
    model: str = "none"
    within: float = float("inf")

    @property
    def reading(self) -> str:
        return "rules" if self.model == "none" else "rules and model"

    def home(self, name: str) -> Mapping[str, str]:
        """The environment of a home of its own: no caches, no base of the engine, until a run has made them."""
        home = self.folder / "homes" / name
        (home / "tmp").mkdir(parents=True, exist_ok=True)
        return {"HOME": str(home), "PREFECT_HOME": str(home / "prefect"), "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home / "tmp")}

    def run(self, inputs: Sequence[Path], out: Path, *, home: str = "warm", workers: int | None = None, cores: frozenset[int] | None = None,
            until_first: bool = False) -> tuple[Ran, float]:
        """`hedui run` to its end, and after how many seconds the first result was in the store (0 where that was not asked for).
        RuntimeError where it fails; exit code 1 says that files could not be read, which is no failure."""
        first = 0.0

        def on_tick(second: float) -> bool:
            nonlocal first
            if results_in(out) > 0:
                first = second
            return first > 0

        many = [] if workers is None else ["--workers", str(workers)]
        log = out.with_name(f"{out.name}.log")
        out.parent.mkdir(parents=True, exist_ok=True)
        done = ran([HEDUI, "run", *inputs, "-o", out, "--model", self.model, *many], cores=cores, env=self.home(home), log=log,
                   on_tick=on_tick if until_first else None, within=self.within)
        if done.code not in (0, 1):
            raise RuntimeError(f"hedui run: {done.code}: {done.said[-500:]}")
        return done, first


def results_in(out: Path) -> int:
    """How many results the store in OUT holds, 0 where there is none yet."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{out / STORE}?mode=ro", uri=True, timeout=1)) as store:
        return int(store.execute("select count(*) from results").fetchone()[0])
    return 0


def size_of(path: Path) -> int:
    """Bytes of a file or of all files below a folder."""
    return path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in path.rglob("*") if one.is_file())


@contextmanager
def changed(paths: Sequence[Path]) -> Iterator[int]:
    """Every hundredth of `paths` with another line at its end, put back afterwards; how many."""
    before = {path: path.read_bytes() for path in paths[::A_HUNDREDTH]}
    try:
        for path, data in before.items():
            path.write_bytes(data + "（改）\n".encode())
        yield len(before)
    finally:
        for path, data in before.items():
            path.write_bytes(data)


def size_rows(bench: Bench, folder: Path, paths: Sequence[Path], timelines: list[Timeline]) -> Iterator[Row]:
    """All files of `folder` read into a new OUT, again with nothing changed, and again with 1 % changed."""
    n, out = len(paths), bench.folder / "sizes" / f"{bench.reading.replace(' ', '-')}-{len(paths)}"

    def row(subject: str, figure: str, value: float, unit: str) -> Row:
        return Row(part="sizes", subject=subject, figure=figure, value=value, unit=unit, n=n, conditions=bench.reading)

    def timed(subject: str, done: Ran, read: int) -> Iterator[Row]:
        yield row(subject, "seconds", done.wall, "s")
        yield row(subject, "CPU", done.cpu, "s")
        yield row(subject, "read", read, "documents")
        yield row(subject, "memory at most", done.peak, "MiB")

    done, _ = bench.run([folder], out)
    timelines.append((f"{n:,} {bench.reading}", done))
    read = results_in(out)
    yield from timed("first run", done, read)
    yield row("first run", "documents a second", read / done.wall, "1/s")
    yield row("first run", "store a document", size_of(out / STORE) / read / 1000, "kB")
    for held in sorted(out.iterdir()):
        if not held.name.startswith((*STORY, ".")):
            yield row("first run", f"{held.name} a document", size_of(held) / read / 1000, "kB")
    yield from memory_rows(f"{n:,}", bench.reading, n, done)
    again, _ = bench.run([folder], out)
    yield from timed("nothing changed", again, results_in(out) - read)
    with changed(paths):
        some, _ = bench.run([folder], out)
    yield from timed("1 % changed", some, results_in(out) - read)


def memory_rows(subject: str, conditions: str, n: int, done: Ran) -> Iterator[Row]:
    """What a run held of memory: at most, how much more at its end than in its second quarter, and in how many processes."""
    for figure, value, unit in (("at most", done.peak, "MiB"), ("last quarter over second", 100 * done.growth, "%"),
                                ("processes", max((sample.processes for sample in done.samples), default=0), "")):
        yield Row(part="memory", subject=subject, figure=figure, value=value, unit=unit, n=n, conditions=conditions)


def start_rows(bench: Bench, files: Sequence[Path], *, times: int = 3) -> Iterator[Row]:
    """How long until the first result of a few files is in the store, in a new home and in one that was used."""
    for home, turns in (("cold", 1), ("warm", times)):
        told = [bench.run(files, bench.folder / "starts" / f"{home}-{turn}", home="start", until_first=True) for turn in range(turns)]
        for figure, value in (("first result", statistics.median(first for _, first in told)),
                              ("whole command", statistics.median(done.wall for done, _ in told)),
                              ("CPU", statistics.median(done.cpu for done, _ in told))):
            yield Row(part="start", subject=home, figure=figure, value=value, unit="s", n=len(files), conditions=bench.reading)


def scaling_rows(bench: Bench, paths: Sequence[Path], *, most: int = 2) -> Iterator[Row]:
    """The same files on one core and on more; what starting costs is measured on one file and taken off for `marginal`."""
    cores, rates, marginal = sorted(os.sched_getaffinity(0)), dict[int, float](), dict[int, float]()
    folder = bench.folder / "scaling"
    for count in range(1, min(most, len(cores)) + 1):
        pinned = frozenset(cores[:count])
        start, _ = bench.run(paths[:1], folder / f"start-{count}", workers=count, cores=pinned)
        done, _ = bench.run(paths, folder / f"all-{count}", workers=count, cores=pinned)
        rates[count], marginal[count] = len(paths) / done.wall, (len(paths) - 1) / (done.wall - start.wall)
        for figure, value, unit in (("seconds", done.wall, "s"), ("CPU", done.cpu, "s"), ("documents a second", rates[count], "1/s"),
                                    ("beyond start-up", marginal[count], "1/s"), ("busy", done.cpu / count / done.wall, ""),
                                    ("times one core", rates[count] / rates[1], "×"),
                                    ("beyond start-up, times one core", marginal[count] / marginal[1], "×"),
                                    ("memory at most", done.peak, "MiB")):
            yield Row(part="scaling", subject=f"{count} core{'s' * (count > 1)}", figure=figure, value=value, unit=unit, n=len(paths),
                      conditions=bench.reading)

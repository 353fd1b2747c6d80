#!/usr/bin/env python3
"""The same files read at several levels, from bare calls to an engine: what each adds in CPU time, once everything has started.

bare     `hedui.bulk.jobs.do` called file by file in one process: nothing is kept
crew     the same in a reading process that may be lost, its results brought over
run      a run without an engine: ledger, store and everything in OUT
prefect  the same run as a Prefect flow, with the CPU time of Prefect's own server
dask     the same flow on a Dask cluster of one worker, with the CPU time of its scheduler (left out where prefect-dask is not installed)

Each level runs in a process of its own over a few files first, and is measured over the others: CPU seconds of the process and of all below it.
usage of one level: bulk_engines.py LEVEL WARM_FOLDER FOLDER OUT MODEL
"""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bulk_rows import Row
from bulk_runs import Bench
from bulk_tree import reap, tree_cpu

__all__ = ["LEVELS", "engines_rows"]

Level = Callable[[Path, Path, str | None], None]


def bare(folder: Path, _out: Path, model: str | None) -> None:
    from hedui.bulk.jobs import Job, do
    from hedui.listing import list_files

    for entry in list_files([folder]).entries:
        do(Job(entry=entry), threads=1, model=model)


def crew(folder: Path, _out: Path, model: str | None) -> None:
    from hedui.bulk.crews import readers_here
    from hedui.bulk.jobs import Job
    from hedui.listing import list_files

    for _ in readers_here(1, model, None, files=1).results([Job(entry=entry) for entry in list_files([folder]).entries]):
        pass


def plain(folder: Path, out: Path, model: str | None) -> None:
    from hedui.bulk.intake import Request
    from hedui.bulk.running import run

    run(Request(inputs=(str(folder),), out=str(out), workers=1, model=model))


def prefect(folder: Path, out: Path, model: str | None) -> None:
    from hedui.pipelines.ingest import ingest

    ingest((str(folder),), str(out), workers=1, model=model)


def dask(folder: Path, out: Path, model: str | None) -> None:
    from prefect_dask import DaskTaskRunner

    from hedui.pipelines.ingest import ingest

    flow = ingest.with_options(task_runner=DaskTaskRunner(address=CLUSTER[0]))
    flow((str(folder),), str(out), workers=1, model=model, cluster=CLUSTER[0])


CLUSTER: list[str] = []
LEVELS: Mapping[str, Level] = {"bare": bare, "crew": crew, "run": plain, "prefect": prefect, "dask": dask}


@contextmanager
def clustered(level: str) -> Iterator[None]:
    """A Dask cluster of one process on this machine, for the level that wants one."""
    if level != "dask":
        yield
        return
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port := free_port()), "--no-dashboard"]
    CLUSTER.append(f"tcp://127.0.0.1:{port}")
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", CLUSTER[0], "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=nowhere, stderr=nowhere) as scheduler, subprocess.Popen(worker, stdout=nowhere, stderr=nowhere) as reader:
        try:
            yield
        finally:
            reader.terminate()
            scheduler.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measured(level: str, warm: Path, folder: Path, out: Path, model: str | None) -> float:
    """CPU seconds of this process and all below it for `folder`, after `warm` was read."""
    from hedui.bulk.crews import close_readers
    from hedui.pipelines.engine import Engine

    engine = Engine() if level in ("prefect", "dask") else None
    while engine is not None and not engine.ready:
        time.sleep(0.2)
    try:
        with clustered(level):
            LEVELS[level](warm, out.with_name(f"{out.name}-warm"), model)
            before = tree_cpu()
            LEVELS[level](folder, out, model)
            return tree_cpu() - before
    finally:
        close_readers()
        if engine is not None:
            engine.close()


def levels_here() -> tuple[str, ...]:
    """The levels that what is installed allows."""
    return tuple(level for level in LEVELS if level != "dask" or importlib.util.find_spec("prefect_dask") is not None)


def engines_rows(bench: Bench, warm: Path, folder: Path, *, times: int = 3, levels: Sequence[str] = ()) -> Iterator[Row]:
    """CPU time a document at every level, the median of `times` runs in turn, and how much more that is than bare calls and than no engine."""
    n = sum(1 for path in folder.rglob("*") if path.is_file())
    levels = levels or levels_here()
    spent: dict[str, list[float]] = {level: [] for level in levels}
    for turn in range(times):
        for level in levels:
            out = bench.folder / "engines" / f"{level}-{turn}"
            out.parent.mkdir(parents=True, exist_ok=True)
            done = subprocess.run([sys.executable, __file__, level, str(warm), str(folder), str(out), bench.model], capture_output=True, text=True,
                                  check=False, env={**os.environ, **bench.home("engines")})
            reap()
            if done.returncode:
                raise RuntimeError(f"{level}: {done.stderr[-500:]}")
            spent[level].append(json.loads(done.stdout.splitlines()[-1]))
    middle = {level: statistics.median(each) / n for level, each in spent.items()}
    for level, seconds in middle.items():
        figures = [("CPU a document", 1000 * seconds, "ms")]
        figures += [(f"over {base}", 100 * (seconds / middle[base] - 1), "%") for base in ("bare", "run") if base in middle]
        for figure, value, unit in figures:
            yield Row(part="engines", subject=level, figure=figure, value=value, unit=unit, n=n, conditions=bench.reading)


if __name__ == "__main__":
    name, first, second, third, told = sys.argv[1:]
    print(json.dumps(measured(name, Path(first), Path(second), Path(third), None if told == "none" else told)))

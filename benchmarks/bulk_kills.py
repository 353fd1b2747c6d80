"""Random kills: any process of a run is killed at random moments, and the same command started again, until it is through; then everything
it wrote is held byte for byte against an undisturbed run.

A round begins with an empty OUT and takes some kills; rounds go on until there were as many as asked for. What was killed is told by its part:
the command itself, the server that reading processes are forked from, a reading process, the server of the engine. A document whose process was
killed by us too often is quarantined, rightly so: at the end of a round such are counted, released, and read.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from bulk_rows import Row
from bulk_runs import HEDUI, STORE, STORY, Bench
from bulk_tree import members, reap

__all__ = ["Kills", "contents_of", "differing", "kills_rows", "part_of", "states_of", "troubled"]

A_ROUND = 25
ALIKE = {"read": "reading process", "forkserver": "server of reading processes", "engine": "server of the engine", "main": "the command"}
SOONEST, GRACE = 0.2, 30.0


@dataclass(kw_only=True)
class Kills:
    """What was killed, how often the command was started, and what differed afterwards; `span` are the seconds of an undisturbed run,
    over which the moments of kills are spread."""

    span: float = 0.0
    parts: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    rounds: int = 0
    left_behind: int = 0
    quarantined: int = 0
    failed: int = 0
    differing: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.parts.total()


def part_of(process: psutil.Process, main: int) -> str:
    """Which part of a run a process is, by its command line; "" for what is none of these (a shell, a helper)."""
    if process.pid == main:
        return "main"
    with suppress(psutil.Error):
        told = " ".join(process.cmdline())
        if "hedui.pipelines.server" in told or "prefect.server" in told:
            return "engine"
        if "multiprocessing.forkserver" in told:
            parent = process.parent()
            return "read" if parent is not None and "multiprocessing.forkserver" in " ".join(parent.cmdline()) else "forkserver"
    return ""


def troubled(paths: Sequence[Path], folder: Path) -> Path:
    """A folder of inputs with what bulk runs meet: the same bytes under two names, an empty file, a damaged Word file."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        target = folder / path.name
        if not target.exists():
            os.link(path, target)
    (folder / "twice.txt").write_bytes(paths[0].read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "damaged.docx").write_bytes(b"PK\x03\x04 not a Word file")
    return folder


def contents_of(out: Path) -> dict[str, str]:
    """The digest of every file that must come out the same, by its name under OUT."""
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(out.rglob("*")) if path.is_file() and not path.relative_to(out).as_posix().startswith(STORY)}


def states_of(out: Path) -> dict[str, str]:
    """The state of every input in the ledger, by its name."""
    with closing(sqlite3.connect(f"file:{out / STORE}?mode=ro", uri=True, timeout=30)) as store:
        return dict(store.execute("select name, state from inputs order by name").fetchall())


def records_of(out: Path) -> dict[str, int]:
    """How many results each content has: none twice."""
    with closing(sqlite3.connect(f"file:{out / STORE}?mode=ro", uri=True, timeout=30)) as store:
        return dict(store.execute("select sha256, count(*) from results group by sha256 order by sha256").fetchall())


def differing(wanted: Path, found: Path) -> Iterator[str]:
    """What of `found` is not as in `wanted`: files by bytes, inputs by state, results by number."""
    for name, told in (("file", contents_of), ("input", states_of), ("results of", records_of)):
        want: Mapping[str, object] = told(wanted)
        have: Mapping[str, object] = told(found)
        for key in sorted({*want, *have}):
            if want.get(key) != have.get(key):
                yield f"{name} {key}: {want.get(key, 'none')} wanted, {have.get(key, 'none')} there"


def command(bench: Bench, inputs: Path, out: Path, workers: int) -> list[str]:
    return [str(HEDUI), "run", str(inputs), "-o", str(out), "--model", bench.model, "--workers", str(workers)]


def started(bench: Bench, told: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        return subprocess.Popen(told, stdout=file, stderr=file, stdin=subprocess.DEVNULL, env={**os.environ, **bench.home("kills")})


def kill_one(main: int, chance: random.Random) -> str:
    """Kills one process of the run below us, any part with the same chance; which part it was, "" where there was none."""
    running: dict[str, list[psutil.Process]] = {}
    for process in members():
        running.setdefault(part_of(process, main), []).append(process)
    running.pop("", None)
    if not running:
        return ""
    part = chance.choice(sorted(running))
    with suppress(psutil.NoSuchProcess):
        chance.choice(running[part]).send_signal(signal.SIGKILL)
        return part
    return ""


def round_of(bench: Bench, inputs: Path, out: Path, kills: Kills, most: int, chance: random.Random, workers: int) -> None:
    """One OUT, from empty to complete, with up to `most` kills on the way. RuntimeError where the command fails by itself."""
    log, taken = out.with_name(f"{out.name}.log"), 0
    while True:
        kills.starts += 1
        child = started(bench, command(bench, inputs, out, workers), log)
        due = time.monotonic() + chance.uniform(SOONEST, kills.span)
        while child.poll() is None:
            time.sleep(0.05)
            if taken < most and time.monotonic() > due:
                part = kill_one(child.pid, chance)
                due = time.monotonic() + chance.uniform(SOONEST, kills.span)
                if part:
                    kills.parts[part] += 1
                    taken += 1
        kills.left_behind += reap(GRACE)
        if child.returncode in (0, 1):
            return
        # 75, 3: the engine or the store went away under it, by our kill; -9: the command itself did. Anything else is a defect
        if child.returncode not in (-signal.SIGKILL, 3, 75) or taken == 0:
            raise RuntimeError(f"hedui run: {child.returncode}: {log.read_text(encoding='utf-8', errors='replace')[-500:]}")


def put_right(bench: Bench, inputs: Path, out: Path, kills: Kills, workers: int) -> None:
    """What our kills got quarantined or failed is released and read; the inputs that fail undisturbed fail again."""
    states = Counter(states_of(out).values())
    kills.quarantined += states["quarantined"]
    kills.failed += states["failed"]
    for more in (["quarantine", "release", str(out)], ["retry", str(out)]):
        subprocess.run([str(HEDUI), *more], env={**os.environ, **bench.home("kills")}, capture_output=True, check=False)
    round_of(bench, inputs, out, kills, 0, random.Random(0), workers)


def kills_rows(bench: Bench, paths: Sequence[Path], *, count: int, seed: int = 1, workers: int = 2) -> Iterator[Row]:
    """`count` kills over runs of `paths` and a few troubled files."""
    folder = bench.folder / "kills"
    inputs, chance, kills = troubled(paths, folder / "in"), random.Random(seed), Kills()
    wanted, began = folder / "undisturbed", time.monotonic()
    round_of(bench, inputs, wanted, Kills(), 0, chance, workers)
    kills.span = time.monotonic() - began
    while kills.count < count:
        kills.rounds += 1
        out = folder / f"round-{kills.rounds}"
        round_of(bench, inputs, out, kills, min(A_ROUND, count - kills.count), chance, workers)
        put_right(bench, inputs, out, kills, workers)
        kills.differing += [f"round {kills.rounds}: {line}" for line in differing(wanted, out)]
        print(f"kills {kills.count} / {count}, starts {kills.starts}, differing {len(kills.differing)}", flush=True)
    for line in kills.differing[:20]:
        print(line, flush=True)
    n = len(states_of(wanted))
    told = {"kills": kills.count, **{f"of {ALIKE[part]}": found for part, found in sorted(kills.parts.items())}, "starts": kills.starts,
            "rounds": kills.rounds, "processes left behind": kills.left_behind, "quarantined on the way": kills.quarantined,
            "failed on the way": kills.failed, "differing at last": len(kills.differing)}
    for figure, value in told.items():
        yield Row(part="kills", subject="hedui run", figure=figure, value=value, unit="", n=n, conditions=bench.reading)

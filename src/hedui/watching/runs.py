"""The history of runs: one line of JSON a run, the newest last, so that a run can be held against the one before it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hedui.errors import StoreError
from hedui.watching.population import Population, plain_population, read_population

__all__ = ["SETTLED", "STATES", "Run", "add_run", "balanced", "last_run", "plain_run", "read_run", "run_from", "run_text"]

STATES = ("seen", "reading", "done", "failed", "quarantined")
SETTLED = ("done", "failed", "quarantined")
MOST_TAIL = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What a run came to: when (UTC) and how long in seconds, under which version and engine, with how many workers; `totals` of contents by
    state at its end, `read` how many contents it read itself, `failures` by kind of cause. `everything` are all contents of the run that are
    done, `fresh` those that it read; None where no profiles were there to add."""

    id: str
    began: datetime
    ended: datetime
    seconds: float
    version: str
    engine: str
    workers: int
    totals: Mapping[str, int]
    read: int
    failures: Mapping[str, int]
    everything: Population | None = None
    fresh: Population | None = None


def balanced(totals: Mapping[str, int]) -> bool:
    """Whether every content that came in is done, failed or quarantined, and none is still on its way."""
    return sum(totals.values()) == sum(totals.get(state, 0) for state in SETTLED)


def plain_run(run: Run) -> dict[str, Any]:
    """A run as plain data for JSON, some twenty kilobytes with its populations."""
    told = asdict(replace(run, everything=None, fresh=None)) | {"began": run.began.isoformat(), "ended": run.ended.isoformat()}
    return told | {name: None if held is None else plain_population(held) for name, held in (("everything", run.everything), ("fresh", run.fresh))}


def run_from(told: Mapping[str, Any]) -> Run | None:
    """What `plain_run` gave; None where it is no run, with no populations where they are of another version."""
    try:
        populations = {name: read_population(told[name]) for name in ("everything", "fresh")}
        return Run(**{**told, **populations, **{name: datetime.fromisoformat(told[name]) for name in ("began", "ended")}})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def run_text(run: Run) -> str:
    """A run as one line of JSON, with its line end."""
    return json.dumps(plain_run(run), ensure_ascii=False, separators=(",", ":")) + "\n"


def read_run(line: str) -> Run | None:
    """What `run_text` wrote; None where it is no whole line of a run, as one that was being written when the power went."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return run_from(told)


def add_run(path: Path, run: Run) -> None:
    """Adds a run to the history at `path`, on the disk before this returns; what was cut off at its end stays a line of its own.
    StoreError where it cannot be written."""
    try:
        with path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                torn = file.read(1) != b"\n"
            else:
                torn = False
            file.write((b"\n" if torn else b"") + run_text(run).encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"{path}: 运行记录写不进去 · the history of runs cannot be written: {error.strerror or error}") from error


def last_run(path: Path) -> Run | None:
    """The newest run in the history at `path` that can be read; None where there is none. StoreError where the file cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - MOST_TAIL))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path}: 运行记录读不出 · the history of runs cannot be read: {error.strerror or error}") from error
    return next((run for run in map(read_run, reversed(lines)) if run is not None), None)

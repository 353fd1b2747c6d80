"""The rows and profiles of a run that is over in, what it came to out, and in OUT what is left of it: run.html, a line in runs.jsonl,
metrics.prom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from hedui.watching.exits import exit_of
from hedui.watching.inputs import Inputs
from hedui.watching.meters import Meters, write_meters
from hedui.watching.page import write_run_page
from hedui.watching.population import Tally, together
from hedui.watching.profile import read_profile
from hedui.watching.rows import Gathered, Row, gathered
from hedui.watching.runs import Run, add_run, last_run

__all__ = ["HISTORY", "METERS", "PAGE", "leave", "run_of"]

PAGE, HISTORY, METERS = "run.html", "runs.jsonl", "metrics.prom"


def run_of(
    rows: Iterable[Row], profiles: Iterable[tuple[str, str | None]], *, id: str, began: datetime, ended: datetime, version: str, engine: str,
    workers: int
) -> tuple[Run, Gathered]:
    """What a run from `began` to `ended` (UTC) came to, from the rows of the ledger and the profiles kept beside the results, as (SHA-256,
    text); a content whose profile is missing or of another version is in the account, and not in the populations."""
    fresh: set[str] = set()

    def watched() -> Iterable[Row]:
        for row in rows:
            if row.state == "done" and began <= row.changed <= ended:
                fresh.add(row.sha256)
            yield row

    found = gathered(watched(), began=began, ended=ended)
    now, before = Tally(), Tally()
    for sha256, text in profiles:
        profile = read_profile(text)
        if profile is not None:
            (now if sha256 in fresh else before).add(profile)
    run = Run(id=id, began=began, ended=ended, seconds=(ended - began).total_seconds(), version=version, engine=engine, workers=workers,
              totals=found.totals, read=found.read, failures=found.failures, everything=together(now.population(), before.population()),
              fresh=now.population())
    return run, found


def leave(
    out: Path, run: Run, found: Gathered, *, last: Run | None = None, inputs: Inputs | None = None, meters: Meters | None = None
) -> int:
    """Leaves in the folder `out` the page of a run, held against `last` or else the last one in the history there, its line in that history
    and, where there are meters, their file; gives the exit code. StoreError where something cannot be written."""
    code = exit_of(run.totals)
    write_run_page(out / PAGE, run, found, inputs=inputs, last=last or last_run(out / HISTORY))
    add_run(out / HISTORY, run)
    if meters is not None:
        meters.ended(code)
        write_meters(meters, out / METERS)
    return code

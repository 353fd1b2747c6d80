"""Reports in, CPU seconds of every step out, by rules alone or beside a model.

One process that has read other reports first; each report is read once, as in a run, so that nothing is remembered of it. `store` keeps the
results in a new SQLite store, one transaction a report; `pack` makes of them what is kept, with the document and the signals; `transport` is
the way from the process that reads to the one that keeps; `json` is one file of OUT/json.
"""

from __future__ import annotations

import pickle
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bulk_rows import Row

from hedui.bulk.jobs import packed_of
from hedui.claims import link_claims
from hedui.confidence import weigh
from hedui.export import to_json
from hedui.layout import arrange
from hedui.listing import Entry
from hedui.mentions import find_mentions
from hedui.neural.fusion.model import Model
from hedui.readers import read
from hedui.reconcile import reconcile, remarks_on, repairs_of
from hedui.store import Store

__all__ = ["Clock", "route", "stages_rows", "step_rows"]

Found = TypeVar("Found")


class Clock:
    """CPU seconds by step, one figure a call."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(list)

    def __call__(self, step: str, work: Callable[[], Found]) -> Found:
        start = time.process_time()
        found = work()
        self.spent[step].append(time.process_time() - start)
        return found


def route(path: Path, clock: Clock, store: Store, model: Model | None = None) -> int:
    """The whole way of one report, step by step, into `store`; the characters of its text."""
    tagger, linker, calibrator = (model.tagger, model.linker, model.calibrator) if model is not None else (None, None, None)
    entry = Entry(name=path.name, path=str(path))
    document = clock("read", lambda: read(path))
    layout = clock("layout", lambda: arrange(document))
    mentions = clock("mentions", lambda: find_mentions(layout, tagger=tagger))
    claims = clock("claims", lambda: link_claims(layout, mentions, linker=linker))
    checks, records = clock("reconcile", lambda: reconcile(layout, mentions, claims))
    remarks = clock("remarks", lambda: remarks_on(layout, mentions, claims, checks))
    repairs = clock("repairs", lambda: repairs_of(layout, mentions, checks))
    findings = clock("confidence", lambda: weigh(layout, mentions, claims, checks, records, remarks=remarks, repairs=repairs,
                                                 calibrator=calibrator))
    kept = clock("pack", lambda: replace(packed_of(findings, entry, read=True), version="bench", readers="bench"))
    kept = clock("transport", lambda: carried(kept))
    clock("store", lambda: store.keep_many([kept]))
    clock("json", lambda: to_json(findings))
    return len(document.text)


def carried(result: Found) -> Found:
    """As it comes out of the pipe between two processes."""
    return pickle.loads(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))  # type: ignore[no-any-return]


def step_rows(part: str, step: str, seconds: Sequence[float], characters: int, conditions: str) -> Iterator[Row]:
    """The speed of one step over documents that have so many characters together."""
    n, total = len(seconds), sum(seconds)

    def row(figure: str, value: float, unit: str) -> Row:
        return Row(part=part, subject=step, figure=figure, value=value, unit=unit, n=n, conditions=conditions)

    yield row("CPU a document", 1000 * total / n, "ms")
    yield row("95 % under", 1000 * sorted(seconds)[min(int(0.95 * n), n - 1)], "ms")
    if total > 0:
        yield row("documents a second", n / total, "1/s")
        yield row("characters a second", characters / total, "1/s")


def stages_rows(paths: Sequence[Path], *, warm: Sequence[Path], model: Model | None = None) -> Iterator[Row]:
    """The figures of every step and of all of them over `paths`, after `warm` was read."""
    reading = "rules and model" if model else "rules"
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.sqlite") as store:
        for path in warm:
            route(path, Clock(), store, model)
        clock = Clock()
        lengths = [route(path, clock, store, model) for path in paths]
    every = [sum(each) for each in zip(*clock.spent.values(), strict=True)]
    for step, seconds in {**clock.spent, "all": every}.items():
        yield from step_rows("stages", step, seconds, sum(lengths), reading)
    yield Row(part="stages", subject="length", figure="characters a document (median)", value=statistics.median(lengths), unit="", n=len(paths),
              conditions=reading)

"""A run while it goes on and when it is over, for those who watch it: OUT/log.jsonl, the figures for Prometheus, OUT/run.html."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hedui.bulk.crews import reading_now
from hedui.bulk.intake import Entered, Request
from hedui.store import Store
from hedui.store.ledger import ledger_rows, totals
from hedui.store.profiles import profiles_of
from hedui.store.runs import run_of as run_in
from hedui.store.settled import settled_since
from hedui.watching import ending
from hedui.watching.log import Journal
from hedui.watching.meters import Meters, served
from hedui.watching.watch import Watch, watched

__all__ = ["LOG", "leave", "watching"]

LOG = "log.jsonl"


@contextmanager
def watching(request: Request, entered: Entered) -> Iterator[Meters]:
    """Writes the log of a run and keeps its figures while this lasts; they are served where the request names an address."""
    with ExitStack() as stack:
        store = stack.enter_context(Store(request.address))
        journal = stack.enter_context(Journal(Path(request.out) / LOG, run=entered.run))
        meters = Meters(totals=lambda: {str(state): many for state, many in totals(store, run=entered.run).items()}, workers=reading_now,
                        version=entered.version)
        if request.metrics:
            stack.enter_context(served(meters, request.metrics))
        watch = Watch(lambda since, told: settled_since(store, since, run=entered.run, told=told), began=run_in(store, entered.run).started,
                      meters=meters, journal=journal)
        journal.say("begun", version=entered.version)
        stack.callback(journal.say, "ended")
        stack.enter_context(watched(watch))
        yield meters


def leave(request: Request, entered: Entered, meters: Meters) -> None:
    """Leaves the page, the line of history and the figures of a run that is over."""
    with Store(request.address) as store:
        run, found = ending.run_of(
            ledger_rows(store, run=entered.run), profiles_of(store, run=entered.run), id=entered.run, version=entered.version,
            began=run_in(store, entered.run).started, ended=datetime.now(UTC), engine=request.engine, workers=request.workers or reading_now())
    ending.leave(Path(request.out), run, found, inputs=entered.inputs, meters=meters)

"""The reports of a store as they stand, one after another, and sheets that came back into its trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hedui.errors import UsageError
from hedui.export.sheet import Sheet
from hedui.findings import content_id
from hedui.review.gold import looked_at
from hedui.review.opened import Opened, open_report, read_output
from hedui.review.perform import perform
from hedui.review.returned import returned
from hedui.store import Store
from hedui.store.results import contents

__all__ = ["TakenIn", "reports_of", "take_in"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """What one sheet came to: how many acts of each kind were added, and what was not done, each with its cause."""

    name: str
    report: str
    acts: dict[str, int]
    held: tuple[str, ...]


def reports_of(store: Store, *, looked: bool = False) -> Iterator[Opened]:
    """Every report of the store, by the names of their files; with `looked` those that somebody looked at."""
    for sha256 in contents(store):
        for report in read_output(store, sha256).output["reports"]:
            opened = open_report(store, sha256, report["id"])
            if not looked or looked_at(opened.state):
                yield opened


def take_in(store: Store, sheets: Iterable[Sheet], *, person: str, source: str, accept: bool = False) -> Iterator[TakenIn]:
    """Adds what came back to the trail, the acts of a report in one group. `source` names what they came from: the same source again adds
    nothing. A sheet of a report that the store has not is told as held."""
    for sheet in sheets:
        try:
            opened = open_report(store, sheet.sha256, sheet.report)
            found = returned(opened, sheet, accept=accept)
        except UsageError as error:
            yield TakenIn(name=sheet.name, report=sheet.report, acts={}, held=(str(error),))
            continue
        group = content_id("g", "import", source, sheet.sha256, sheet.report)
        known = {event.group for event in opened.events}
        done = perform(store, opened, found.sayings, person=person, group=group).events if group not in known else ()
        acts: dict[str, int] = {}
        for event in done:
            acts[event.act] = acts.get(event.act, 0) + 1
        yield TakenIn(name=sheet.name, report=sheet.report, acts=acts, held=found.held)

"""Who may see which reading of a report, and at which moment.

Who reads a report blind works in a reading of their own and is shown no other, whatever they ask for. All others work in the reading that all
share; adjudicators and admins may look at the blind ones, and change nothing there. What is shown of a moment gone by is read only.
"""

from __future__ import annotations

from dataclasses import dataclass

from hedui.corrections import SHARED, Event
from hedui.errors import UsageError
from hedui.review.web import allowed
from hedui.store import Store
from hedui.store.blind import reading_of
from hedui.store.people import Session
from hedui.store.tasks import Task, task
from hedui.store.trail import event_at

__all__ = ["Sight", "current_task", "sight_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """The reading that is shown, and the event that it is shown up to (None: as it stands now)."""

    reading: str
    past: Event | None = None

    @property
    def until(self) -> int | None:
        return None if self.past is None else self.past.seq

    @property
    def blind(self) -> bool:
        return self.reading != SHARED


def sight_of(store: Store, one: Session, sha256: str, report: str, until: str | None = None) -> Sight:
    """What a person is shown of a report. `until` is the number of one of its events. UsageError where there is no such event, or none that
    this person may see."""
    own = reading_of(store, one.person.id, sha256, report)
    if not until:
        return Sight(reading=own)
    event = event_at(store, int(until)) if until.isdecimal() and len(until) < 16 else None
    if event is None or (event.sha256, event.report) != (sha256, report) or not (event.reading == own or may_look(one, own)):
        raise UsageError("没有这一步，或者您不能看 · no such event, or none that you may see")
    return Sight(reading=event.reading, past=event)


def may_look(one: Session, own: str) -> bool:
    return own == SHARED and allowed(one, "adjudicator")


def current_task(store: Store, name: str | None, person: str) -> Task | None:
    """The task of an address or form; None where it is of somebody else's blind reading."""
    found = task(store, name) if name else None
    return found if found is not None and found.reading in (SHARED, person) else None

"""Acts on a report -> the trail, the tasks and the report as it stands then, with the checks that opened and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hedui.corrections import Event, Saying
from hedui.review.opened import Opened, open_report
from hedui.review.recheck import Turn, turned
from hedui.review.state import State, state_of
from hedui.store import Store
from hedui.store.trail import append

__all__ = ["Performed", "perform", "task_states", "told_before"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Performed:
    """The report after the acts, and what they did to its checks."""

    opened: Opened
    events: tuple[Event, ...]
    turns: tuple[Turn, ...]


def foreseen(opened: Opened, sayings: Sequence[Saying], person: str, group: str) -> State:
    """The report as it will stand."""
    now = datetime.now(UTC)
    place = opened.place
    more = [Event(seq=opened.state.seq + n, sha256=place.sha256, report=place.report, reading=place.reading, target=one.target, kind=one.kind,
                  act=one.act, before=one.before, after=one.after, group=group, person=person, at=now, version=place.version)
            for n, one in enumerate(sayings, 1)]
    return state_of(opened.report, [*opened.events, *more])


def task_states(state: State, targets: Sequence[str]) -> dict[str, str]:
    """What the tasks on these findings are once the report stands so: done where somebody decided, or said what a conflict is."""
    items = {target: state.items.get(target) for target in targets}
    return {target: "done" if item is not None and (item.decision != "open" or item.mark is not None) else "open"
            for target, item in items.items()}


def told_before(opened: Opened, group: str) -> tuple[Event, ...]:
    """The events of a group that stands in the trail already: who asks again had no answer."""
    return tuple(event for event in opened.events if event.group == group)


def perform(store: Store, opened: Opened, sayings: Sequence[Saying], *, person: str, group: str) -> Performed:
    """Adds the acts to the trail, all or none, and opens the report anew; where the group stands there already it adds nothing.
    `Stale` (`store.trail`) where somebody was there first."""
    events = told_before(opened, group)
    if sayings and not events:
        states = task_states(foreseen(opened, sayings, person, group), [one.target for one in sayings])
        events = append(store, opened.place, sayings, person=person, group=group, states=states)
    after = open_report(store, opened.place.sha256, opened.place.report, reading=opened.place.reading)
    checks = {item.id: item for item in after.state.of("check")}
    return Performed(opened=after, events=events, turns=turned(opened.rechecks, after.rechecks, checks))

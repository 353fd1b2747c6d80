"""A report as it was read and the events on it -> the report as it stands: what is accepted, rejected, put right, added.

Events of a group that was taken back do not count; taken forward again, they do. What an event sets, a later one may set again. Nothing is
lost: the same function over the events up to any number shows that moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hedui.corrections import Decision, Event, Kind, Mark

__all__ = ["KINDS", "Item", "State", "back_and_forth", "counted", "state_of", "value_at"]

Json = Mapping[str, Any]
KINDS: tuple[Kind, ...] = ("mention", "claim", "record", "check")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One finding as it stands: `data` has the form of schema hedui/1. `seq`, `person` are those of its last event (0, "" before any),
    `changed` names the keys that people set, `added` tells what a person added."""

    id: str
    kind: Kind
    data: Json
    decision: Decision = "open"
    mark: Mark | None = None
    note: str = ""
    seq: int = 0
    person: str = ""
    changed: frozenset[str] = frozenset()
    added: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """The items of a report by id, in the order of the report, and the groups of acts that can be taken back and forward, oldest first."""

    items: Mapping[str, Item]
    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    seq: int = 0
    orphans: tuple[Event, ...] = field(default=())

    def of(self, kind: Kind) -> tuple[Item, ...]:
        return tuple(item for item in self.items.values() if item.kind == kind)


def value_at(item: Item | None, key: str) -> Any:
    """What `key` of an item holds now; None where there is neither.

    >>> value_at(Item(id="c-1", kind="claim", data={"fields": {"actual": "3个"}}), "fields.actual")
    '3个'
    """
    if item is None:
        return None
    if key.startswith("@"):
        return getattr(item, key[1:])
    found: Any = item.data
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def set_at(data: Json, key: str, value: Any) -> Json:
    step, _, rest = key.partition(".")
    return {**data, step: set_at(data.get(step) or {}, rest, value) if rest else value}


def applied(item: Item, event: Event) -> Item:
    data = item.data
    keys = {key for key in event.after if not key.startswith("@")}
    for key in sorted(keys):
        data = set_at(data, key, event.after[key])
    own = {key[1:]: value for key, value in event.after.items() if key.startswith("@")}
    return replace(item, data=data, seq=event.seq, person=event.person, changed=item.changed | keys, **own)


def back_and_forth(events: Iterable[Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The groups that count, in the order they were done, and those that were taken back, the last one at the end."""
    done: dict[str, None] = {}
    undone: dict[str, None] = {}
    for event in events:
        if event.act == "undo":
            done.pop(event.after["group"], None)
            undone[event.after["group"]] = None
        elif event.act == "redo":
            undone.pop(event.after["group"], None)
            done[event.after["group"]] = None
        else:
            done[event.group] = None
    return tuple(done), tuple(undone)


def counted(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that count: not taken back, and no act of taking back or forward."""
    done = set(back_and_forth(events)[0])
    return tuple(event for event in events if event.group in done and event.act not in ("undo", "redo"))


def read_items(report: Json) -> dict[str, Item]:
    return {one["id"]: Item(id=one["id"], kind=kind, data=one) for kind in KINDS for one in report.get(f"{kind}s", ())}


def state_of(report: Json, events: Sequence[Event]) -> State:
    """The `report` of an output of schema hedui/1 with `events` in the order of their numbers."""
    items = read_items(report)
    orphans = []
    for event in counted(events):
        if event.act == "add":
            items.setdefault(event.target, Item(id=event.target, kind=event.kind, data={"id": event.target}, added=True))
        item = items.get(event.target)
        if item is None:
            orphans.append(event)
        else:
            items[event.target] = applied(item, event)
    last = {event.target: event for event in events}
    items = {name: replace(item, seq=last[name].seq, person=last[name].person) if name in last else item for name, item in items.items()}
    done, undone = back_and_forth(events)
    return State(items=items, done=done, undone=undone, seq=events[-1].seq if events else 0, orphans=tuple(orphans))


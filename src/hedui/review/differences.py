"""Two readings of a report and the one that all share -> where the two differ, where they agree, and the acts that make one of them count.

A finding that one accepted and the other left as it was stands in both. Of a finding that both rejected nothing else is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hedui.corrections import Event, Kind, Saying
from hedui.errors import UsageError
from hedui.review.acts import field_value, known_label, mention_value
from hedui.review.state import Item, State, counted, value_at

__all__ = ["Difference", "Row", "agreed", "differences", "judgement"]

PRESENT = ("label", "text", "type", "span", "fields", "mentions", "claims")
LATE = 10**18


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One key of a finding: as it was read, and as the left and the right reading have it."""

    key: str
    read: Any
    left: Any
    right: Any

    @property
    def differs(self) -> bool:
        return bool(self.left != self.right)

    @property
    def typed(self) -> bool:
        """Whether another value may be typed in."""
        return self.key.startswith("fields.") or self.key in ("reads", "label")


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A finding as two people have it; None where one has not got it. `judged` once somebody decided it after both."""

    target: str
    kind: Kind
    read: Item | None
    left: Item | None
    right: Item | None
    judged: bool

    @property
    def shown(self) -> Item:
        found = self.read or self.left or self.right
        assert found is not None
        return found

    @property
    def rows(self) -> tuple[Row, ...]:
        """What to show side by side: the keys that differ, all that it says where only one has it."""
        return tuple(Row(key=key, read=value_at(self.read, key), left=value_at(self.left, key), right=value_at(self.right, key)) for key in self.keys)

    @property
    def keys(self) -> tuple[str, ...]:
        if self.left is None or self.right is None:
            return ("@decision", *keys_in(self.shown.data))
        keys = sorted({"@decision", "@mark", *self.left.changed, *self.right.changed})
        return tuple(key for key in keys if standing(self.left, key) != standing(self.right, key))


def keys_in(data: Mapping[str, Any]) -> Iterator[str]:
    for key in PRESENT:
        if key == "fields":
            yield from (f"fields.{name}" for name, value in (data.get(key) or {}).items() if value not in (None, "", []))
        elif data.get(key):
            yield key


def standing(item: Item | None, key: str) -> Any:
    value = value_at(item, key)
    return "accepted" if key == "@decision" and value == "open" else value


def gone(item: Item | None) -> bool:
    return item is None or item.decision == "rejected"


def differ(left: Item | None, right: Item | None) -> bool:
    if gone(left) or gone(right):
        return gone(left) != gone(right)
    assert left is not None and right is not None
    return any(standing(left, key) != standing(right, key) for key in {"@mark", *left.changed, *right.changed})


def last_steps(events: Sequence[Event]) -> dict[str, int]:
    return {event.target: event.seq for event in counted(events)}


def compared(left: State, right: State, shared: State) -> Iterator[tuple[str, Item | None, Item | None]]:
    touched = {name: None for state in (left, right) for name, item in state.items.items() if item.seq}
    order = {name: n for n, name in enumerate(shared.items)}
    for name in sorted(touched, key=lambda name: (order.get(name, LATE), name)):
        yield name, left.items.get(name), right.items.get(name)


def differences(left: State, right: State, shared: State, read: State, *, steps: Sequence[Sequence[Event]]) -> tuple[Difference, ...]:
    """Where two readings differ: what is to be judged first, conflicts before records, claims and mentions. `read` is the report before any
    act, `steps` the events of left, right and shared."""
    mine, theirs, judge = map(last_steps, steps)
    found = []
    for name, one, other in compared(left, right, shared):
        if differ(one, other):
            latest = max(mine.get(name, 0), theirs.get(name, 0))
            kind = (one or other or shared.items[name]).kind
            found.append(Difference(target=name, kind=kind, read=read.items.get(name), left=one, right=other, judged=judge.get(name, 0) > latest))
    rank = {"check": 0, "record": 1, "claim": 2, "mention": 3}
    return tuple(sorted(found, key=lambda one: (one.judged, rank[one.kind])))


def agreed(left: State, right: State, shared: State) -> tuple[Saying, ...]:
    """The acts that make all count in the shared reading which both did alike and it does not hold yet."""
    found: list[Saying] = []
    for name, mine, other in compared(left, right, shared):
        one = other if mine is None or (other is not None and mine.decision == "open") else mine
        if one is not None and not differ(mine, other) and (one.changed or one.mark is not None or one.decision != "open"):
            acts, held = taken(shared, name, one), shared.items.get(name)
            if any(value_at(held, key) != value for act in acts for key, value in act.after.items()) and not (held is None and gone(one)):
                found += acts
    return tuple(found)


def taken(shared: State, target: str, wanted: Item | None) -> tuple[Saying, ...]:
    """The acts of a judge that make a finding in the shared reading what it is in another; `wanted` is None where that has not got it."""
    held = shared.items.get(target)
    known = wanted or held
    kind: Kind = known.kind if known is not None else "mention"
    if wanted is None or wanted.decision == "rejected":
        return (judging(target, kind, {"@decision": "rejected"}, held),)
    if held is None:
        data = {key: value for key, value in wanted.data.items() if key != "id"} | {"@decision": "accepted"}
        added = Saying(target=target, kind=kind, act="add", after=data, before=dict.fromkeys(data), seen=LATE)
        return added, judging(target, kind, {"@decision": "accepted"}, None)
    after = {key: value_at(wanted, key) for key in sorted(wanted.changed | held.changed)}
    return (judging(target, kind, after | ({"@mark": wanted.mark} if kind == "check" else {"@decision": "accepted"}), held),)


def judging(target: str, kind: Kind, after: Mapping[str, Any], held: Item | None) -> Saying:
    before = {key: value_at(held, key) for key in after}
    return Saying(target=target, kind=kind, act="judge", after=after, before=before, seen=held.seq if held is not None else LATE)


def neither(shared: State, one: Difference) -> tuple[Saying, ...]:
    """The acts that make neither count: the finding stands as it was read and is to be looked at again; what only one added is not there."""
    held = shared.items.get(one.target)
    if one.read is None or held is None:
        return taken(shared, one.target, None)
    after = {key: value_at(one.read, key) for key in sorted({*one.keys, *held.changed}) if not key.startswith("@")}
    return (judging(one.target, one.kind, {**after, "@decision": "open", "@mark": None}, held),)


def typed(shared: State, one: Difference, told: Mapping[str, str]) -> tuple[Saying, ...]:
    """The acts that make count what the judge typed, key by key; all else is as the left reading has it. UsageError where a value cannot be."""
    base = one.right if gone(one.left) else one.left
    after: dict[str, Any] = {}
    for key, value in told.items():
        if base is not None and key.startswith("fields."):
            after[key] = field_value(str(base.data.get("type")), key.removeprefix("fields."), value)
        elif key == "label":
            after[key] = known_label(value)
        elif base is not None and key == "reads":
            after |= mention_value(base, value)
    if base is None or not after:
        raise UsageError("没有填写 · nothing was typed")
    *adding, last = taken(shared, one.target, replace(base, decision="accepted"))
    held = shared.items.get(one.target) or base
    merged = {**last.after, **after}
    return *adding, replace(last, after=merged, before={key: value_at(held, key) for key in merged})


def judgement(shared: State, found: Sequence[Difference], target: str, choice: str, told: Mapping[str, str]) -> tuple[Saying, ...]:
    """The acts of a judge's choice (`left`, `right`, `neither`, `edit`) on a finding; for a record on those of its claims too that the two
    have otherwise. UsageError where there is no such difference or choice."""
    own = next((one for one in found if one.target == target), None)
    if own is None:
        raise UsageError(f"{target}: 两人在这里没有分歧 · the two do not differ here")
    claims = {claim for item in (own.read, own.left, own.right) if item is not None for claim in item.data.get("claims", ())}
    below = [one for one in found if own.kind == "record" and one.kind == "claim" and one.target in claims and not one.judged]
    acts: list[Saying] = []
    for one in (own, *below):
        if choice in ("left", "right"):
            acts += taken(shared, one.target, one.left if choice == "left" else one.right)
        elif choice == "neither":
            acts += neither(shared, one)
        elif choice == "edit":
            acts += typed(shared, one, told if one is own else {key: value for key, value in told.items() if key in one.keys} or told)
        else:
            raise UsageError("没有这个动作 · no such act")
    return tuple(acts)

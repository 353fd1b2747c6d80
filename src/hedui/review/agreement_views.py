"""A report that two people read blind -> each reading as plain sets: places, ties, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from hedui.corrections import SHARED
from hedui.document import Span
from hedui.errors import HeduiError
from hedui.review.state import KINDS, Item, State, state_of, value_at
from hedui.store import Store
from hedui.store.blind import doubled
from hedui.store.people import everyone
from hedui.store.results import newest_result, output_of
from hedui.store.trail import Place, events_of

__all__ = ["PLACED", "TIES", "Double", "Unit", "View", "Views", "view_of", "views_of"]

# what has a place in the text, and what is tied to what
PLACED = ("mention", "claim")
TIES: Mapping[str, str] = {"claim": "mention", "record": "claim"}
AT_HAND = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A place with a label, in characters from the start of its report."""

    label: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One reading of a report of `length` characters. By kind: places and findings that stand, the labels of all that were read or added
    (`read`), and ties. `decided` holds what the person said is right or wrong, `touched` all they said anything of; `within` are the findings
    that are looked at, None for all."""

    person: str
    length: int
    units: Mapping[str, Mapping[str, Unit]]
    kinds: Mapping[str, frozenset[str]]
    read: Mapping[str, Mapping[str, str]]
    ties: Mapping[str, frozenset[tuple[str, str]]]
    decided: Mapping[str, str]
    touched: frozenset[str]
    within: frozenset[str] | None = None

    def spans(self, kind: str, label: str) -> list[Span]:
        return [unit.span for unit in self.units[kind].values() if unit.label == label]

    def label(self, kind: str, name: str) -> str | None:
        return self.read.get(kind, {}).get(name)

    def only(self, names: frozenset[str]) -> View:
        """The same reading with the places, decisions and ties of some findings alone."""
        return replace(
            self, units={kind: {name: unit for name, unit in held.items() if name in names} for kind, held in self.units.items()},
            decided={name: said for name, said in self.decided.items() if name in names}, within=names)


@dataclass(frozen=True, kw_only=True, slots=True)
class Double:
    """Two blind readings of a report, and the one that an adjudicator made of them."""

    first: View
    second: View
    judge: View | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Views:
    done: tuple[Double, ...]
    waiting: int
    names: Mapping[str, str]


def label_of(item: Item) -> str:
    return str(item.data.get("label") or item.data.get("type") or item.data.get("kind") or "")


def view_of(state: State, span: Span, person: str) -> View:
    """A reading as it stands, of the report at `span`."""
    stands = {kind: {one.id: one for one in state.of(kind) if one.decision != "rejected"} for kind in KINDS}
    units = {kind: {name: Unit(label=label_of(one), span=(one.data["span"][0] - span[0], one.data["span"][1] - span[0]))
                    for name, one in stands[kind].items() if "span" in one.data} for kind in PLACED}  # type: ignore[index]
    ties = {kind: frozenset((name, other) for name, one in stands[kind].items() for other in value_at(one, f"{below}s") or ())  # type: ignore[index]
            for kind, below in TIES.items()}
    decided = {one.id: one.mark or one.decision for one in state.items.values() if one.mark is not None or one.decision != "open"}
    return View(person=person, length=span[1] - span[0], units=units, kinds={kind: frozenset(held) for kind, held in stands.items()},
                read={kind: {one.id: label_of(one) for one in state.of(kind)} for kind in KINDS}, ties=ties, decided=decided,
                touched=frozenset(name for name, one in state.items.items() if one.seq))


@lru_cache(maxsize=AT_HAND)
def reports_read(store: Store, result: str) -> Mapping[str, Mapping[str, Any]]:
    return {one["id"]: one for one in json.loads(output_of(store, result))["reports"]}


def views_of(store: Store) -> Views:
    """Every report whose blind readings are both done, as it stands in them; reports that the newest results no longer hold are passed over."""
    found = doubled(store)
    done = [double for one in found if one.ready for double in doubles(store, one.sha256, one.report, [r.person for r in one.readers], one.judged)]
    return Views(done=tuple(done), waiting=sum(not one.ready for one in found), names={one.id: one.name for one in everyone(store)})


def doubles(store: Store, sha256: str, report: str, people: list[str], judged: bool) -> Iterator[Double]:
    newest = newest_result(store, sha256)
    try:
        read = reports_read(store, newest[0]).get(report) if newest is not None else None
    except HeduiError:
        return
    if read is None:
        return

    def view(person: str) -> View:
        events = events_of(store, Place(sha256=sha256, report=report, reading=person))
        return view_of(state_of(read, events), (read["span"][0], read["span"][1]), person)

    first, second = sorted(people)[:2]
    yield Double(first=view(first), second=view(second), judge=view(SHARED) if judged else None)

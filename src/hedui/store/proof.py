"""The ledger in, whether it adds up out: every input in one state, every one that is done with its one result, no result of nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from hedui.store.ledger import PRESENT, State, totals
from hedui.store.store import Store
from hedui.store.tables import results
from hedui.store.tables_ledger import inputs, places

__all__ = ["Proof", "proof"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """`places` hold `inputs` contents, `states` says how many are in each state; `elsewhere` were read and lie nowhere any more.
    `bare` are done without a result of their version, `stray` are results of contents that the ledger does not know."""

    places: int
    inputs: int
    elsewhere: int
    states: Mapping[State, int]
    bare: int
    stray: int

    @property
    def open(self) -> int:
        """Those that wait or are being read."""
        return self.states["seen"] + self.states["reading"]

    @property
    def holds(self) -> bool:
        return self.inputs == sum(self.states.values()) and not (self.bare or self.stray)


def proof(store: Store) -> Proof:
    """What the ledger and the results say, counted apart from each other."""
    of_version = exists().where(results.c.sha256 == inputs.c.sha256, results.c.version == inputs.c.version)
    known = exists().where(inputs.c.sha256 == results.c.sha256)
    asked = {
        "places": select(func.count(places.c.input)),
        "inputs": select(func.count(places.c.input.distinct())),
        "elsewhere": select(func.count()).select_from(inputs).where(~PRESENT),
        "bare": select(func.count()).select_from(inputs).where(inputs.c.state == "done", ~of_version),
        "stray": select(func.count(results.c.sha256.distinct())).where(~known),
    }
    with store.reading() as connection:
        found = {name: connection.scalar(count) or 0 for name, count in asked.items()}
    return Proof(**found, states=totals(store))

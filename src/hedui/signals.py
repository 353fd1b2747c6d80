"""What weights are put on: the kind and raw signals of everything read in a file, and how its records hang on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Signals", "Tie", "Told"]

Told = tuple[str, Mapping[str, float]]


class Tie(NamedTuple):
    """What a record was put together of: indices of its claims and of the checks in conflict over it."""

    claims: tuple[int, ...]
    disputes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """(kind, signals) of each mention, claim, check and record of a file, and the tie of each record. What makes a record
    sure, the probabilities of what it is tied to, is none of its signals yet: it comes of weighing these."""

    mentions: Sequence[Told] = ()
    claims: Sequence[Told] = ()
    checks: Sequence[Told] = ()
    records: Sequence[Told] = ()
    ties: Sequence[Tie] = ()

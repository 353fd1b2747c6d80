"""Something read and whether it is right -> an Item, what weights are fitted on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Item", "family_of"]

FAMILIES = frozenset({"mention", "check", "record"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing read in `source` (all tellings of one report, printed or scanned, bear the name of one source) and whether
    it is `right`. `id` tells it apart among all items; a record names the claims it was put together of in `parts` and
    the checks in conflict over it in `disputes`. `groups` are the sets it counts in when figures are split by shift
    (`{"form": "scan", "province": "…"}`), `weight` what it counts in fitting."""

    source: str
    kind: str
    signals: Mapping[str, float]
    right: bool
    id: str = ""
    parts: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0


def family_of(kind: str) -> str:
    """The kinds that share strength: mentions, claims, checks, records.

    >>> family_of("mention.ORG"), family_of("fund"), family_of("record.fund")
    ('mention', 'claim', 'record')
    """
    first = kind.split(".")[0]
    return first if first in FAMILIES else "claim"

"""Heads of reports in, the same out under the unit that each is of, where the reports around it say more than its own.

A report that leaves its place out (市教育局) is of the one place of that kind that the run knows; where it knows several, or the unit
may be but a body that the text speaks of, nobody can say whose it is. A report whose title names no unit, and gives it no line, is
that of the one unit that the other reports of its place and programme name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from hedui.across.facts import Head
from hedui.across.names import WHOLE
from hedui.across.names_patterns import BARE_PLACE

__all__ = ["with_owners"]


def with_owners(heads: Sequence[Head]) -> list[Head]:
    """The heads in their order, some under another `owner` and `place`; `owner` is "" where several places may be meant."""
    kinds: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for head in heads:
        if head.place:
            kinds[head.place[-1]].add((head.place, head.province))
    placed = [at_home(head, kinds) for head in heads]
    sure: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for head in placed:
        if head.named and head.place and head.topic != WHOLE:
            sure[head.place, head.topic, head.province].add(head.owner)
    return [head if head.named else of_its_programme(head, sure.get((head.place, head.topic, head.province), set())) for head in placed]


def at_home(head: Head, kinds: defaultdict[str, set[tuple[str, str]]]) -> Head:
    bare = None if head.place else BARE_PLACE.match(head.owner)
    if bare is None:
        return head
    around = [(place, province) for place, province in kinds[bare[0][-1]] if not head.province or province in (head.province, "")]
    if not around:
        return head
    if len(around) > 1 or not head.named:
        return head._replace(owner="")
    place, province = around[0]
    return head._replace(owner=place + head.owner[bare.end():], place=place, province=head.province or province)


def of_its_programme(head: Head, named: set[str]) -> Head:
    if len(named) != 1 or head.owner in named:
        return head
    owner = next(iter(named))
    return head._replace(owner=owner, unit=owner)

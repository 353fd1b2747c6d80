"""Codes of GB/T 2260 and their changes in, every administrative division with the years it stood and what it went on as out.

`lexicons/regions.tsv` holds what stands (2023-06) and names since abolished; `region_changes.tsv` says when one became another. A division
goes on through changes of name, rank or code under one id, which is its last code; one that was merged or split has an id of its own,
its code and the year it ended (`110103@2010`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from hedui.lexicons import rows

__all__ = ["Division", "Gazetteer", "gazetteer"]

PACKAGE = "hedui.research.linking"
ENDS = frozenset({"并入", "拆分"})
NEW = "设立"
LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Division:
    """A division as it stood from the year `since` until the year `until` (None: before 2010, still). `succeeded_by` is the code today of
    where it lies, through mergers too."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    region_id: str
    succeeded_by: str
    since: int | None
    until: int | None

    def stood(self, year: int) -> bool:
        """Whether it stood in `year`; in the year of a change both do."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gazetteer:
    """Divisions by the names they go by, by short name, by id in the order of years, and by code."""

    by_name: Mapping[str, tuple[Division, ...]]
    by_short: Mapping[str, tuple[Division, ...]]
    by_id: Mapping[str, tuple[Division, ...]]
    by_code: Mapping[str, tuple[Division, ...]]
    longest: int

    def above(self, division: Division) -> tuple[Division, ...]:
        """What it lies in, the province last."""
        found: list[Division] = []
        code = division.parent
        while code:
            held = next((one for one in self.by_code.get(code, ()) if one.level != "county" and one is not division), None)
            if held is None or held in found:
                break
            found.append(held)
            code = held.parent
        return tuple(found)

    def at(self, region_id: str, year: int) -> Division | None:
        """What a region was in `year`: where two stood, the newer one."""
        return next((one for one in reversed(self.by_id[region_id]) if one.stood(year)), None)


Place = tuple[str, str]  # code and name


@cache
def gazetteer() -> Gazetteer:
    """The divisions of the lexicon with their changes."""
    listed = {(row[0], row[1], row[3]): row for row in rows("regions")}
    since, until, after, ended = histories(rows("region_changes", PACKAGE))
    places = dict.fromkeys([*((code, name) for code, name, _ in listed), *since, *until])
    ranks = {(code, name): rank for code, name, rank in reversed(listed)}
    shorts = {(code, name): row[2] for (code, name, _), row in listed.items()}
    parents = {(code, name): row[4] for (code, name, _), row in reversed(listed.items())}
    codes, renewed = {code for code, _ in places}, {code for code, _ in since}
    made: list[Division] = []
    for place in places:
        code, name = place
        if code in renewed and place not in since and place not in until:
            continue  # a slip of one revision: 赣县 under the code of 赣县区
        last = last_of(place, after)
        rank = ranks.get(place) or rank_of(code)
        within = parents.get(place, "")
        made.append(Division(
            code=code, name=name, short=shorts.get(place) or short_of(name), level=LEVELS[rank],
            parent=within if within in codes else parent_of(code, rank),
            region_id=last[0] if last not in ended else f"{last[0]}@{until[last]}", succeeded_by=today(last, after, ended)[0],
            since=since.get(place), until=until.get(place)))
    return indexed(made)


def histories(changes: Sequence[Sequence[str]]) -> tuple[dict[Place, int], dict[Place, int], dict[Place, Place], dict[Place, Place]]:
    """The first and the last year of places, what they went on as, and into what they ended."""
    since, until = dict[Place, int](), dict[Place, int]()
    after, ended = dict[Place, Place](), dict[Place, Place]()
    for year, kind, code, name, to_code, to_name in changes:
        old, new = (code, name), (to_code, to_name)
        if kind != NEW:
            until[old] = int(year)
            (ended if kind in ENDS else after)[old] = new
        if kind not in ENDS:
            since[new] = int(year)
    return since, until, after, ended


def last_of(place: Place, after: Mapping[Place, Place]) -> Place:
    while place in after:
        place = after[place]
    return place


def today(place: Place, after: Mapping[Place, Place], ended: Mapping[Place, Place]) -> Place:
    while place in after or place in ended:
        place = after.get(place) or ended[place]
    return place


def rank_of(code: str) -> str:
    return "1" if code.endswith("0000") else "2" if code.endswith("00") else "3"


def parent_of(code: str, rank: str) -> str:
    return "" if rank == "1" else code[:2] + "0000" if rank == "2" or code[2] == "9" or code[:2] in MUNICIPALITIES else code[:4] + "00"


def short_of(name: str) -> str:
    return name[:-2] if name.endswith("地区") else name[:-1] if len(name) > 2 else ""


def indexed(made: Sequence[Division]) -> Gazetteer:
    by_name: dict[str, list[Division]] = {}
    by_short: dict[str, list[Division]] = {}
    by_id: dict[str, list[Division]] = {}
    by_code: dict[str, list[Division]] = {}
    for one in sorted(made, key=lambda d: (d.since or 0, d.code, d.level)):
        for name in names_of(one):
            by_name.setdefault(name, []).append(one)
        if len(one.short) > 1:
            by_short.setdefault(one.short, []).append(one)
        by_id.setdefault(one.region_id, []).append(one)
        by_code.setdefault(one.code, []).append(one)
    frozen = [MappingProxyType({key: tuple(held) for key, held in found.items()}) for found in (by_name, by_short, by_id, by_code)]
    return Gazetteer(by_name=frozen[0], by_short=frozen[1], by_id=frozen[2], by_code=frozen[3], longest=max(map(len, by_name)))


def names_of(one: Division) -> set[str]:
    """The name, and for autonomous places the one without the peoples: 黔西南州, 兰坪县."""
    names = {one.name}
    if "自治" in one.name and one.short and one.level != "province":
        names.add(one.short + one.name[-1])
    return names

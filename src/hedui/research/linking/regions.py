"""Names of places as reports write them in, codes of GB/T 2260 as they stood in the year of the report out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hedui.research.linking.gazetteer import Division, gazetteer
from hedui.research.linking.places import Told, lies_in, told_place

__all__ = ["COLUMNS", "Linked", "link_region", "link_regions"]

COLUMNS = ("raw", "code", "name", "level", "province", "prefecture", "region_id", "succeeded_by", "valid_from", "valid_to", "score")
# how far a link of a kind is trusted; annotations/linking holds what they are measured on
SURE, SHORT, NARROWED, OTHER_YEAR, FROM_UNIT, UNKNOWN = 1.0, 0.97, 0.97, 0.9, 0.95, 0.6

NATION = frozenset({"中央", "中央本级", "中央级", "全国", "国家"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """A place: `division` as the list has it, None for one it has not; `within` the province and the prefecture it lies in."""

    name: str
    level: str
    region_id: str
    division: Division | None
    within: tuple[Division, ...]
    score: float


def link_regions(raw: Sequence[str | None], *, year: Sequence[int | None] | int | None = None,
                 unit: Sequence[str | None] | None = None, province: Sequence[str | None] | str | None = None) -> Any:
    """A row of `COLUMNS` for each of `raw`, in its order, as a DataFrame.

    `year` (of the report), `unit` (the body that reports) and `province` narrow down what a name means, one for all or one each. `code` is
    that of the year; `region_id` stays the same through changes of name, rank and code; `succeeded_by` is the code (2023-06) of where it lies
    today, through mergers too. `valid_from` and `valid_to` are years, null before 2010 and where it still stands. A place that the list
    does not have keeps its name under an id of its own (`~360000赣源县`) without a code, and a name that several places bear and nothing
    tells apart has no code, no id and score 0.

    >>> link_regions(["铜山县", "朝阳区"], year=[2015, 2020], unit=[None, "北京市朝阳区教育局"])[["code", "name", "region_id"]].values.tolist()
    [['320312', '铜山区', '320312'], ['110105', '朝阳区', '110105']]
    """
    n = len(raw)
    each = zip(raw, spread(year, n), spread(unit, n), spread(province, n), strict=True)
    table = pd.DataFrame([row_of(told, link_region(told, year=when, unit=body, province=around)) for told, when, body, around in each],
                         columns=list(COLUMNS))
    whole = {"valid_from": "Int32", "valid_to": "Int32", "score": "float64"}
    return table.astype({name: whole.get(name, "string") for name in COLUMNS})


def spread(held: Any, n: int) -> Sequence[Any]:
    return [held] * n if held is None or isinstance(held, str | int) else [None if pd.isna(one) else one for one in held]


def link_region(raw: str | None, *, year: int | None = None, unit: str | None = None, province: str | None = None) -> Linked | None:
    """The place that `raw`, or else the body that reports, names; None where nothing names one or nothing tells several apart."""
    told = told_place(raw if isinstance(raw, str) else "")
    if isinstance(raw, str) and raw.strip() in NATION:
        return Linked(name="中央", level="nation", region_id="000000", division=None, within=(), score=SURE)
    by_unit = told_place(unit or "")
    score = SURE
    if not told.may_be and not told.unknown:
        told, score = by_unit, FROM_UNIT
    around = [one.may_be for one in (by_unit, told_place(province or "")) if one.may_be]
    if told.unknown:
        return unlisted(told, around, year)
    return listed(told, around, year, score * (SHORT if told.short else 1))


def narrowed(may_be: Sequence[Division], around: Sequence[Sequence[Division]], year: int | None) -> list[Division]:
    """Those that `around` names, that lie there or in its province, and that stood in the year, as far as any are left."""
    found = list(may_be)
    for places in around:
        ids, codes = {one.region_id for one in places}, {one.code[:2] for one in places}
        found = ([one for one in found if one.region_id in ids] or [one for one in found if lies_in(one, tuple(places))]
                 or [one for one in found if one.code[:2] in codes] or found)
    if year is not None:
        return [one for one in found if one.stood(year)] or found
    return [one for one in found if one.until is None] or found


def listed(told: Told, around: Sequence[Sequence[Division]], year: int | None, score: float) -> Linked | None:
    found = narrowed(told.may_be, around, year)
    if len({one.region_id for one in found}) > 1:
        best = min(RANK[one.level] for one in found)
        found = [one for one in found if RANK[one.level] == best]
    if len({one.region_id for one in found}) != 1:
        return None
    if len({one.region_id for one in told.may_be}) > 1:
        score *= NARROWED
    one = found[-1]
    if year is not None and not one.stood(year):
        score *= OTHER_YEAR
        one = gazetteer().at(one.region_id, year) or one
    return Linked(name=one.name, level=one.level, region_id=one.region_id, division=one, within=gazetteer().above(one), score=round(score, 4))


RANK = {"province": 0, "prefecture": 1, "county": 2}


def unlisted(told: Told, around: Sequence[Sequence[Division]], year: int | None) -> Linked:
    """A place that the list does not have, in the one that is named before it."""
    found = narrowed(told.may_be, around, year)
    inside = found[-1] if len({one.region_id for one in found}) == 1 else None
    within = (inside, *gazetteer().above(inside)) if inside else ()
    if not within and around and len({one.code[:2] for one in around[0]}) == 1:
        within = gazetteer().by_code.get(around[0][0].code[:2] + "0000", ())[-1:]
    top = within[-1].code if within else ""
    return Linked(name=told.unknown, level=told.level, region_id=f"~{top}{told.unknown}", division=None, within=within, score=UNKNOWN)


def row_of(raw: str | None, linked: Linked | None) -> dict[str, Any]:
    if linked is None:
        return {"raw": raw, "score": 0.0}
    one = linked.division
    places = {place.level: place.name for place in (*linked.within, *((one,) if one else ()))}
    return {"raw": raw, "name": linked.name, "level": linked.level, "province": places.get("province"), "prefecture": places.get("prefecture"),
            "region_id": linked.region_id, "score": linked.score,
            **({"code": one.code, "succeeded_by": one.succeeded_by, "valid_from": one.since, "valid_to": one.until} if one else {})}

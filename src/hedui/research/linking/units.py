"""Names of bodies as reports write them in, one institution a body out, through short forms, slips and institutional reforms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pandas as pd
from rapidfuzz.distance import OSA

from hedui.across.names import squeezed
from hedui.across.names_patterns import BARE_PLACE
from hedui.lexicons import rows
from hedui.research.linking.gazetteer import Division
from hedui.research.linking.places import told_place
from hedui.research.linking.regions import Linked, link_region, spread

__all__ = ["COLUMNS", "Body", "body_of", "link_units"]

PACKAGE = "hedui.research.linking"
COLUMNS = ("raw", "unit_id", "unit_name", "kind", "kind_told", "region_id", "region_code", "province", "succeeded_by", "score")
# how far a link of a kind is trusted; annotations/linking holds what they are measured on
KNOWN, SLIP, OTHER, REGION_OF_REPORT, NO_PLACE = 1.0, 0.85, 0.9, 0.97, 0.7
LONG = 4  # a word shorter than that is no slip of another
ENDINGS = ("总局", "委员会", "办公室", "局", "厅", "委", "办", "部")
# （本级） · 机关 · 本部: the body itself without those under it
ITSELF = re.compile(r"[(（](?:本级|机关|本部|汇总)[)）]|(?:本级|机关|本部)$")
# 中共|某县 · 中国共产党|某县
PARTY = re.compile(r"^(?:中国共产党|中共|共青团|中国人民政治协商会议|国家税务总局|国家统计局|国网)")
NATION = "000000"
# 国家医保局 · 国务院办公厅 · 国家税务总局 (alone) · 中共中央
NATIONAL = re.compile(r"^(?:国家(?!税务总局.|统计局.)[\u4e00-\u9fff]{2,14}?(?:总?局|委员会|委|中心|署|办公室)(?![\u4e00-\u9fff])|国务院|中共中央|党中央|全国[\u4e00-\u9fff]{2,10}会$)")
STATE = re.compile(r"^国家(?=[\u4e00-\u9fff]{2,12}(?:总?局|委|委员会)$)")
# 财政厅 in a report of a county: the province's; no 办公厅
HALL = re.compile(r"^(?!.*办公厅).*厅$")
MARKS = re.compile(r"[()（）·.、,，\s]")
LIFTED = {"省": ("province",), "自治区": ("province",), "市": ("prefecture", "county", "province"), "州": ("prefecture",), "盟": ("prefecture",),
          "县": ("county",), "区": ("county", "province"), "旗": ("county",), "自治州": ("prefecture",), "自治县": ("county",)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What a body is without its place: `kind` today's, `told` the one its name tells, `merged_into` that which it has been merged into."""

    kind: str
    told: str
    merged_into: str
    score: float


def link_units(raw: Sequence[str | None], *, region: Sequence[str | None] | str | None = None,
               year: Sequence[int | None] | int | None = None) -> Any:
    """A row of `COLUMNS` for each of `raw`, in its order, as a DataFrame.

    `region` and `year` are those of the report. `unit_id` is the place's id and the kind of body, so that 卫计委 and 卫健委 of one county are one
    institution; a body that was merged (县地税局) keeps an id of its own, `succeeded_by` is that of the body it went into. `unit_name` is its
    name today, `kind_told` the kind that the name in the report tells. A firm is known by its name alone. Null ids where nothing is told.

    >>> told = link_units(["市医保局", "攀枝花市医疗保障局", "某县地税局"], region=["攀枝花市", None, "遵义市"], year=2021)
    >>> told[["unit_id", "unit_name"]].values.tolist()[:2]
    [['510400:医疗保障', '攀枝花市医疗保障局'], ['510400:医疗保障', '攀枝花市医疗保障局']]
    """
    n = len(raw)
    each = zip(raw, spread(region, n), spread(year, n), strict=True)
    table = pd.DataFrame([row_of(told, place, when) for told, place, when in each], columns=list(COLUMNS))
    return table.astype({name: "float64" if name == "score" else "string" for name in COLUMNS})


@cache
def national() -> frozenset[str]:
    """The central bodies that the lexicon lists."""
    return frozenset(row[0] for row in rows("institutions") if row[1] == "national")


def of_the_nation(text: str) -> Body | None:
    """A central body: 财政部, 国家医保局, 国务院办公厅; None for any other."""
    if text not in national() and not NATIONAL.match(text):
        return None
    stem = kinds().heads.get(parted(STATE.sub("", text, count=1))[0])
    return of_kind(stem, KNOWN) if stem else Body(kind=text, told=text, merged_into="", score=KNOWN)


def row_of(raw: str | None, region: str | None, year: int | None) -> dict[str, Any]:
    text = ITSELF.sub("", squeezed(raw if isinstance(raw, str) else ""))
    if not text:
        return {"raw": raw, "score": 0.0}
    central = of_the_nation(text)
    if central is not None:
        return {"raw": raw, "unit_id": f"{NATION}:{central.kind}", "unit_name": text, "kind": central.kind, "kind_told": central.told,
                "region_id": NATION, "score": central.score}
    text = PARTY.sub("", text, count=1) if len(PARTY.sub("", text, count=1)) > 2 else text
    place, tail, sure = place_and_tail(text, region, year)
    body = body_of(tail)
    if told_place(text).short and body.score < KNOWN and not parted(tail)[1]:  # 浙江大学, 新疆日报: the place is of the name
        body = Body(kind=text, told=text, merged_into="", score=OTHER)
    firm = is_firm(tail)
    home = "" if firm or place is None else place.region_id
    name = text if firm or body.kind == text else (place.name if place else "") + named(body.kind, place)
    province = next((one.name for one in within(place) if one.level == "province"), None) if place else None
    score = body.score * (1.0 if firm else sure if place else NO_PLACE) * (place.score if place and not firm and place.division is None else 1.0)
    return {"raw": raw, "unit_id": f"{home}:{MARKS.sub('', text) if firm else body.kind}", "unit_name": name, "kind": None if firm else body.kind,
            "kind_told": None if firm else body.told, "region_id": home or None, "province": province,
            "region_code": place.division.code if place and place.division and home else None,
            "succeeded_by": f"{home}:{body.merged_into}" if body.merged_into else None, "score": round(score, 4)}


def is_firm(tail: str) -> bool:
    return tail.endswith(("公司", "事务所", "事务所(普通合伙)", "事务所(特殊普通合伙)", "合伙)", "集团"))


def place_and_tail(text: str, region: str | None, year: int | None) -> tuple[Linked | None, str, float]:
    """Where a body is, what is left of its name, and how sure that is: by the place it leads with, else by that of the report, as high up
    as its name says (自治区教育厅 in a report of a county)."""
    told = told_place(text)
    if (told.may_be or told.unknown) and told.rest:
        place = link_region(text[: len(text) - len(told.rest)], year=year, unit=region)
        if place is not None:
            return place, told.rest, KNOWN
        if region:
            place = link_region(region, year=year)
            return place, told.rest, REGION_OF_REPORT
    around = link_region(region, year=year) if isinstance(region, str) and region else None
    if HALL.search(text) and around is not None and not BARE_PLACE.match(text):
        return lifted(around, "省"), text, REGION_OF_REPORT
    bare = BARE_PLACE.match(text)
    if bare is None:
        return around, text, REGION_OF_REPORT
    return lifted(around, bare[0]), text[bare.end():], REGION_OF_REPORT


def lifted(place: Linked | None, word: str) -> Linked | None:
    """The place that a word of level (市, 自治区) means in a report of `place`."""
    if place is None or place.level in LIFTED.get(word, (place.level,)):
        return place
    above = next((one for level in LIFTED[word] for one in place.within if one.level == level), None)
    return place if above is None else Linked(name=above.name, level=above.level, region_id=above.region_id, division=above,
                                              within=tuple(place.within[place.within.index(above) + 1:]), score=place.score)


def within(place: Linked) -> tuple[Division, ...]:
    return (*place.within, *((place.division,) if place.division else ()))


def named(kind: str, place: Linked | None) -> str:
    """A kind of body with the ending it has at the level of its place."""
    upper, lower = kinds().endings.get(kind, ("", ""))
    return kind + (upper if place is not None and place.level == "province" and not place.name.endswith("市") else
                   "局" if upper == "厅" else lower)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kinds:
    endings: Mapping[str, tuple[str, str]]
    heads: Mapping[str, str]
    whole: Mapping[str, str]
    renamed: Mapping[str, str]
    merged: Mapping[str, str]
    longest: int


@cache
def kinds() -> Kinds:
    """Kinds of bodies by the words that name them, and what became of them."""
    endings, heads, renamed, merged = dict[str, tuple[str, str]](), dict[str, str](), dict[str, str](), dict[str, str]()
    for name, upper, lower, *others in rows("bodies", PACKAGE):
        endings[name] = (upper, lower)
        heads |= dict.fromkeys([name, *filter(None, others[0].split("、") if others else ())], name)
    for _, kind, before, after, *_ in rows("body_changes", PACKAGE):
        if kind == "更名":
            renamed[before] = after
        elif kind in {"并入", "拆分"}:
            merged[before] = after
    whole = {told: name for name, others in rows("body_names", PACKAGE) for told in (name, *others.split("、"))}
    return Kinds(endings=endings, heads=heads, whole=whole, renamed=renamed, merged=merged, longest=max(map(len, heads)))


@lru_cache(maxsize=1 << 14)
def body_of(tail: str) -> Body:
    """What a body is, by its name without the place.

    >>> body_of("卫计委").kind, body_of("医疗保章局").kind, body_of("医保服务中心").kind, body_of("地税局").merged_into
    ('卫生健康', '医疗保障', '医疗保障服务中心', '税务')
    """
    known = kinds()
    if tail in known.whole:
        return Body(kind=known.whole[tail], told=known.whole[tail], merged_into="", score=KNOWN)
    stem, ending = parted(tail)
    if stem in known.heads:
        return of_kind(known.heads[stem], KNOWN)
    if ending and len(stem) >= LONG and (slip := slip_of(stem)):
        return of_kind(slip, SLIP)
    return longer(tail)


def parted(tail: str) -> tuple[str, str]:
    ending = next((one for one in ENDINGS if tail.endswith(one) and len(tail) > len(one)), "")
    return tail[: len(tail) - len(ending)] if ending else tail, ending


def of_kind(told: str, score: float) -> Body:
    known, kind = kinds(), told
    while kind in known.renamed:
        kind = known.renamed[kind]
    return Body(kind=kind, told=told, merged_into=known.merged.get(kind, ""), score=score)


def slip_of(stem: str) -> str:
    """The one kind that a word is a single slip away from; "" for none."""
    found = {name for word, name in kinds().heads.items() if len(word) >= LONG and OSA.distance(stem, word, score_cutoff=1) == 1}
    return found.pop() if len(found) == 1 else ""


# 石碧乡政府 · 某镇人民政府 · 街道办
TOWN = re.compile(r"^(?P<town>.{1,12}(?:乡|镇|苏木))(?:人民)?政府$")
STREET = re.compile(r"^(?P<town>.{1,12}街道)(?:办|办事处|办事处机关)$")
# 经济开发区管委会
BOARD = re.compile(r"管委会$")


def longer(tail: str) -> Body:
    """A body of a kind of its own, the words of its name in full: 医保服务中心 is 医疗保障服务中心."""
    known, tail = kinds(), BOARD.sub("管理委员会", tail)
    for pattern, ending in ((TOWN, "人民政府"), (STREET, "办事处")):
        if match := pattern.match(tail):
            return Body(kind=match["town"] + ending, told=match["town"] + ending, merged_into="", score=OTHER)
    for short, full in sorted(known.whole.items(), key=lambda pair: -len(pair[0])):
        if len(short) > 2 and tail.endswith(short):
            tail = tail[: -len(short)] + full
            break
    head = next((tail[:size] for size in range(min(known.longest, len(tail)), 1, -1) if tail[:size] in known.heads), "")
    full = known.heads.get(head, head) + tail[len(head):]
    return Body(kind=MARKS.sub("", full), told=MARKS.sub("", full), merged_into="", score=OTHER)

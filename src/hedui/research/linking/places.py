"""The text of a place or of a body that leads with one in, the divisions it may mean and what follows them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hedui.across.names import place_head, squeezed
from hedui.research.linking.gazetteer import Division, gazetteer

__all__ = ["Told", "lies_in", "told_place"]

# 2021年 · 关于2021年度 · 中共
BEFORE = re.compile(r"^(?:关于)?(?:(?:19|20)\d{2}年?度?)?(?:中国共产党|中共|中国)?")
# 自治区本级 · 省级 · 全市: the place itself, told by its level alone
ITSELF = re.compile(r"^(?:[(（]?(?:本级|本部|机关|全[省市县区州旗盟境]|合计)[)）]?)$")
ANYWHERE = frozenset({"城区", "郊区", "矿区", "市辖区"})  # borne by many, so only behind what they lie in
LEVEL_BY_END = {"省": "province", "州": "prefecture", "盟": "prefecture", "县": "county", "区": "county", "旗": "county", "市": "county"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a text tells of a place: `may_be` the divisions that its last known name may mean, `unknown` a place that
    the list does not have, `level` that of the unknown one, `rest` what follows, `short` whether a name was cut short."""

    may_be: tuple[Division, ...]
    unknown: str
    level: str
    rest: str
    short: bool


@lru_cache(maxsize=1 << 16)
def told_place(text: str) -> Told:
    """The place that `text` begins with.

    >>> told = told_place("广西隆谷县教育局")
    >>> [one.name for one in told.may_be], told.unknown, told.rest
    (['广西壮族自治区'], '隆谷县', '教育局')
    """
    rest = BEFORE.sub("", squeezed(text), count=1)
    inside: tuple[Division, ...] = ()
    short = False
    while rest:
        size, found, cut = head_of(rest, inside)
        if not found:
            break
        inside, rest, short = found, rest[size:], short or cut
    unknown = "" if ITSELF.match(rest) else place_head(rest)
    if unknown and gazetteer().by_name.get(unknown) and not inside:
        unknown = ""  # 城区 alone
    return Told(may_be=inside, unknown=unknown, level=LEVEL_BY_END.get(unknown[-1:], ""), rest=rest[len(unknown):], short=short)


def head_of(text: str, inside: tuple[Division, ...]) -> tuple[int, tuple[Division, ...], bool]:
    """How long the place at the head of `text` is, which divisions inside one of `inside` it may mean, and whether it is a short name."""
    known = gazetteer()
    for size in range(min(known.longest, len(text)), 1, -1):
        head = text[:size]
        found = tuple(one for one in known.by_name.get(head, ()) if lies_in(one, inside) and (inside or head not in ANYWHERE))
        if found:
            return size, found, False
        shorts = tuple(one for one in known.by_short.get(head, ()) if lies_in(one, inside) and short_counts(one, inside, text[size:]))
        if shorts:
            return size, highest(shorts), True
    return 0, (), False


def lies_in(one: Division, inside: tuple[Division, ...]) -> bool:
    if not inside:
        return True
    around = {above.region_id for above in gazetteer().above(one)}
    return any(other.region_id in around for other in inside)


def short_counts(one: Division, inside: tuple[Division, ...], rest: str) -> bool:
    """A short name of a county counts behind a place, or where nothing follows; none before the sign of another kind of place."""
    return not (rest[:1] in "省市县区州盟旗" and rest) and not (one.level == "county" and rest and not inside)


def highest(found: tuple[Division, ...]) -> tuple[Division, ...]:
    """An unmarked short name means the highest place of that name: 吉林 the province."""
    order = ("province", "prefecture", "county")
    best = min(order.index(one.level) for one in found)
    return tuple(one for one in found if order.index(one.level) == best)

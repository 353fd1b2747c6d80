"""The places that names and titles open with: provinces, prefectures and counties of the list, others by how they go on."""

from __future__ import annotations

from functools import lru_cache

from hedui.layout.head_patterns import COMMITTEE, LED, LEVELS, PREFECTURE, UNLISTED
from hedui.lexicons import rows

__all__ = ["bared", "full_name", "innermost", "region_in", "region_of", "without_place"]

PROVINCIAL = frozenset({"1", "2", "province", "prefecture"})
LONGEST = 15


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Full and short names of provinces, prefectures and counties -> the full name (lexicons/regions.tsv)."""
    found: dict[str, str] = {}
    for _, name, short, level, *_ in rows("regions"):
        found.setdefault(name, name)
        if short and level in PROVINCIAL:
            found.setdefault(short, name)
    return found


@lru_cache(maxsize=1)
def provinces() -> frozenset[str]:
    return frozenset(name for _, name, _, level, *_ in rows("regions") if level in ("1", "province"))


def listed_end(name: str, at: int) -> int:
    """Where the longest place of the list that stands at `at` ends, 0 for none."""
    known = places()
    return next((end for end in range(min(len(name), at + LONGEST), at + 1, -1) if name[at:end] in known), 0)


def unlisted_end(name: str, at: int) -> int:
    """Where the prefecture and the county that no list holds end, `at` where none stands there."""
    prefecture = PREFECTURE.match(name, at)
    county = UNLISTED.match(name, prefecture.end() if prefecture else at)
    return county.end() if county else prefecture.end() if prefecture else at


def region_in(name: str) -> str | None:
    """The places that open a name, as one; a county that no list holds is told by how names of counties go on.

    >>> region_in("四川省南充市教育局"), region_in("财政部"), region_in("青石县2022年项目")
    ('四川省南充市', None, '青石县')
    """
    at, region = 0, ""
    while end := listed_end(name, at):
        region, at = region + places()[name[at:end]], end
    return region + name[at:unlisted_end(name, at)] or None


def region_of(body: str) -> str | None:
    """The place that a body's name opens with.

    >>> region_of("中共青石县委组织部"), region_of("青石县水利局")
    ('青石县', '青石县')
    """
    return region_in(COMMITTEE.sub("", body))


def innermost(name: str) -> str:
    """`name` without the province that another place follows.

    >>> innermost("四川省青石县教育局"), innermost("四川省教育厅")
    ('青石县教育局', '四川省教育厅')
    """
    end = listed_end(name, 0)
    return name[end:] if end and places()[name[:end]] in provinces() and region_in(name[end:]) else name


def bared(name: str) -> str:
    """`name` without the words that lead to it in a sentence: 对青石县水利局 -> 青石县水利局."""
    led = LED.match(name)
    return name[led.end():] if led and not listed_end(name, 0) else name


def without_place(name: str) -> str:
    """`name` without the places that open it, in full or short form."""
    at = 0
    while end := listed_end(name, at):
        at = end
    return name[unlisted_end(name, at):]


def full_name(unit: str, region: str | None) -> str:
    """`unit` with the province spelled out where it only says 自治区 or 省: 自治区水利厅 of 宁夏 -> 宁夏回族自治区水利厅."""
    for level in LEVELS:
        if region and unit.startswith(level) and region.endswith(level):
            return region + unit[len(level):]
    return unit

"""numbering.xml and the paragraphs in their order -> the automatic number that Word shows before each.

Counting follows ISO/IEC 29500-1, 17.9: lists of one abstract definition count on together; a level starts anew after a
higher one unless w:lvlRestart says otherwise; a w:startOverride starts its list anew where that list is first used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hedui.readers.docx.numerals import numeral
from hedui.readers.docx.xml import Element, W, attribute, inner, number, switched, value

__all__ = ["NO_LISTS", "Counting", "Level", "Lists", "level_of_style", "lists_of", "next_number"]

# %1.%2
PLACE = re.compile(r"%(?P<level>[1-9])")
NO_LIST = "0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One level of a list: what it counts from, its format and text (`（%1）`), the style it belongs to."""

    start: int = 1
    kind: str | None = "decimal"
    custom: str | None = None
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class List:
    """One list that paragraphs name: the abstract definition it counts with, its levels, its start overrides."""

    abstract: str
    levels: Mapping[int, Level]
    overrides: Mapping[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """Every list by its numId."""

    by_id: Mapping[str, List] = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class Counting:
    """Where the lists of one document stand: counts by abstract definition and level, and the lists already begun."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


NO_LISTS = Lists()


def level_from(element: Element) -> Level:
    form = next((child for child in inner(element) if child.tag == f"{W}numFmt"), None)
    return Level(start=number(value(element, "start"), 0) or 0, kind=attribute(form, "val") or "decimal",
                 custom=attribute(form, "format"), text=value(element, "lvlText") or "",
                 restart=number(value(element, "lvlRestart")), legal=bool(switched(element, "isLgl")),
                 style=value(element, "pStyle"))


def levels_from(element: Element) -> dict[int, Level]:
    return {number(attribute(item, "ilvl"), 0) or 0: level_from(item) for item in element.findall(f"{W}lvl")}


def lists_of(root: Element) -> Lists:
    """The lists of a numbering.xml. An abstract definition that only links to a numbering style counts as the one that
    defines that style."""
    abstracts = {attribute(item, "abstractNumId") or "": item for item in root.findall(f"{W}abstractNum")}
    defined = {style: id_ for id_, item in abstracts.items() if (style := value(item, "styleLink"))}
    found = {}
    for item in root.findall(f"{W}num"):
        abstract = value(item, "abstractNumId") or ""
        if abstract in abstracts:
            abstract = defined.get(value(abstracts[abstract], "numStyleLink") or "", abstract)
        if abstract not in abstracts:
            continue
        levels = levels_from(abstracts[abstract])
        overrides = {}
        for override in item.findall(f"{W}lvlOverride"):
            ilvl = number(attribute(override, "ilvl"), 0) or 0
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[ilvl] = level_from(own)
            start = number(value(override, "startOverride"))
            if start is not None:
                overrides[ilvl] = start
                levels[ilvl] = replace(levels.get(ilvl, Level()), start=start)
        found[attribute(item, "numId") or ""] = List(abstract=abstract, levels=levels, overrides=overrides)
    return Lists(by_id=found)


def level_of_style(lists: Lists, num: str | None, style: str | None) -> int | None:
    """The level of list `num` that belongs to the paragraph style `style`."""
    found = lists.by_id.get(num or "")
    return None if found is None or style is None else next(
        (ilvl for ilvl, level in found.levels.items() if level.style == style), None)


def shown(levels: Mapping[int, Level], counts: Mapping[int, int], ilvl: int) -> str | None:
    level = levels[ilvl]
    if level.kind == "bullet":
        return None

    def one(match: re.Match[str]) -> str:
        at = int(match["level"]) - 1
        other = levels.get(at, Level())
        kind = "decimal" if level.legal and other.kind != "none" else other.kind
        return numeral(counts.get(at, other.start), kind, other.custom)

    return PLACE.sub(one, level.text) or None


def next_number(lists: Lists, counting: Counting, num: str | None, ilvl: int) -> str | None:
    """The number of the next paragraph of level `ilvl` of list `num`, counted in `counting`; None for bullets and for
    paragraphs that are in no list."""
    found = lists.by_id.get(num or NO_LIST)
    if found is None or num == NO_LIST or ilvl not in found.levels:
        return None
    counts = counting.counts.setdefault(found.abstract, {})
    if num not in counting.begun:
        counting.begun.add(num or NO_LIST)
        for overridden in found.overrides:
            counts.pop(overridden, None)
    counts[ilvl] = counts[ilvl] + 1 if ilvl in counts else found.levels[ilvl].start
    for deeper in [at for at in counts if at > ilvl]:
        restart = found.levels.get(deeper, Level()).restart
        if ilvl < (deeper if restart is None else restart):
            del counts[deeper]
    return shown(found.levels, counts, ilvl)

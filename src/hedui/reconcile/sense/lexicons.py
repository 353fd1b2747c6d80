"""Names of indicators, units and words of quality -> what they are, from the word lists beside this file."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from hedui.lexicons import rows
from hedui.reconcile.phrases import squeezed

__all__ = ["Degree", "Kind", "confused", "degree_of", "dimension", "kind_of", "measured_by", "tolerance"]

# 参保人数(人): what names its unit in brackets only
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# 进一步|提高, 基本|健全 · 较上年|有所|改善 · 得到|有效|改善
LONGEST, SHORT = 12, 40
CHANGE = "提高|提升|增强|增加|增长|上升|改善|好转|改进|优化|降低|下降|减轻|减少|缓解|推进|深化|拓展|扩大|健全|完善|巩固|加强|规范|发挥|保障|促进|带动"


class Kind(NamedTuple):
    """What answers an indicator: rate, count, amount, span of time or date; the most it can be, and which way is better."""

    answer: str
    ceiling: Decimal | None
    better: str


class Degree(NamedTuple):
    """How strong a word of quality is on its scale (degree: 有所提高 1, 显著提高 3; state: 基本健全 1, 健全 2), and of what."""

    scale: str
    strength: int
    of: str


def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `<name>.tsv` beside this file."""
    return rows(name, "hedui.reconcile.sense")


@cache
def kinds() -> dict[str, Kind]:
    return {ending: Kind(answer, Decimal(most) / 100 if most != "-" else None, better) for ending, answer, most, better in table("kinds")}


def kind_of(name: str) -> Kind | None:
    """The kind of an indicator by the longest ending of its name that is known.

    >>> kind_of("工程验收合格率（%）"), kind_of("绩效目标合理性")
    (Kind(answer='rate', ceiling=Decimal('1'), better='more'), None)
    """
    said, known = squeezed(BRACKETS.sub("", name))[-LONGEST:], kinds()
    return next((known[said[i:]] for i in range(len(said)) if said[i:] in known), None)


@cache
def units() -> dict[str, str]:
    return {unit: measured for unit, measured in table("units")}


def dimension(unit: str) -> str | None:
    """What a unit measures, None for units that count anything.

    >>> dimension("人次"), dimension("平方米"), dimension("个")
    ('person times', 'area', None)
    """
    return units().get(unit)


@cache
def measures() -> dict[str, str]:
    return {ending: measured for ending, measured in table("measures")}


def measured_by(name: str) -> str | None:
    """What an indicator measures by the ending of its name, None where it does not say.

    >>> measured_by("新铺管道长度（米）"), measured_by("培训天数"), measured_by("培训人次")
    ('length', 'time', None)
    """
    said, known = squeezed(BRACKETS.sub("", name)), measures()
    return next((known[said[i:]] for i in range(max(0, len(said) - LONGEST), len(said)) if said[i:] in known), None)


@cache
def confused() -> tuple[tuple[str, str], ...]:
    """Pairs of objects that are not one and are taken for one another, both ways."""
    pairs = [(a, b) for a, b, _ in table("objects")]
    return (*pairs, *((b, a) for a, b in pairs))


@cache
def tolerance(name: str) -> Decimal:
    return next(Decimal(value) for known, value, _ in table("tolerances") if known == name)


@cache
def scales() -> tuple[tuple[str, re.Pattern[str], dict[str, int]], ...]:
    found = []
    for scale, shape in (("degree", rf"(?P<word>{{}})(?P<of>{CHANGE})了?$"), ("state", r"^(?P<word>{})(?!断)(?P<of>[\u4e00-\u9fff]{{2,4}})$")):
        words = {word: int(strength) for word, where, strength in table("degrees") if where == scale}
        found.append((scale, re.compile(shape.format("|".join(sorted(words, key=len, reverse=True)))), words))
    return tuple(found)


def degree_of(text: str) -> Degree | None:
    """The strength that a short text of quality says, None for what says none.

    >>> degree_of("有所提高"), degree_of("基本健全"), degree_of("健全")
    (Degree(scale='degree', strength=1, of='提高'), Degree(scale='state', strength=1, of='健全'), Degree(scale='state', strength=2, of='健全'))
    """
    said = squeezed(text).removeprefix("已")
    if len(said) > SHORT:
        return None
    for scale, pattern, words in scales():
        if found := pattern.search(said):
            return Degree(scale, words[found["word"]], found["of"])
    if any(word in said for _, _, words in scales() for word in words if len(word) > 1):
        return None
    return Degree("state", 2, said) if re.fullmatch("[\u4e00-\u9fff]{2,4}", said) else None

"""Names of indicators as reports write them in, what they say without marks, places and words that come and go out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from hedui.across.names import squeezed
from hedui.lexicons import rows
from hedui.research.linking.places import told_place

__all__ = ["Levels", "Name", "levels_of", "name_of", "unit_told"]

PACKAGE = "hedui.research.linking"
# 1. · （1） · ① · A. at the head
LIST_MARK = re.compile(r"^(?:[(（]?\d{1,2}[.、)）](?!\d)|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]"
                       r"|[A-Za-z][.、](?=[\u4e00-\u9fff])|指标\d{0,2}[:：])")
# 参保人数(人) · 决策依据（5分） · 合格率（%）
UNIT_MARK = re.compile(r"[(（](?:[^()（）]{1,4}|\d+(?:\.\d+)?分)[)）]$")
# 2021年|参保人数 · 2021年度
YEAR = re.compile(r"(?:19|20)\d{2}年?度?(?=[\u4e00-\u9fff])")
# 验收合格率|≥90% : a target that stuck to the name
TARGET = re.compile(r"(?:[≥≤<>=＝]|不低于|不少于|不超过|不高于|达到?|大于|小于)=?\d[\d.,]*\S{0,3}$")
MARKS = re.compile(r"[“”\"'《》〈〉「」·、,，;；:：.。\s—－-]")
# 参保对象|对医保服务的|满意度
TOWARDS = re.compile(r"(?<=[\u4e00-\u9fff]{2})对[\u4e00-\u9fff、]{0,12}服务的?(?=满意度$)")
# 风险防控能力|较上年提高 · 参保率|情况: what is said behind how it is measured
BEHIND = re.compile(r"(?:(?:较|比|同比)?(?:上年|去年|往年|以前年度)?(?:有所|不断|明显|显著)?(?:提高|提升|增强)|情况|程度)$")
# 95.6|% · 25余|次 · 1.2万|人次 · 580|元/人
VALUE = re.compile(r"\d[\d,.]*\s*余?[万亿]?(?P<unit>[%％]|(?!以上|以下|以内|左右|余|年|月|日|底|分(?!钟))[\u4e00-\u9fff]{1,4}?(?:/[\u4e00-\u9fff]{1,2})?(?=以上|以下|以内|左右|[^\u4e00-\u9fff]|$))")
# 紫麓市
UNLISTED = re.compile(r"^[\u4e00-\u9fff]{2}[县市旗]$")
SHORTEST = 2
ANYONE = "服务对象"


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name: `plain` without marks, `content` without light and weak words and how it is measured, `weak` the weak words it has, `kind` how
    it is measured ("" unless told), `scope` the place before it, `shown` the name as people read it."""

    shown: str
    plain: str
    content: str
    weak: str
    kind: str
    scope: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Levels:
    """Where an indicator stands in the guidelines: level 1 and level 2, "" where nothing tells."""

    level1: str
    level2: str


@cache
def words() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Words by their use, the longest first, with what they stand for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word, use, *other in rows("indicator_words", PACKAGE):
        found.setdefault(use, []).append((word, other[0] if other else ""))
    return {use: tuple(sorted(held, key=lambda pair: (-len(pair[0]), pair[0]))) for use, held in found.items()}


@cache
def pattern(use: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in words()[use]))


@cache
def meaning(use: str) -> Mapping[str, str]:
    return dict(words()[use])


@lru_cache(maxsize=1 << 18)
def name_of(raw: str, unit: str = "") -> Name:
    """What a name says; `unit` of its value tells how it is measured where the name does not.

    >>> one, two = name_of("智慧教室建设数量(间)"), name_of("建设智慧教室", "间")
    >>> one.content, one.kind, sorted(one.content) == sorted(two.content), two.kind
    ('智慧教室建设', 'count', True, 'count')
    >>> name_of("参保对象对医保服务的满意度").content == name_of("参保群众满意率").content
    True
    """
    text = LIST_MARK.sub("", squeezed(raw))
    text = TARGET.sub("", UNIT_MARK.sub("", text)) or text
    text = YEAR.sub("", text)
    scope = place_before(text)
    shown = text[len(scope):] if MARKS.sub("", text[len(scope):]) else text
    plain = MARKS.sub("", shown) or shown
    said = pattern("same").sub(lambda match: meaning("same")[match[0]], plain)
    said = TOWARDS.sub("", said)
    stem = BEHIND.sub("", said)
    ending = next((word for word, _ in words()["kind"] if stem.endswith(word) and len(stem) - len(word) >= SHORTEST), "")
    kind = meaning("kind").get(ending, "") or kind_of_unit(unit)
    behind = said[len(stem):]
    stem = stem[: len(stem) - len(ending)] if ending else stem
    if kind == "satisfied":
        stem = pattern("who").sub("", stem) or ANYONE
    weak = "".join((*pattern("weak").findall(stem), behind))
    light = pattern("light").sub("", stem) or stem
    content = pattern("weak").sub("", light) or light
    return Name(shown=shown, plain=said, content=content, weak=weak if content != light else behind, kind=kind, scope=scope)


def unit_told(*values: str | None) -> str:
    """The unit of the first value that has a number with one, as reports write it: of an indicator's result, else its target.

    >>> unit_told(None, "≥90%"), unit_told("25余次", "30次"), unit_told("有所提高")
    ('%', '次', '')
    """
    found = (VALUE.search(value) for value in values if isinstance(value, str))
    return next((match["unit"] for match in found if match), "")


def place_before(text: str) -> str:
    """The place that a name begins with: one of the list, or one of three characters shaped like one."""
    told = told_place(text)
    place = text[: len(text) - len(told.rest)]
    known = bool(told.may_be) and not told.short
    if len(told.rest) <= SHORTEST or not (known or told.unknown) or (told.unknown and not UNLISTED.match(told.unknown)):
        return ""
    return place


def kind_of_unit(unit: str) -> str:
    if not unit:
        return ""
    return meaning("unit").get(unit, "money" if unit.startswith(("元/", "万元/")) else "count")


@lru_cache(maxsize=1 << 14)
def levels_of(level1: str, level2: str, kind: str = "") -> Levels:
    """The levels of the guidelines that headings and the way of measuring mean.

    >>> levels_of("产出指标", "数量指标"), levels_of("项目完成情况", "", "satisfied")
    (Levels(level1='产出', level2='数量'), Levels(level1='满意度', level2='满意度'))
    """
    listed = sorted(rows("levels", PACKAGE), key=lambda row: -len(row[0]))
    inner = next((row for row in listed if row[0] in squeezed(level2) and len(row) > 2 and row[2]), None)
    outer = next((row for row in listed if row[0] in squeezed(level1)), None)
    inner = inner or (outer if outer and len(outer) > 2 and outer[2] else None)
    if inner:
        return Levels(level1=inner[1], level2=inner[2])
    if kind == "satisfied":
        return Levels(level1="满意度", level2="满意度")
    return Levels(level1=outer[1] if outer else "", level2="")

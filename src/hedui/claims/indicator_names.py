"""Names of indicators and of the levels they stand under, as the report's headings and cells give them."""

from __future__ import annotations

import re

from hedui.document import Layout
from hedui.lexicons import words

__all__ = ["bare_level", "bare_name", "is_goal", "is_level", "is_result", "levels_of", "topic"]

# ★★培训人数 · 指标1：培训人数 · 指标 2: · 1.培训人数 · （3）培训人数
PREFIX = re.compile(r"^[★☆▲△●■◆▪•*]+|^(?:三级)?指标\s*\d+\s*[:：.、]?|^\d{1,2}[.、．](?!\d)|^[（(]?\d{1,2}[）)]|^[①-⑳]"
    r"|^[A-Za-z][.、．）)](?=[\u4e00-\u9fff]|\d{4}年)")
MONEY = frozenset({"元", "万元", "亿元", "CNY"})
# 参保人数(人) · 综合参保率(%) · 决策依据（5分）
BRACKET = re.compile(r"[（(](?P<unit>[^（）()]{1,8})[）)]$")
MEASURE = re.compile(r"(?:分值|权重|满分)?\d+(?:\.\d+)?分?|[%％‰]|(?:[十百千万亿]*)(?P<unit>[^/]+)(?:/.+)?|%以[上下]")
WEIGHT = re.compile(r"[（(]\s*(?:分值|权重|满分)?\s*\d+(?:\.\d+)?\s*[分%％]?\s*[）)]$")
# what headings add to the name of a level: 产出指标完成情况分析 -> 产出指标
ANALYSED = re.compile(r"(?:目标)?(?:完成|得分|实现)?情况(?:的)?(?:分析|说明)?$|(?:完成)?(?:分析|说明)$")
LEVEL1 = re.compile(r"产出|效益|效果|满意度|决策|过程|投入|成本|项目完成|年度总体目标|总体目标$|履职|预算执行|(?:过程|项目)管理|可持续影响")
LEVEL2 = re.compile(r"(?:数量|质量|时效|成本|社会|经济|生态|可持续|满意)")
LEVEL_NAME = re.compile(r"(?:[\u4e00-\u9fff]{0,4}(?:数量|质量|时效|成本|效益|可持续影响|满意度))(?:目标)?(?:指标)?")
GENERIC = re.compile(r"绩效(?:目标|评价)?(?:指标)?(?:总体)?(?:完成|实现|分析)?(?:情况)?(?:分析)?$|(?<!产出)(?<!效[益果])(?<!满意度)指标分析|绩效情况"
                     r"|绩效目标(?:完成)?情况|评价指标分析")
# headings whose paragraphs tell results of indicators
RESULT = re.compile(r"绩效(?:目标|指标)[^管]{0,8}(?:完成|实现|分析)|指标(?:完成|分析|得分)|产出|效益|效果|满意度|项目完成|项目决策|过程管理"
                    r"|年度总体目标|目标完成情况|目标实现|绩效分析|数量指标|质量指标|时效指标|成本指标")
# under these nothing is a result, however the nearer headings read
NEVER = re.compile(r"体系|评价标准|原则|评价方法|评价内容|名词解释")
NO_RESULT = re.compile(r"资金|偏离|改进|原因|目的|原则|依据|内容|方法|结论|建议|问题|公开|应用|工作完成|分解下达|下达"
                       r"|评价体系|指标体系|概况|决算|预算绩效管理"
                       r"|措施|组织|评价标准|收入|支出")
TOTAL = re.compile(r"总体(?:绩效)?目标(?:完成|实现)情况")


def bare_name(text: str) -> str:
    """An indicator's name without its number and without brackets that only repeat unit or weight.

    >>> bare_name("指标1：参保人数(人)"), bare_name("网络（安全）事件"), bare_name("培训人次（人次）（5分）")
    ('参保人数', '网络（安全）事件', '培训人次')
    """
    name = PREFIX.sub("", text)
    while (bracket := BRACKET.search(name)) and is_measure(bracket["unit"]):
        name = name[:bracket.start()]
    return name.strip("：:。，、 ")


def is_measure(text: str) -> bool:
    """Whether a bracket holds a unit or weight and nothing else: 人, 万人次, 元/亩, 5分.

    >>> is_measure("公里"), is_measure("试行")
    (True, False)
    """
    match = MEASURE.fullmatch(text)
    return match is not None and (match["unit"] is None or match["unit"] in words("classifiers") or match["unit"] in MONEY)


def bare_level(text: str) -> str:
    """A level's name without weight and number.

    >>> bare_level("项目决策(20分)")
    '项目决策'
    """
    return WEIGHT.sub("", PREFIX.sub("", text)).strip("：: ")


def titles(layout: Layout, section: int) -> list[str]:
    """Titles of the sections that enclose `section`, outermost first, its own last."""
    path = []
    at: int | None = section
    while at is not None:
        path.append(layout.sections[at].title)
        at = layout.sections[at].parent
    return [title for title in reversed(path) if title]


def heading_name(title: str) -> str:
    """The name of a level as a heading gives it; headings that say nothing else keep their words.

    >>> heading_name("产出指标完成情况分析"), heading_name("项目完成情况")
    ('产出指标', '项目完成情况')
    """
    name = bare_level(title)
    short = ANALYSED.sub("", name)
    return short if LEVEL2.match(short) or re.search(r"指标$|满意度$", short) else name


def levels_of(layout: Layout, section: int) -> tuple[str | None, str | None]:
    """level1 and level2 of what is told in `section`: the outermost heading that names a level, and the one below it."""
    path = titles(layout, section)
    for i, title in enumerate(path):
        if LEVEL1.search(title) and not GENERIC.search(title):
            below = heading_name(path[i + 1]) if i + 1 < len(path) else None
            return heading_name(title), below
    last = path[-1] if path else None
    return (heading_name(last) if last and LEVEL2.match(last) else None), None


def topic(layout: Layout, section: int) -> str | None:
    """The level1 that a table takes from its section when it has no such column."""
    return levels_of(layout, section)[0]


def is_result(layout: Layout, section: int) -> bool:
    """Whether paragraphs of `section` tell results of indicators: a heading over them says so, and none nearer speaks of
    money, method or advice."""
    path = titles(layout, section)
    if any(NEVER.search(title) for title in path):
        return False
    for title in reversed(path):
        if NO_RESULT.search(title) and not LEVEL2.match(title):
            return False
        if RESULT.search(title):
            return not TOTAL.search(title)
    return False


def is_level(layout: Layout, section: int) -> bool:
    """Whether the heading of `section` itself names a level of indicators: 数量指标, 社会效益, 满意度指标完成情况."""
    path = titles(layout, section)
    return bool(path) and bool(LEVEL_NAME.fullmatch(heading_name(path[-1])))


def is_goal(layout: Layout, section: int) -> bool:
    """Whether `section` tells what is aimed at, not what came of it.

    A heading 年度总体目标 does, 年度总体目标完成情况 does not.
    """
    path = titles(layout, section)
    return bool(path) and path[-1].endswith("目标")

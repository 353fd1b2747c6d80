"""Names of indicators and of the levels they stand under, as the report's headings and cells give them."""

from __future__ import annotations

import re

from hedui.claims.indicators.heading_patterns import (
    ANALYSED,
    GENERIC,
    GOAL,
    GRADED,
    GRADED_PART,
    INDICATOR,
    ISSUED,
    LEVEL1,
    LEVEL2,
    LEVEL_NAME,
    NEVER,
    NO_RESULT,
    OUTER_NAME,
    RESULT,
    STRONG,
    TASK,
    TOLD,
    TOTAL,
)
from hedui.document import Layout
from hedui.lexicons import words

__all__ = [
    "bare_level", "bare_name", "is_goal", "is_issued", "is_level", "is_result", "levels_of", "names_indicator", "opens_indicator",
    "titles", "topic",
]

# ★★培训人数 · 指标1：培训人数 · 指标 2: · 1.培训人数 · （3）培训人数
PREFIX = re.compile(r"^[★☆▲△●■◆▪•*]+|^(?:三级)?指标\s*\d+\s*[:：.、]?|^\d{1,2}[.、．](?!\d)|^[（(]?\d{1,2}[）)]|^[①-⑳]"
    r"|^[A-Za-z][.、．）)](?=[\u4e00-\u9fff]|\d{4}年)")
MONEY = frozenset({"元", "万元", "亿元", "CNY"})
# 参保人数(人) · 综合参保率(%) · 决策依据（5分）
BRACKET = re.compile(r"[（(](?P<unit>[^（）()]{1,8})[）)]$")
MEASURE = re.compile(r"(?:分值|权重|满分)?\d+(?:\.\d+)?分?|[%％‰]|(?:[十百千万亿]*)(?P<unit>[^/]+)(?:/.+)?|%以[上下]")
WEIGHT = re.compile(r"[（(]\s*(?:分值|权重|满分)?\s*\d+(?:\.\d+)?\s*[分%％]?\s*[）)]$")
# “治理废弃图斑”指标: a name in quotation marks
QUOTED = re.compile(r"[“\"](?P<name>[^“”\"]{2,40})[”\"](?:这一|该|一项)?(?:三级)?(?:指标)?")


def bare_name(text: str) -> str:
    """An indicator's name without its number, without quotation marks around it and without brackets that only repeat
    unit or weight.

    >>> bare_name("指标1：参保人数(人)"), bare_name("网络（安全）事件"), bare_name("培训人次（人次）（5分）"), bare_name("“培训人次”指标")
    ('参保人数', '网络（安全）事件', '培训人次', '培训人次')
    """
    name = PREFIX.sub("", text)
    name = quoted["name"] if (quoted := QUOTED.fullmatch(name)) else name
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
    level = re.search(r"指标$|满意度$", short) or LEVEL_NAME.fullmatch(short) or OUTER_NAME.fullmatch(short)
    return short if LEVEL2.match(short) or (level and not re.search(r"[和与及、]", short)) else name


def named_levels(path: list[str]) -> tuple[str | None, str | None]:
    """level1 and level2 that the headings of `path` name: the outermost that names a level, unless one below it is a level
    of the first rank and nothing else (履职效能分析 / 产出指标), and the heading right below."""
    outer = next((i for i, title in enumerate(path) if LEVEL1.search(title) and not GENERIC.search(title)), None)
    if outer is None:
        last = path[-1] if path else None
        return (heading_name(last) if last and LEVEL2.match(last) else None), None
    if not OUTER_NAME.fullmatch(heading_name(path[outer])):
        outer = next((i for i in range(outer + 1, len(path)) if OUTER_NAME.fullmatch(heading_name(path[i]))), outer)
    below = path[outer + 1:outer + 2]
    return heading_name(path[outer]), heading_name(below[0]) if below and not names_indicator(below[0]) else None


def levels_of(layout: Layout, section: int) -> tuple[str | None, str | None]:
    """level1 and level2 of what is told in `section`; where no heading names a level, the nearest that stands over goals or
    results, as it is written."""
    path = titles(layout, section)
    level1, level2 = named_levels(path[:-1] if opens_indicator(layout, section) else path)
    return level1 or next((bare_level(title) for title in reversed(path) if aims_or_tells(title)), None), level2


def aims_or_tells(title: str) -> bool:
    return bool(GOAL.search(title) or ISSUED.search(title) or RESULT.search(title))


def names_indicator(title: str) -> bool:
    """Whether a heading is the name of one indicator: no level, and no task that is told under it.

    >>> names_indicator("抽检批次完成率"), names_indicator("社会效益"), names_indicator("服务群众满意度"), names_indicator("完善工作机制")
    (True, False, False, False)
    """
    return bool(INDICATOR.search(title)) and not LEVEL_NAME.fullmatch(heading_name(title)) and not TASK.match(title)


def opens_indicator(layout: Layout, section: int) -> bool:
    """Whether the heading of `section` names one indicator: by its own words, or because a heading beside it does
    (亩均增产粮食, 消费者满意度)."""
    here = layout.sections[section]
    title = bare_level(here.title)
    if names_indicator(title):
        return True
    if TASK.match(title) or (LEVEL_NAME.fullmatch(heading_name(title)) and not title.endswith("满意度")):
        return False
    return any(other.parent == here.parent and names_indicator(bare_level(other.title)) for other in layout.sections)


def topic(layout: Layout, section: int) -> str | None:
    """The level1 that a table takes from its section when it has no such column."""
    return named_levels(titles(layout, section))[0]


def is_result(layout: Layout, section: int) -> bool:
    """Whether paragraphs of `section` tell goals or results of indicators: a heading over them says so, and none nearer
    speaks of money, method or advice."""
    path = titles(layout, section)
    if any(NEVER.search(title) for title in path):
        return False
    for above, title in reversed([*zip([None, *path], path, strict=False)]):
        if names_indicator(title) or graded(above, title):
            continue
        if GOAL.search(title) or STRONG.search(title):
            return True
        if NO_RESULT.search(title) and not LEVEL2.match(title):
            return False
        if RESULT.search(title):
            return not TOTAL.search(title)
    return False


def is_issued(layout: Layout, section: int) -> bool:
    """Whether `section` tells what was issued, goals among it (绩效目标分解下达情况)."""
    return bool(ISSUED.search(layout.sections[section].title))


def graded(above: str | None, title: str) -> bool:
    """Whether a heading is a part of what an evaluation report grades: 资金管理 under 项目过程."""
    return above is not None and bool(GRADED.fullmatch(bare_level(above)) and GRADED_PART.fullmatch(bare_level(title)))


def is_level(layout: Layout, section: int) -> bool:
    """Whether the heading of `section` itself names a level of indicators: 数量指标, 社会效益, 满意度指标完成情况."""
    path = titles(layout, section)
    return bool(path) and bool(LEVEL_NAME.fullmatch(heading_name(path[-1])))


def is_goal(layout: Layout, section: int) -> bool:
    """Whether `section` tells what is aimed at, not what came of it.

    A heading 年度总体目标 does, and the levels under it, 年度总体目标完成情况 does not.
    """
    path = titles(layout, section)
    for above, title in reversed([*zip([None, *path], path, strict=False)]):
        if TOLD.search(title) or graded(above, title):
            return False
        if GOAL.search(title) or ISSUED.search(title):
            return True
    return False

"""A header cell -> the role of its column (lexicons/columns.tsv), and which words name levels of indicators."""

from __future__ import annotations

import re
from functools import lru_cache

from hedui.layout.header_words import role_by_words
from hedui.lexicons import rows
from hedui.view import fold

__all__ = ["bare", "column_role", "fits_level", "is_header", "is_value", "money_unit"]

# 全年预算数（A） · 项目决策 (20分) · 参保人数(人)
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
WEIGHT = re.compile(r"[(]\s*\d+(?:\.\d+)?\s*(?:分|%)?\s*[)]$")
VALUE = re.compile(r"[≥≤><=±~约近]?-?\d[\d,]*(?:\.\d+)?\s*(?:[%‰]|[^\d\s.、)]{0,4})$|[-—/]+$")
MONEY = re.compile(r"(?:单位|金额|资金|人民币|投入|预算|情况|[(])[^\u4e00-\u9fff]*(?P<unit>亿元|万元|千元|百万元|元)(?!/)")
# 数量指标 · 产出数量 · 社会效益 · 生态环境成本指标 · 可持续影响 · 服务对象满意度指标
LEVELS = re.compile(
    r"(?:(?:项目|产出|部门)?(?:数量|质量|时效|成本|效益|效果|影响力?)|(?:经济|社会|生态|环境|生态环境)(?:效益|影响|成本)|可持续(?:性|发展)?(?:影响|效益)?"
    r"|(?:(?:服务|受益)?对象|社会公众|公众|群众|受益(?:人员|群众)|相关方)?满意度?|(?:项目)?(?:产出|完成|决策|过程|管理|投入)|履职|绩效)(?:目标)?指?标?")


@lru_cache(maxsize=1)
def roles() -> dict[str, str]:
    return {name: role for name, role in rows("columns")}


@lru_cache(maxsize=4096)
def bare(header: str) -> str:
    """A header folded, without brackets, stops and letters of formulas: `全年预算数（A）` -> `全年预算数`."""
    return BRACKETS.sub("", fold(header)).strip(":：*.、 ")


@lru_cache(maxsize=4096)
def column_role(header: str) -> str | None:
    """The role of a column by its header, None for one that no template is known to use.

    >>> column_role("全年执行数（B）"), column_role("年度指标值"), column_role("备选")
    ('executed', 'target', None)
    """
    name = bare(header)
    return roles().get(name) or role_by_words(name)


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Whether a cell holds a figure or a dash and not a name."""
    return bool(VALUE.match(fold(text)))


def is_header(texts: list[str]) -> bool:
    """Whether the cells of a row are headers: two or more of known role, no figures, and hardly anything else.

    >>> is_header(["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]), is_header(["项目名称", "某项目"])
    (True, False)
    """
    said = [t for t in texts if t]
    known = {column_role(t) for t in said} - {None}
    return len(known) >= 2 and not any(is_value(t) for t in said) and len(said) <= 2 * sum(
        column_role(t) is not None for t in said) + 1


def fits_level(text: str) -> bool:
    """Whether a label reads like a level of indicators: it carries a weight, or is one of the names all templates use."""
    folded = fold(text)
    return bool(WEIGHT.search(folded) or LEVELS.fullmatch(bare(folded)))


def money_unit(text: str) -> str | None:
    """The money unit that a caption, header or label gives: `单位：万元` -> `万元`.

    >>> money_unit("金额（万元）"), money_unit("项目资金(万元)"), money_unit("补助标准(元/人)")
    ('万元', '万元', None)
    """
    found = MONEY.search(fold(text))
    return found["unit"] if found else None

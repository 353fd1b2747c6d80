"""A sentence in, its frame out: what is left when figures, dates, citations and the names of its own report are taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from hedui.across.names_patterns import CITED
from hedui.research.mining.words import KEPT_TEXTS, fold

__all__ = ["LABEL", "SLOT", "bare", "frame_of", "letters", "own_figures"]

SLOT = "□"
SLOTS = re.compile(f"{SLOT}+")
# 2022年12月31日 · 2021—2023年 · 12月底 · 3个工作日
DATE = re.compile(r"(?:19|20)\d{2}(?:[—~-](?:19|20)?\d{2})?年度?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日|底|初|末|份)?")
FIGURE = re.compile(r"[≥≤><]?\d[\d,]*(?:\.\d+)?(?:%|‰|万|亿)?")
# 一、 · （二） · 3. · ①: what numbers an item
ITEM = re.compile(r"^\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]+[,、]?|[(]?\d{1,2}[).、](?!\d)|[①-⑳●]|"
                  r"[一二三四五六七八九十]是|[a-zA-Z][.、])\s*")
NOISE = re.compile(r"[\s,，.。、;；:：!！?？\"'“”‘’()（）\[\]【】—\-·]+")
# 委托单位：松泉市财政局 · 2023年度补助资金绩效目标完成情况表: what fills a form or stands over a table
LABEL = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:\([^)]*\)|（[^）]*）)?[:：][^，,。；;]{0,40}$"
                   r"|(?:[表录图]|报告|说明|概况)(?:\s*[\d一二三四五六七八九十-]*)?$")
LETTER = re.compile(r"[\u4e00-\u9fff]")
# 100% · 0起: said of everything, a figure of nobody
EMPTY_FIGURES = re.compile(r"(?<![\d.])(?:100(?:\.0+)?%|0(?:\.0+)?%?)(?![\d.])")


def bare(text: str) -> str:
    """Folded and without what numbers it, white space and stops; as long as before or shorter, for comparing alone.

    >>> bare("（一）加强预算管理，提高水平。"), bare("一是加强预算管理、提高水平。")
    ('加强预算管理提高水平', '加强预算管理提高水平')
    """
    return NOISE.sub("", ITEM.sub("", re.sub(r"(?<=\d)[,，](?=\d)", "", fold(text)).strip()))


def frame_of(text: str, names: Iterable[str] = ()) -> str:
    """The frame of a sentence; `names` are those of its unit, region and programme, longest first where one holds another.

    >>> frame_of("根据《关于开展自评的通知》（财监〔2022〕1号），云岭县2021年支出36.5万元。", ["云岭县"])
    '根据□支出□元'
    """
    held = uncited(text)
    for name in names:
        if len(name) > 1:
            held = held.replace(name, SLOT)
    return without_figures(held)


@lru_cache(KEPT_TEXTS)
def uncited(text: str) -> str:
    return CITED.sub(SLOT, ITEM.sub("", fold(text).strip()))


@lru_cache(KEPT_TEXTS)
def without_figures(held: str) -> str:
    return SLOTS.sub(SLOT, NOISE.sub("", FIGURE.sub(SLOT, DATE.sub(SLOT, held))))


@lru_cache(KEPT_TEXTS)
def letters(text: str) -> int:
    """How many Chinese characters a text has."""
    return len(LETTER.findall(text))


@lru_cache(KEPT_TEXTS)
def own_figures(text: str) -> int:
    """How many figures a sentence tells of its own: neither in a citation, a date or an item's number, nor 100 % and 0.

    >>> own_figures("根据财监〔2022〕1号，2021年到位率100%"), own_figures("2021年支出36.5万元，惠及320人")
    (0, 2)
    """
    held = DATE.sub("", CITED.sub("", ITEM.sub("", fold(text).strip())))
    return len(FIGURE.findall(EMPTY_FIGURES.sub("", held)))

"""One sentence in, what kind of set sentence it is out, by its wording alone: cues say which kind, and the share of stock words whether
anything of its own is left. Figures of its own, quoted names and places speak against it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import exp

from hedui.research.mining.masking import ITEM, LETTER, own_figures
from hedui.research.mining.sieve import Sieve
from hedui.research.mining.words import fold, patterns, table_of

__all__ = ["SetPhrase", "set_phrase", "stock_share"]

EVEN, STEEP, MORE = 0.56, 14.0, 0.15
PER_FIGURE, PER_NAME = 0.35, 0.55
FREE = {"instruction", "basis"}
CITED = re.compile(r"《[^《》]*》|[(][^()]*[〔(\[]\d{4}[〕)\]]\d+号[)]|[〔(\[]\d{4}[〕)\]]\d+号")
# 柳河镇 · 二号标段 · “富民贷” · 因…: what tells of one place, time or cause
NAMED = re.compile(r"“[^”]{2,14}”(?!理念|原则)|[\u4e00-\u9fff]{2,3}(?:镇|乡|街道|水库|隧道|公司|中心小学)(?!级|镇|财政|政府|村)|\d+[号#]|"
                   r"[一二三四五六七八九十两]+(?:座|所|家|名|批|个(?!方面|提升|目标))"
                   r"|(?:由于|因|受)[^,。]{2,20}(?:影响|原因|导致|推迟|延[后期迟]|停|未能)|[上下]半年|\d+月")
# 机制：年度指标值建立，全年完成值建立: an indicator told in running text
INDICATOR = re.compile(r"(?:指标值|目标值|计划值).{0,30}(?:完成值|实际值|实际完成)|目标\d[\d.]*%[,，].{0,6}完成|(?:分值|满分)?\d+分.{0,4}得\d")
# 下一步 · 今后: what is to be put right; 保障|机关运转: what is aimed at, unless it is told as done
TO_COME, TO_DO, DONE = re.compile(r"下一?步|今后|下阶段|我们将|将进一步"), re.compile(
    r"(?:目标\d?[:：])?(?:进一步|不断|持续|切实|努力)?(?:保障|确保|满足|提升|提高|促进|推动|维护|改善|增强|优化|激发|丰富|"
    r"巩固)"), re.compile(r"已|了|得到|(?:均|都)[达完]")


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPhrase:
    """`type` is instruction, basis, praise, goal, problem or assurance; `score` from 0 to 1 how surely it is one; `stock` the share of
    its characters that stock words cover."""

    type: str
    score: float
    stock: float


@cache
def stock_words() -> re.Pattern[str]:
    words = sorted((row[0] for row in table_of("stock_words")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def sieve() -> Sieve:
    """The cues of all kinds."""
    return Sieve([pattern for _, pattern, _ in patterns("boilerplate_cues", pattern=2)])


def stock_share(text: str) -> float:
    """The share of the Chinese characters of a folded text that stock words cover, citations left out.

    >>> stock_share("提高绩效管理水平"), stock_share("加装电梯")
    (1.0, 0.0)
    """
    held = ITEM.sub("", CITED.sub("", text))
    every = len(LETTER.findall(held))
    return 1 - len(LETTER.findall(stock_words().sub("", held))) / every if every else 0.0


def set_phrase(text: str) -> SetPhrase | None:
    """The kind of set sentence that a sentence reads like; None where no cue speaks for any."""
    folded = fold(text).strip()
    if INDICATOR.search(folded):
        return None
    said: dict[str, list[float]] = {}
    unnumbered = ITEM.sub("", folded)
    for at in sieve().passed(folded):
        kind, pattern, row = patterns("boilerplate_cues", pattern=2)[at]
        if pattern.search(folded) or (unnumbered != folded and pattern.search(unnumbered)):
            said.setdefault(kind, []).append(float(row[1]))
    if not said:
        return None
    strengths = {kind: min(1.0, max(found) + MORE * (len(found) - 1)) + MORE * (len(found) - 1) for kind, found in said.items()}
    first = {"problem"} if TO_COME.search(folded) else {"goal"} if TO_DO.match(unnumbered) and not DONE.search(folded) else set()
    kind = max(strengths, key=lambda one: (one == "instruction", one in first, round(strengths[one], 6), -ORDER.index(one)))
    stock = stock_share(folded)
    own = 1.0 if kind in FREE else 1 / (1 + exp(-STEEP * (stock - EVEN)))
    named = 0 if kind in FREE else len(NAMED.findall(CITED.sub("", folded)))
    figures = 0 if kind == "instruction" else own_figures(text)
    score = min(1.0, strengths[kind]) * own * PER_FIGURE ** figures * PER_NAME ** named
    return SetPhrase(type=kind, score=round(score, 4), stock=round(stock, 4))


ORDER = ("instruction", "basis", "assurance", "problem", "praise", "goal")

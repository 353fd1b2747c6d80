"""Two passages of one unit in, a year apart, what became of the first in the second out: the same words, the same words with new figures,
or the same words with figures and dates that ought to be new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from hedui.across.figures import digits
from hedui.across.figures_patterns import CLAUSE_END, STANDING
from hedui.across.names_patterns import CITED
from hedui.document import Span
from hedui.research.mining.masking import ITEM, bare, letters
from hedui.research.mining.words import KEPT_TEXTS, fold

__all__ = ["LEAST_LETTERS", "Carried", "Edit", "carried_type", "edits_of", "wording"]

LEAST_LETTERS, ALIKE, SAME = 12, 0.76, 0.9
EXACT = 3
NUMBER = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# 财建〔2021〕532号
DOCUMENT_NUMBER = re.compile(r"[(]?[\u4e00-\u9fff]{0,8}[〔(\[](?:19|20)\d{2}[〕)\]]\d+号[)]?")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|年度)")
# 补助标准|130元 · 不低于|98% · 每周|56小时: set once, and the same for years
SET = re.compile(r"标准|不低于|不少于|不超过|不高于|以上|以内|[≥≤><]|每[人生户月年天周次亩辆]|目标(?:值|为|内容)|指标值|应为|满分|分值|限额|"
                 r"周期|低于\d+分"
                 r"|[一二三四五六七八九十\d]+个?[县区乡镇街村]|始建|建于|成立于|\d+所|\d+个(?:乡镇|街道|行政村|科室)|建有")


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """What stands otherwise: spans in the earlier and the later passage (empty where words were put in or left out)."""

    earlier: Span
    later: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """What became of a passage. `type`: verbatim (the same words, nothing in them that has to move), updated (the same words, figures or year
    moved on), stale (the same words, figures of results or dates left as they were). `score` from 0 to 1; `left` are the figures and years
    left as they were, `moved` how many figures are new."""

    type: str
    score: float
    left: tuple[str, ...] = ()
    moved: int = 0


@lru_cache(KEPT_TEXTS)
def wording(text: str) -> str:
    """What a passage says without its figures and numbers of documents, for comparing."""
    return NUMBER.sub("", bare(DOCUMENT_NUMBER.sub("", fold(text))))


def edits_of(earlier: str, later: str) -> tuple[Edit, ...]:
    """Where two passages differ, by the fewest insertions and deletions of characters."""
    found = (op for op in Indel.opcodes(earlier, later) if op.tag != "equal")
    merged: list[list[int]] = []
    for op in found:
        if merged and op.src_start - merged[-1][1] <= 1 and op.dest_start - merged[-1][3] <= 1:
            merged[-1][1], merged[-1][3] = op.src_end, op.dest_end
        else:
            merged.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    return tuple(Edit(earlier=(one[0], one[1]), later=(one[2], one[3])) for one in merged)


def carried_type(earlier: str, later: str, earlier_year: int, later_year: int, *, alike: float | None = None) -> Carried | None:
    """What became of `earlier` in `later`; None where the one is no copy of the other, or too short (`LEAST_LETTERS`) to tell.

    >>> carried_type("全年资助学生3,128人，执行率96.37%，学生家长满意。", "全年资助学生3,128人，执行率96.37%，学生家长满意。", 2021, 2022).type
    'stale'
    """
    if min(letters(earlier), letters(later)) < LEAST_LETTERS:
        return None
    likeness = Indel.normalized_similarity(wording(earlier), wording(later)) if alike is None else alike
    if likeness < ALIKE:
        return None
    before, after = moving(earlier), moving(later)
    same = [figure for figure in after if figure in before]
    moved = len([figure for figure in all_figures(later) if figure not in all_figures(earlier)])
    years = stale_years(earlier, later, earlier_year, later_year)
    left = tuple(dict.fromkeys((*same, *years)))
    new_years = set(YEAR.findall(fold(later))) - set(YEAR.findall(fold(earlier)))
    if left and likeness >= ALIKE:
        weight = min(1.0, 0.55 + 0.15 * len(left)) if not moved else 0.35 + 0.5 * len(left) / (len(left) + moved)
        if weight >= 0.5:
            return Carried(type="stale", score=round(weight * likeness, 4), left=left, moved=moved)
    if moved or new_years:
        return Carried(type="updated", score=round(likeness, 4), left=left, moved=moved)
    return Carried(type="verbatim", score=round(likeness, 4)) if likeness >= SAME else None


def all_figures(text: str) -> list[str]:
    held = YEAR.sub("", CITED.sub("", ITEM.sub("", fold(text).strip())))
    return [figure.replace(",", "") for figure in NUMBER.findall(held)]


def moving(text: str) -> list[str]:
    """The exact figures (three digits or more besides the zeros at either end) that a year's results bring, not those set once."""
    held = CITED.sub("", fold(text))
    clauses = (clause for clause in CLAUSE_END.split(held) if not STANDING.search(clause) and not SET.search(clause))
    found = (number.replace(",", "") for clause in clauses for number in NUMBER.findall(YEAR.sub("", clause)))
    return [number for number in found if digits(number) >= EXACT]


def stale_years(earlier: str, later: str, earlier_year: int, later_year: int) -> list[str]:
    """The years of the later passage that were those of the earlier report: its own, or the next one, told as what was still to come."""
    old, new = (YEAR.findall(CITED.sub("", fold(text))) for text in (earlier, later))
    return [f"{year}年" for year in dict.fromkeys(new) if year in old and earlier_year <= int(year) <= later_year and
            (int(year) < later_year or set(new) == set(old))]

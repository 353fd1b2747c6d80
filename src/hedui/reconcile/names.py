"""A name of an indicator and the names of a report's tables -> the one it tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

__all__ = ["likely_name", "set_apart"]

LIKE, HOLDS = 85, 5
# 小学生 and 中学生, 新建 and 改建, 省级 and 县级, 第1批 and 第2批
CONTRASTS = frozenset("大中小高初老新旧改扩城乡男女省市县区村内外上下进出入增减东西南北甲乙丙一二三四五六七八九十0123456789")


def likely_name(name: str, known: Collection[str]) -> str | None:
    """`name` itself where it is known, else the known name most like it, else the only one that holds it or lies in it.

    >>> likely_name("水质检测的达标率", ["水质检测达标率", "参保率"])
    '水质检测达标率'
    """
    if name in known:
        return name
    best = extractOne(name, sorted(other for other in known if not set_apart(name, other)), scorer=ratio, score_cutoff=LIKE)
    if best:
        return str(best[0])
    holding = [other for other in known if min(len(other), len(name)) >= HOLDS and (other in name or name in other)]
    return holding[0] if len(holding) == 1 else None


def set_apart(a: str, b: str) -> bool:
    """Whether two names differ by letters that tell things of one kind apart.

    >>> set_apart("小学生资助人数", "中学生资助人数"), set_apart("水质检测的达标率", "水质检测达标率")
    (True, False)
    """
    only_a, only_b = Counter(a) - Counter(b), Counter(b) - Counter(a)
    return not CONTRASTS.isdisjoint(only_a) and not CONTRASTS.isdisjoint(only_b)

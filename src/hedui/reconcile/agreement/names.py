"""A name of an indicator and the names of a report's tables -> the one it tells of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from hedui.reconcile.agreement.word_lists import likeness

__all__ = ["UNITS", "glued", "likely_name", "set_apart"]

HOLDS = 5
# 小学生 and 中学生, 新建 and 改建, 省级 and 县级, 第1批 and 第2批
CONTRASTS = frozenset("大中小高初老新旧改扩城乡男女省市县区村内外上下进出入增减东西南北甲乙丙一二三四五六七八九十0123456789")

# 青石市|主要路口值守 · 县审计局|产能关停: of one place or body among those that the name without it tells of
OF_A_PART = re.compile(r".*(?:[省市县区镇乡村局厅委院校馆所站]|中心|公司|办公室|街道|企业)")
# A. · 1) · ①
LIST_MARK = re.compile(r"^(?:[A-Za-z][.、)）]?(?=[\u4e00-\u9fff])|[(（]?\d{1,2}[.、)）]|[①-⑳])")
# 护理补贴标准|为 · 使|养老服务质量 · 年度|群众满意度 · 近年来|按期完工率: letters of the sentence that stuck to a name
BEFORE, AFTER = frozenset("使将对把由经共使度年让给其各该的来"), frozenset("按为达是的约了共已由")
UNITS = re.compile(r"[(（][^()（）]{1,6}[)）]$")


def glued(a: str, b: str) -> bool:
    """Whether one name is the other plus the mark of its list, its unit in brackets, or a letter of the sentence around it.

    >>> glued("A.停车位数量", "停车位数量（个）"), glued("城市低保标准按", "城市低保标准"), glued("供水管网改建", "供水管网改造")
    (True, True, False)
    """
    one, two = (UNITS.sub("", LIST_MARK.sub("", name.strip())) for name in (a, b))
    short, long = sorted((one, two), key=len)
    return short == long or (len(long) - len(short) == 1 and ((long[1:] == short and long[0] in BEFORE)
                                                               or (long[:-1] == short and long[-1] in AFTER)))


def likely_name(name: str, known: Collection[str]) -> str | None:
    """`name` itself where it is known, else the known name most like it, else the only one that holds it or lies in it.

    >>> likely_name("水质检测的达标率", ["水质检测达标率", "参保率"])
    '水质检测达标率'
    """
    if name in known:
        return name
    best = extractOne(name, sorted(other for other in known if not set_apart(name, other)), scorer=ratio, score_cutoff=likeness("indicator"))
    if best:
        return str(best[0])
    holding = [other for other in known if min(len(other), len(name)) >= HOLDS and (other in name or name in other)
               and not OF_A_PART.fullmatch(name.partition(other)[0])]
    return holding[0] if len(holding) == 1 else None


def set_apart(a: str, b: str) -> bool:
    """Whether two names differ by letters that tell things of one kind apart.

    >>> set_apart("小学生资助人数", "中学生资助人数"), set_apart("水质检测的达标率", "水质检测达标率")
    (True, False)
    """
    if CONTRASTS.isdisjoint(a) or CONTRASTS.isdisjoint(b):
        return False
    only_a, only_b = Counter(a) - Counter(b), Counter(b) - Counter(a)
    return not CONTRASTS.isdisjoint(only_a) and not CONTRASTS.isdisjoint(only_b)

"""A name of an indicator and the names of a report's tables -> the one it tells of."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

__all__ = ["likely_name"]

LIKE, HOLDS = 85, 5


def likely_name(name: str, known: Collection[str]) -> str | None:
    """`name` itself where it is known, else the known name most like it, else the only one that holds it or lies in it.

    >>> likely_name("系统重大事件响应事件", ["系统重大事件响应时间", "参保率"])
    '系统重大事件响应时间'
    """
    if name in known:
        return name
    best = extractOne(name, sorted(known), scorer=ratio, score_cutoff=LIKE)
    if best:
        return str(best[0])
    holding = [other for other in known if min(len(other), len(name)) >= HOLDS and (other in name or name in other)]
    return holding[0] if len(holding) == 1 else None

"""What a report says of its place in, the province it lies in out, by lexicons/regions.tsv (codes of GB/T 2260)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from hedui.lexicons import rows

__all__ = ["province_of"]

LEADING_YEAR = re.compile(r"(?:关于)?(?:\d{4}年度?)?")


@lru_cache(maxsize=4096)
def province_of(*told: str | None) -> str | None:
    """The full name of the province that the first of `told` to name a known place begins with; None where none does. A name that places
    of several provinces bear tells nothing.

    >>> province_of("莎车县"), province_of("朝阳区"), province_of("朝阳区", "北京市朝阳区教育局"), province_of(None, "2021年新疆乡村振兴")
    ('新疆维吾尔自治区', None, '北京市', '新疆维吾尔自治区')
    """
    known = places()
    for text in filter(None, told):
        start = LEADING_YEAR.sub("", text, count=1)
        for end in range(min(len(start), longest()), 1, -1):
            if (found := known.get(start[:end])) is not None:
                return found
    return None


@cache
def places() -> Mapping[str, str]:
    """Names of places that lie in one province, and short names of provinces, with the province."""
    listed = rows("regions")
    top = {code[:2]: name for code, name, _, level, *_ in listed if level == "1"}
    found: dict[str, set[str]] = {}
    for code, name, short, level, *_ in listed:
        for one in (name, short) if level == "1" else (name,):
            found.setdefault(one, set()).add(code[:2])
    return {name: top[codes.pop()] for name, codes in found.items() if len(codes) == 1 and codes <= top.keys()}


@cache
def longest() -> int:
    return max(map(len, places()))

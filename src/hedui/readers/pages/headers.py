"""Words of cells -> how many of them are headers that such tables use (lexicons/columns.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from hedui.lexicons import rows as lexicon
from hedui.view import fold

__all__ = ["known_headers"]

# 全年预算数（A） · 金额(万元)
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


@cache
def headers() -> frozenset[str]:
    return frozenset(name for name, _ in lexicon("columns"))


def known_headers(texts: Iterable[str]) -> int:
    """How many of `texts` are known headers, brackets and white space aside.

    >>> known_headers(["三级指标", "年度 指标值", "（三）", "108.5"])
    2
    """
    folded = (BRACKETS.sub("", fold(re.sub(r"\s", "", text))).strip(":：*") for text in texts)
    return sum(text in headers() for text in folded if text)

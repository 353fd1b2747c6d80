"""Words of cells -> how many of them are headers that such tables use (lexicons/columns.tsv), and which are figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from hedui.lexicons import rows as lexicon
from hedui.view import fold

__all__ = ["is_figure", "known_headers"]

# 全年预算数（A） · 金额(万元)
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")

# ≥95% · 1,240.50 · 36人 · 10分; but not 2022年 or 10月底
FIGURE = re.compile(r"(?!\d+(?:[年月]|[.．]\D))[≥≤><=≧≦＞＜]{0,2}[-+]?\d[\d,，.．]*[%％‰]?\D{0,4}")


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


def is_figure(text: str) -> bool:
    """Whether the cell is a figure, with a unit or without.

    >>> is_figure("≥ 95 %"), is_figure("2022年"), is_figure("1.省级")
    (True, False, False)
    """
    return bool(FIGURE.fullmatch(re.sub(r"\s", "", text)))

"""A short text -> what is compared of it: its letters without stops, or the figure that it states."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from hedui.values import Value, read_value
from hedui.view import fold

__all__ = ["numeric", "squeezed"]

STOPS = re.compile(r"[\s,。、;:.!?\"'“”‘’()\[\]〔〕《》〈〉<>·*-]")
# =|11个 · 等于|10个
EQUALS = re.compile(r"^\s*(?:[=＝]|(?<!大于)(?<!小于)等于)\s*")


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Text as compared: folded, without white space, stops and brackets.

    >>> squeezed("决策（程序） 规范。")
    '决策程序规范'
    """
    return STOPS.sub("", fold(text))


@lru_cache(maxsize=8192)
def numeric(text: str) -> Value | None:
    """The figure a short text states, None for words and dates.

    >>> numeric("=11个").value, numeric("有所提高")
    (Decimal('11'), None)
    """
    value = read_value(EQUALS.sub("", text))
    return value if value and isinstance(value.value, Decimal) else None

"""A short text -> what is compared of it: its letters without stops, or the figure that it states."""

from __future__ import annotations

import re
from decimal import Decimal

from hedui.values import Value, read_value
from hedui.view import fold

__all__ = ["numeric", "squeezed"]

STOPS = re.compile(r"[\s,。、;:.!?\"'“”‘’()\[\]〔〕《》〈〉<>·*-]")


def squeezed(text: str) -> str:
    """Text as compared: folded, without white space, stops and brackets.

    >>> squeezed("决策（程序） 规范。")
    '决策程序规范'
    """
    return STOPS.sub("", fold(text))


def numeric(text: str) -> Value | None:
    """The figure a short text states, None for words and dates."""
    value = read_value(text)
    return value if value and isinstance(value.value, Decimal) else None

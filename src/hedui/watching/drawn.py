"""Figures in, the columns of a chart out, in shares of its height; lengths of time and numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Columns", "clock", "columns", "nice"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Columns of a chart: `values` as they are, `heights` in hundredths of `top`, a round number at or over the highest of them."""

    values: tuple[float, ...]
    heights: tuple[float, ...]
    top: float


def columns(values: Sequence[float]) -> Columns:
    """The columns of `values`, which are not negative.

    >>> columns([0, 3, 7]).top, columns([0, 3, 7]).heights
    (10, (0.0, 30.0, 70.0))
    """
    top = nice_top(max(values, default=0))
    return Columns(values=tuple(values), heights=tuple(round(100 * value / top, 2) for value in values), top=top)


def nice_top(most: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not under `most`."""
    if most <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(most))
    top = next(step * power for step in (1, 2, 5, 10) if step * power >= most * (1 - 1e-9))
    return int(top) if top >= 1 else top


def nice(value: float) -> str:
    """A number with three digits that count, whole ones with their thousands.

    >>> nice(12345), nice(3.14159), nice(0.0421), nice(0)
    ('12,345', '3.14', '0.0421', '0')
    """
    return f"{value:,.0f}" if value == 0 or abs(value) >= 100 else f"{value:.3g}"


def clock(seconds: float) -> str:
    """A length of time.

    >>> clock(3.21), clock(75), clock(3725)
    ('3.2 s', '1:15', '1:02:05')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

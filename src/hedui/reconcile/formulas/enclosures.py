"""An expression over figures -> bounds in binary floats that what comes out surely lies within: what they part need not be worked out exactly.

Each operation widens its bounds by far more than floats can be off (a filter in the sense of Shewchuk, Adaptive Precision Floating-Point
Arithmetic, 1997): a "no" is certain, a "perhaps" is for exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence

from hedui.reconcile.formulas.expressions import Constant, Count, Expression, Input
from hedui.reconcile.formulas.intervals import Stated

__all__ = ["Bounds", "apart", "bounds_of", "enclosure"]

Bounds = tuple[float, float]
OFF = 1e-12


def bounds_of(stated: Stated) -> Bounds:
    """All numbers that a stated figure may mean, rounded or cut off."""
    value, step = float(stated.value), float(stated.step)
    return wider(value - step, value + step)


def wider(low: float, high: float) -> Bounds:
    off = OFF * max(abs(low), abs(high))
    return low - off, high + off


def enclosure(expression: Expression, figures: Sequence[Bounds]) -> Bounds | None:
    """Bounds of what comes out of `figures`, None where it may divide by nought.

    >>> from hedui.reconcile.formulas.expressions import parse
    >>> low, high = enclosure(parse("#1 / #2"), [(1.0, 1.0), (4.0, 5.0)])
    >>> low <= 0.2 < 0.25 <= high
    True
    """
    if isinstance(expression, Input):
        return figures[expression.number - 1]
    if isinstance(expression, Constant):
        return wider(float(expression.value), float(expression.value))
    if isinstance(expression, Count):
        return float(len(expression.terms)), float(len(expression.terms))
    terms = []
    for term in expression.terms:
        found = enclosure(term, figures)
        if found is None:
            return None
        terms.append(found)
    low, high = terms[0]
    off = 0.0
    for a, b in terms[1:]:
        if expression.sign == "+":
            low, high = low + a, high + b
        elif expression.sign == "-":
            low, high = low - b, high - a
        else:
            if expression.sign == "/":
                if a <= 0 <= b:
                    return None
                corners = (low / a, low / b, high / a, high / b)
            else:
                corners = (low * a, low * b, high * a, high * b)
            low, high = min(corners), max(corners)
        off += OFF * (abs(a) + abs(b) + abs(low) + abs(high))
    return low - off, high + off


def apart(a: Bounds, b: Bounds) -> bool:
    """Whether nothing lies in both."""
    return a[1] < b[0] or b[1] < a[0]

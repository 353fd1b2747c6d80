"""Stated figures -> intervals of what they may mean, their arithmetic, and a verdict on what was stated for the result.

A figure stands for every number that its digits allow, read both ways that reports write them: rounded to nearest
(19.24 % is [19.235, 19.245]) and cut off (19.24 % is [19.24, 19.25)). The rule is that of XBRL Calculations 1.1 (Recommendation
of 22 February 2023, what it says on intervals), extended from sums to products and quotients: an end of a result is included only
when the ends that make it all are, facts told several times stand for what all their intervals share, and at an end that two
intervals share they meet only when both hold it. Ends that cannot be written out are rounded outwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cached_property, reduce
from itertools import product
from typing import NamedTuple

from hedui.findings import Verdict

__all__ = ["ROUGH", "Interval", "Outcome", "Stated", "compute", "cut_off", "difference", "judge", "quotient", "shared", "times", "total"]

ZERO, ONE = Decimal(0), Decimal(1)
# 3万人, 2亿元: whole numbers of these are rounded; those of other units (186万元, 20天) stand at their word
ROUGH = ("万人", "万亩", "万户", "亿")
EXACT, DOWN, UP = Context(prec=120), Context(prec=28, rounding=ROUND_FLOOR), Context(prec=28, rounding=ROUND_CEILING)
# thirds of figures as they stand are rounded outwards too, and come out at these digits
NEAR = Context(prec=24)


class Interval(NamedTuple):
    """The numbers from `low` to `high`; an end belongs to it when it is closed."""

    low: Decimal
    high: Decimal
    low_closed: bool = True
    high_closed: bool = True

    def __contains__(self, value: Decimal) -> bool:  # type: ignore[override]
        return (self.low < value or (self.low == value and self.low_closed)) and (
            value < self.high or (value == self.high and self.high_closed))

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both.

        >>> Interval(Decimal(1), Decimal(2), high_closed=False).meets(Interval(Decimal(2), Decimal(3)))
        False
        """
        return self.shared(other) is not None

    def shared(self, other: Interval) -> Interval | None:
        """The numbers that lie in both, None where there are none."""
        low, low_open = max((self.low, not self.low_closed), (other.low, not other.low_closed))
        high, high_closed = min((self.high, self.high_closed), (other.high, other.high_closed))
        if low < high or (low == high and not low_open and high_closed):
            return Interval(low, high, not low_open, high_closed)
        return None


def shared(intervals: Sequence[Interval]) -> Interval | None:
    """What one fact told several times stands for: the numbers that lie in all of `intervals`, None where there are none."""
    found: Interval | None = intervals[0]
    for other in intervals[1:]:
        found = found.shared(other) if found is not None else None
    return found


class Stated(NamedTuple):
    """A number as stated; `step` is worth one in its last stated digit, nought for a count of whole things."""

    value: Decimal
    step: Decimal = ZERO

    @property
    def rounded(self) -> Interval:
        return Interval(self.value - self.step / 2, self.value + self.step / 2)

    @property
    def truncated(self) -> Interval:
        """What is cut off to `value`: away from nought by less than one step, to both sides of it for nought itself."""
        if not self.step:
            return self.rounded
        below = self.value - self.step if self.value <= 0 else self.value
        above = self.value + self.step if self.value >= 0 else self.value
        return Interval(below, above, low_closed=self.value > 0, high_closed=self.value < 0)


Formula = Callable[[Sequence[Interval]], Interval | None]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What comes out of a formula: from the figures as they stand, and from all that they may mean, worked out when it is asked for.
    `written` is the formula as it is told, where that is shorter than what was reckoned."""

    point: Decimal
    formula: Formula
    operands: Sequence[Stated]
    written: Formula | None = None
    power: Decimal = ONE

    @cached_property
    def rounded(self) -> Interval:
        return self._over([s.rounded for s in self.operands])

    @cached_property
    def truncated(self) -> Interval:
        return self._over([s.truncated for s in self.operands])

    def _over(self, figures: Sequence[Interval]) -> Interval:
        found = self.formula(figures) or self.formula([Interval(s.value, s.value) for s in self.operands])
        assert found is not None
        return found if self.power == 1 else found._replace(low=found.low * self.power, high=found.high * self.power)

    def times(self, power: Decimal) -> Outcome:
        """The same in a unit that is worth 1 / `power`."""
        return self if power == 1 else replace(self, point=self.point * power, power=power)


End = tuple[Decimal, bool]


def ends(interval: Interval) -> tuple[End, End]:
    return (interval.low, interval.low_closed), (interval.high, interval.high_closed)


def closed(a: End, b: End) -> bool:
    """Whether the product of two ends, or the quotient, is held: both are, or a nought that is held makes it nought."""
    return (a[1] and b[1]) or (a[1] and not a[0]) or (b[1] and not b[0])


def hull(lows: Sequence[End], highs: Sequence[End]) -> Interval:
    low, high = min(v for v, _ in lows), max(v for v, _ in highs)
    return Interval(low, high, any(c for v, c in lows if v == low), any(c for v, c in highs if v == high))


def total(parts: Sequence[Interval]) -> Interval:
    """The sum of any number of intervals, an end closed when all of its summands are."""
    return Interval(reduce(EXACT.add, (p.low for p in parts), ZERO), reduce(EXACT.add, (p.high for p in parts), ZERO),
                    all(p.low_closed for p in parts), all(p.high_closed for p in parts))


def minus(a: Interval) -> Interval:
    return Interval(-a.high, -a.low, a.high_closed, a.low_closed)


def difference(parts: Sequence[Interval]) -> Interval:
    """The first less all the others."""
    return total([parts[0], *map(minus, parts[1:])])


def times(parts: Sequence[Interval]) -> Interval:
    """The product of any number of intervals."""
    result = parts[0]
    for part in parts[1:]:
        corners = [(EXACT.multiply(a[0], b[0]), closed(a, b)) for a, b in product(ends(result), ends(part))]
        result = hull(corners, corners)
    return result


def quotient(parts: Sequence[Interval]) -> Interval | None:
    """The first by the second, None where the second may be nought."""
    a, b = parts
    if b.low <= 0 <= b.high:
        return None
    corners = list(product(ends(a), ends(b)))
    return hull(*([(context.divide(x[0], y[0]), closed(x, y)) for x, y in corners] for context in (DOWN, UP)))


def compute(formula: Formula, operands: Sequence[Stated]) -> Outcome | None:
    """`formula` over `operands` as they stand and in both readings; None where it divides by nought.

    >>> compute(quotient, [Stated(Decimal("1885.4"), Decimal("0.1")), Stated(Decimal(10277))]).point.quantize(Decimal("0.00001"))
    Decimal('0.18346')
    """
    found = formula([Interval(s.value, s.value) for s in operands])
    if found is None:
        return None
    return Outcome(point=found.low if found.low == found.high else NEAR.plus(found.low), formula=formula, operands=operands)


def cut_off(stated: Stated, outcome: Outcome) -> bool:
    """Whether `stated` is what comes out, cut off and not rounded."""
    return outcome.point in stated.truncated and outcome.point not in stated.rounded


def judge(stated: Stated, outcome: Outcome) -> Verdict:
    """Hold a stated result against what comes out.

    `consistent`: what comes out of the figures as they stand is `stated` at its digits. `rounding`: it is not, but is less
    than one unit of the last stated digit away, or the operands, rounded or cut off, may stand for numbers that give it.
    Whole points and things are exact: 19 of 20 is 95 %, and 96 % no way of rounding it.

    >>> judge(Stated(Decimal("24.08"), Decimal("0.01")), compute(total, [Stated(Decimal("21.31"), Decimal("0.01")),
    ...     Stated(Decimal("2.78"), Decimal("0.01"))]))
    'rounding'
    """
    if outcome.point in stated.rounded:
        return "consistent"
    near = abs(outcome.point - stated.value) < stated.step
    if near or stated.rounded.meets(outcome.rounded) or stated.truncated.meets(outcome.truncated):
        return "rounding"
    return "conflict"

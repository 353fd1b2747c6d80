"""How far a figure could be off because other reports might have been read: values in, 95 % intervals out.

They hold for sampling of reports alone, each report counted as one draw; what extraction may have got wrong is not in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import atanh, pi, sqrt, tan, tanh
from statistics import NormalDist, fmean, variance

__all__ = ["Range", "correlation_range", "mean_range", "ratio_range", "share_range"]

LEVEL = 0.95
Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """A figure with its 95 % interval and the number of reports behind it; `low` and `high` are None where there are too few to tell."""

    value: float
    low: float | None
    high: float | None
    n: int


def share_range(hits: int, n: int) -> Range:
    """A share by Wilson's score interval (Wilson 1927).

    >>> one = share_range(8, 10)
    >>> round(one.low, 3), round(one.high, 3)
    (0.49, 0.943)
    """
    p, square = hits / n, Z * Z
    middle, half = p + square / (2 * n), Z * sqrt(p * (1 - p) / n + square / (4 * n * n))
    return Range(value=p, low=max((middle - half) / (1 + square / n), 0.0), high=min((middle + half) / (1 + square / n), 1.0), n=n)


def student(degrees: int) -> float:
    """How many standard errors a 95 % interval by Student's t reaches to each side: exact for one and two degrees of freedom, beyond them by
    the series of Abramowitz and Stegun, 26.7.5.

    >>> [round(student(n), 2) for n in (1, 2, 3, 10, 1000)]
    [12.71, 4.3, 3.18, 2.23, 1.96]
    """
    p, z = 0.5 + LEVEL / 2, Z
    if degrees == 1:
        return tan(pi * (p - 0.5))
    if degrees == 2:
        return (2 * p - 1) / sqrt(2 * p * (1 - p))
    terms = ((z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
             (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160)
    return z + sum(term / float(degrees) ** (n + 1) for n, term in enumerate(terms))


def spread(residuals: Sequence[float], value: float, by: float) -> Range:
    n = len(residuals)
    if n < 2:
        return Range(value=value, low=None, high=None, n=n)
    half = student(n - 1) * sqrt(variance(residuals) / n) / by
    return Range(value=value, low=value - half, high=value + half, n=n)


def mean_range(values: Sequence[float]) -> Range:
    """A mean by Student's t.

    >>> one = mean_range([1, 2, 3])
    >>> round(one.low, 2), one.value, round(one.high, 2)
    (-0.48, 2.0, 4.48)
    """
    return spread([float(one) for one in values], fmean(values), 1.0)


def ratio_range(parts: Sequence[Decimal], wholes: Sequence[Decimal]) -> Range:
    """Σ parts ÷ Σ wholes, linearised (Cochran 1977, Sampling Techniques, 6.3); the sums are exact. ZeroDivisionError where the wholes come to
    nothing.

    >>> one = ratio_range([Decimal(9), Decimal(8)], [Decimal(10), Decimal(10)])
    >>> one.value, one.n
    (0.85, 2)
    """
    whole = sum(wholes, Decimal(0))
    ratio = sum(parts, Decimal(0)) / whole
    return spread([float(part - ratio * of) for part, of in zip(parts, wholes, strict=True)], float(ratio), float(whole) / len(wholes))


def correlation_range(xs: Sequence[float], ys: Sequence[float]) -> Range | None:
    """Pearson's r by Fisher's z (Fisher 1921); None where one of the two does not vary or there are fewer than four pairs."""
    n = len(xs)
    if n < 4:
        return None
    mx, my = fmean(xs), fmean(ys)
    sxx, syy = sum((x - mx) ** 2 for x in xs), sum((y - my) ** 2 for y in ys)
    if not sxx or not syy:
        return None
    r = max(-1.0, min(1.0, sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sqrt(sxx * syy)))
    if abs(r) > 1 - 1e-12:
        return Range(value=r, low=r, high=r, n=n)
    half = Z / sqrt(n - 3)
    return Range(value=r, low=tanh(atanh(r) - half), high=tanh(atanh(r) + half), n=n)

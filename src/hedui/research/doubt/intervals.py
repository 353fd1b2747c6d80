"""What pulls at a figure -> the interval that holds the truth.

Variance by linearisation over reports, Student's t with one degree of freedom less than there are reports, bent by the skewness of what reports
pull (Hall 1992: money is skewed, and a symmetric range about a mean misses too often on one side); for shares Wilson's interval (1927) with the
effective number of rows (Korn & Graubard 1998), for correlations Fisher's z. Where the reports are drawn from `population` many, the
sampling part shrinks with what is left out (finite population correction; Cochran 1977), and what single readings leave open grows: with m the
true sums of a report and m̂ what is expected of them, the error is (m̂ - m) + (m - its mean), whose variance is (1 - f) V(m̂) + f V(m | m̂).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student  # type: ignore[import-untyped]

from hedui.errors import UsageError

__all__ = ["Parts", "Population", "Shape", "interval", "parts_of"]

Floats = NDArray[np.float64]
Population = int | Literal["these"] | None
Shape = Literal["plain", "share", "correlation"]
SYMMETRIC = 1e-6


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The variance of a figure by where it comes from, what it were if reports beyond number were told of, the skewness of the
    mean pull, and the degrees of freedom."""

    sampling: float
    extraction: float
    model: float
    anywhere: float
    skewness: float
    freedom: float

    @property
    def variance(self) -> float:
        return self.sampling + self.extraction + self.model


def drawn_share(population: Population, reports: int) -> float:
    """The share of all reports that are here. UsageError where fewer are told of than are here."""
    if population is None:
        return 0.0
    if population == "these":
        return 1.0
    if not isinstance(population, int) or population < reports:
        raise UsageError(f"population 应为 None、'these' 或不少于 {reports} 的报告数，而不是 {population!r} · a number of reports")
    return reports / population


def parts_of(pulls: Floats, extraction: float, others: Sequence[float], value: float, population: Population, freedom: float | None = None) -> Parts:
    """`pulls` sum to 0 and are those of the reports; `others` are what other models of errors make of the figure; `freedom` are the degrees of
    freedom that `extraction` is known with, where it was found by checking."""
    count = len(pulls)
    share = drawn_share(population, count)
    between = float(pulls @ pulls) / (count * (count - 1)) if count > 1 else np.nan
    model = float(np.mean((np.array(others) - value) ** 2)) if len(others) else 0.0
    sampling = (1 - share) * between if share < 1 else 0.0
    whole, square = sampling + share * extraction + model, float(pulls @ pulls)
    skewness = float((pulls**3).sum()) / square**1.5 * (sampling / whole) ** 1.5 if square > 0 and whole > 0 else 0.0
    return Parts(sampling=sampling, extraction=share * extraction, model=model, anywhere=between + model, skewness=skewness,
                 freedom=freedom_of(whole, extraction, count, freedom))


def freedom_of(whole: float, extraction: float, reports: int, freedom: float | None) -> float:
    """The degrees of freedom of a variance of two parts (Satterthwaite 1946)."""
    if freedom is None or not whole > 0:
        return float(max(1, reports - 1))
    part = min(extraction, whole)
    return max(1.0, whole**2 / (part**2 / freedom + (whole - part) ** 2 / max(1, reports - 1)))


def interval(value: float, parts: Parts, *, level: float, shape: Shape = "plain", reports: int = 0) -> tuple[float, float]:
    """The interval of `value` in `level` of all cases. UsageError where `level` is no share."""
    if not 0 < level < 1:
        raise UsageError(f"level 应在 0 到 1 之间，而不是 {level!r} · between 0 and 1, say 0.95")
    reach = float(student.ppf((1 + level) / 2, parts.freedom))
    if shape == "share" and np.isfinite(value):
        return wilson(value, parts.variance, reach, reports)
    if shape == "correlation" and abs(value) < 1:
        half = reach * parts.variance**0.5 / (1 - value**2)
        return float(np.tanh(np.arctanh(value) - half)), float(np.tanh(np.arctanh(value) + half))
    error = parts.variance**0.5
    return value - error * bent(reach, parts.skewness), value - error * bent(-reach, parts.skewness)


def bent(reach: float, skewness: float) -> float:
    """Where the quantile `reach` of the studentised mean lies once `skewness` (of the mean) is taken into account: the inverse of Hall's cubic.

    >>> bent(2.0, 0.0), round(bent(2.0, 0.3), 2), round(bent(-2.0, 0.3), 2)
    (2.0, 1.66, -2.73)
    """
    return reach if abs(skewness) < SYMMETRIC else 3 / skewness * float(np.cbrt(1 + skewness * reach - skewness**2 / 6) - 1)


def wilson(share: float, variance: float, reach: float, reports: int) -> tuple[float, float]:
    """Wilson's interval of as many certain rows as have this variance; of a share of none or all as many as there are reports."""
    share = min(1.0, max(0.0, share))
    inner = share * (1 - share)
    count = inner / variance + 1 if variance > 0 and inner > 0 else float(reports)
    if not np.isfinite(variance) or count <= 0:
        return (np.nan, np.nan)
    middle, scale = share + reach**2 / (2 * count), 1 + reach**2 / count
    half = reach * (inner / count + reach**2 / (4 * count**2)) ** 0.5
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)

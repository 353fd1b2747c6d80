"""What pulls at a figure -> the interval that holds the truth.

Variance by the jackknife over reports; the quantiles of the bootstrap-t for what the draw of reports leaves open, of Student's t for the rest,
in proportion; for shares Wilson's interval (1927) with the effective number of rows (Korn & Graubard 1998), for correlations Fisher's z.
Where the reports are drawn from `population` many, the sampling part shrinks with what is left out (finite population correction; Cochran 1977),
and what single readings leave open grows: with m the true sums of a report and m̂ what is expected of them, the error is (m̂ - m) + (m - its mean),
whose variance is (1 - f) V(m̂) + f V(m | m̂).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student  # type: ignore[import-untyped]

from hedui.errors import UsageError
from hedui.research.doubt.resampling import Tails

__all__ = ["Parts", "Population", "Shape", "interval", "parts_of"]

Floats = NDArray[np.float64]
Population = int | Literal["these"] | None
Shape = Literal["plain", "share", "correlation"]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The variance of a figure by where it comes from, what it were if reports beyond number were told of, and the degrees of freedom."""

    sampling: float
    extraction: float
    model: float
    anywhere: float
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


def parts_of(pulls: Floats, extraction: float, others: Sequence[float], value: float, population: Population, *,
             freedom: float | None = None, unseen: float = 0.0) -> Parts:
    """`pulls` sum to 0 and are those of the reports; `others` are what other models of errors make of the figure; `freedom` are the degrees of
    freedom that `extraction` is known with, where it was found by checking, and `unseen` what of it is not in `pulls`."""
    count = len(pulls)
    share = drawn_share(population, count)
    between = float(pulls @ pulls) / (count * (count - 1)) + unseen if count > 1 else np.nan
    model = float(np.mean((np.array(others) - value) ** 2)) if len(others) else 0.0
    sampling = (1 - share) * between if share < 1 else 0.0
    whole = sampling + share * extraction + model
    return Parts(sampling=sampling, extraction=share * extraction, model=model, anywhere=between + model,
                 freedom=freedom_of(whole, extraction, count, freedom))


def freedom_of(whole: float, extraction: float, reports: int, freedom: float | None) -> float:
    """The degrees of freedom of a variance of two parts (Satterthwaite 1946)."""
    if freedom is None or not whole > 0:
        return float(max(1, reports - 1))
    part = min(extraction, whole)
    return max(1.0, whole**2 / (part**2 / freedom + (whole - part) ** 2 / max(1, reports - 1)))


def interval(value: float, parts: Parts, *, level: float, shape: Shape = "plain", reports: int = 0,
             tails: Tails | None = None) -> tuple[float, float]:
    """The interval of `value` in `level` of all cases; `tails` are quantiles, in standard errors, of what the draw of reports leaves open, or,
    where no others are asked about, of what checks leave open."""
    reach = float(student.ppf((1 + level) / 2, parts.freedom))
    if shape == "share" and np.isfinite(value):
        return wilson(value, parts.variance, reach, reports)
    drawn = parts.sampling / parts.variance if parts.variance > 0 else 0.0
    low, high = tails or (-reach, reach)
    if 0 < drawn < 1:
        low, high = ((1 - drawn) * one + drawn * other for one, other in ((-reach, low), (reach, high)))
    error = parts.variance**0.5
    if shape == "correlation" and abs(value) < 1:
        error /= 1 - value**2
        return float(np.tanh(np.arctanh(value) - error * high)), float(np.tanh(np.arctanh(value) - error * low))
    return value - error * high, value - error * low


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

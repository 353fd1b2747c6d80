"""Sums of reports -> how a figure is off by its own standard error, on either side.

The bootstrap-t over reports (Efron 1979; Hall, Annals of Statistics 16, 1988, 927): reports are drawn again with replacement, and each time the
figure's distance from that of the sample is told in standard errors of the drawn ones. Money is skewed and misreadings are rare and large, so that
Student's quantiles are too short on one side; these are right to the second order. Correlations are compared by Fisher's z.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hedui.research.doubt.smooth import Statistic

__all__ = ["Tails", "studentized"]

Floats = NDArray[np.float64]
Tails = tuple[float, float]
TIMES, SEED, STEP = 999, 20261123, 1e-60
LEAST_REPORTS, MOST_REPORTS = 5, 2000
FURTHEST = 25.0


def studentized(statistic: Statistic, sums: Floats, level: float, *, correlation: bool = False) -> Tails | None:
    """The quantiles of (figure - truth) / standard error between which it lies in `level` of all cases, of the sums of all reports (report,
    feature). None of fewer than 5 reports and of more than 2,000, where Student's are as good, and where too many draws tell no figure."""
    count = len(sums)
    if not 0 < level < 1 or not LEAST_REPORTS <= count <= MOST_REPORTS:
        return None
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), TIMES) / count
    with np.errstate(all="ignore"):
        middle, _ = told(statistic, sums.mean(axis=0, keepdims=True), count)
        figures, slopes = told(statistic, drawn @ sums, count)
        products = (drawn @ (sums[:, :, None] * sums[:, None, :]).reshape(count, -1)).reshape(TIMES, sums.shape[1], -1)
        variance = np.einsum("bi,bij,bj->b", slopes, products, slopes) - np.einsum("bi,bi->b", slopes, drawn @ sums) ** 2
        error = np.sqrt(variance / (count - 1))
        off = (np.arctanh(figures) - np.arctanh(middle)) * (1 - figures**2) / error if correlation else (figures - middle) / error
    off = off[np.isfinite(off)]
    if len(off) < 0.9 * TIMES:
        return None
    low, high = np.clip(np.quantile(off, ((1 - level) / 2, (1 + level) / 2)), -FURTHEST, FURTHEST)
    return float(low), float(high)


def told(statistic: Statistic, means: Floats, count: int) -> tuple[Floats, Floats]:
    """The figures of many means (draw, feature), and ∇h at each."""
    columns = means.T.astype(np.complex128)
    figures = np.broadcast_to(np.real(statistic.value(columns, count)), len(means))
    slopes = np.empty_like(means)
    for at in range(means.shape[1]):
        moved = columns.copy()
        moved[at] += 1j * STEP
        slopes[:, at] = np.imag(statistic.value(moved, count)) / STEP
    return figures, slopes

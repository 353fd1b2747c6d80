"""Sums of reports -> how a figure is off by its own standard error, on either side.

The bootstrap-t over reports (Efron 1979; Hall, Annals of Statistics 16, 1988, 927): reports are drawn again with replacement, and each time the
figure's distance from that of the sample is told in standard errors of the drawn ones. Money is skewed and misreadings are rare and large, so that
Student's quantiles are too short on one side; these are right to the second order. Correlations are compared by Fisher's z. What few checked
reports carry is drawn again from these few, which says too little of the others: there tails are no shorter than Student's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student  # type: ignore[import-untyped]

from hedui.research.doubt.smooth import Statistic, figure, figures, gradients, means_of

__all__ = ["Tails", "as_few", "carriers", "studentized"]

Floats = NDArray[np.float64]
Tails = tuple[float, float]
TIMES, SEED = 999, 20261123
LEAST_REPORTS, MOST_REPORTS = 5, 2000
FURTHEST = 25.0


def studentized(statistic: Statistic, sums: Floats, level: float, *, correlation: bool = False) -> Tails | None:
    """The quantiles of (figure - truth) / standard error between which it lies in `level` of all cases, of the sums of all reports (report,
    feature). None of fewer than 5 reports and of more than 2,000, where Student's are as good, and where too many draws tell no figure."""
    count = len(sums)
    if not LEAST_REPORTS <= count <= MOST_REPORTS:
        return None
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), TIMES) / count
    with np.errstate(all="ignore"):
        middle, means = figure(statistic, means_of(sums), count), drawn @ sums
        found, slopes = figures(statistic, means, count), gradients(statistic, means, count)
        products = (drawn @ (sums[:, :, None] * sums[:, None, :]).reshape(count, -1)).reshape(TIMES, sums.shape[1], -1)
        variance = np.einsum("bi,bij,bj->b", slopes, products, slopes) - np.einsum("bi,bi->b", slopes, means) ** 2
        error = np.sqrt(variance / (count - 1))
        off = (np.arctanh(found) - np.arctanh(middle)) * (1 - found**2) / error if correlation else (found - middle) / error
    off = off[np.isfinite(off)]
    if len(off) < 0.9 * TIMES:
        return None
    low, high = np.clip(np.quantile(off, ((1 - level) / 2, (1 + level) / 2)), -FURTHEST, FURTHEST)
    return float(low), float(high)


def carriers(squares: Floats) -> float:
    """How many of many `squares` carry their sum: the degrees of freedom that it is known with (Satterthwaite 1946), all of them where all are 0.

    >>> carriers(np.array([1.0, 1.0, 0.0, 0.0])), carriers(np.array([100.0, 1.0])) < 1.1
    (2.0, True)
    """
    return float(squares.sum()) ** 2 / float(squares @ squares) if squares.any() else float(len(squares))


def as_few(tails: Tails, freedom: float, level: float) -> Tails:
    """`tails` no shorter than Student's with so many degrees of freedom, 1 at least."""
    reach = float(student.ppf((1 + level) / 2, max(1.0, freedom)))
    return min(tails[0], -reach), max(tails[1], reach)

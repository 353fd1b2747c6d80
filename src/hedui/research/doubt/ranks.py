"""The rank correlation of two columns, with the range that holds the truth.

Spearman's ρ is the correlation of F(x) and G(y), where F and G are the shares of rows below, ties counted half. Both come from the rows, so that ρ is
no function of sums of its own; near the rows at hand it is, to the first order: with c = ∫FG over all rows, a row at (x, y) adds

    F(x) G(y) + ∫ G over rows right of x + ∫ F over rows above y − 2c

(von Mises 1947; Hampel, Journal of the American Statistical Association 69, 1974, 383), ∫F² and ∫G² alike. These are sums as those of other
figures, so the same road tells the range.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.research.doubt.assessing import Options, Sample, estimate, sample_of
from hedui.research.doubt.checked import CheckedRows, masses, rectified
from hedui.research.doubt.estimate import Estimate
from hedui.research.doubt.rows import Rows, as_read
from hedui.research.doubt.smooth import Statistic, figure, means_of, sums_of

__all__ = ["rank_correlation"]

Floats = NDArray[np.float64]


def below(places: Floats, counts: Floats) -> Callable[[Floats], Floats]:
    """How much of `counts` lies at places below another, half of what lies right there."""
    order = np.argsort(places)
    ends, sums = places[order], np.concatenate([[0.0], np.cumsum(counts[order])])
    return lambda at: np.asarray((sums[np.searchsorted(ends, at, "left")] + sums[np.searchsorted(ends, at, "right")]) / 2)


def ranked(points: Floats, counts: Floats) -> Statistic:
    """Spearman's ρ near rows at `points` (row, column) of which each counts so much."""
    held = counts / counts.sum()
    x, y = points.T
    share_x, share_y = below(x, held), below(y, held)
    f, g = share_x(x), share_y(y)
    both, twice_x, twice_y = held @ (f * g), held @ (f * f), held @ (g * g)
    left_g, left_f, under_f, under_g = below(x, held * g), below(x, held * f), below(y, held * f), below(y, held * g)

    def features(values: Floats) -> Floats:
        a, b = np.moveaxis(values, -1, 0)
        p, q = share_x(a), share_y(b)
        return np.stack([np.ones_like(a), p * q + 1 - left_g(a) - under_f(b) - 2 * both,
                         p * p + 1 - 2 * left_f(a) - 2 * twice_x, q * q + 1 - 2 * under_g(b) - 2 * twice_y], axis=-1)

    return Statistic(name="rank correlation", features=features, value=lambda m, _: (m[1] / m[0] - 0.25) / (
        (m[2] / m[0] - 0.25) * (m[3] / m[0] - 0.25)) ** 0.5)


def of_rows(rows: Rows) -> Statistic:
    return ranked(rows.values[:, 0], rows.weights[:, 0])


def of_checked(rows: CheckedRows, *, tuning: float) -> Statistic:
    """The same of all rows as read and of what was checked, as `rectified` counts them with λ = `tuning`."""
    mass = masses(rows.weights)
    counts = [tuning * (1 - mass[rows.read.reports]) * rows.read.weights[:, 0], mass[rows.true.reports] * rows.true.weights[:, 0]]
    return ranked(np.concatenate([rows.read.values[:, 0], rows.true.values[:, 0]]), np.concatenate(counts))


def near(sample: Sample, *, these: bool) -> Statistic:
    if sample.checked is None:
        return of_rows(sample.read)
    first = of_checked(sample.checked, tuning=1.0)
    return of_checked(sample.checked, tuning=rectified(sample.checked, first, these=these).tuning)


def rank_correlation(frame: pd.DataFrame, x: str, y: str, **options: Unpack[Options]) -> Estimate:
    """Spearman's rank correlation of `x` and `y`, which a few reports far out do not carry; the interval by Fisher's z."""
    sample = sample_of(frame, [x, y], options=options)
    if not sample.read.count:
        return estimate(sample, ranked(np.zeros((1, 2)), np.ones(1)), shape="correlation", options=options)
    certain = as_read(sample.read)
    found = estimate(sample, near(sample, these=options.get("population") == "these"), shape="correlation", options=options)
    return replace(found, as_read=figure(of_rows(certain), means_of(sums_of(certain, of_rows(certain))), certain.total))

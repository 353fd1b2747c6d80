"""Figures that are smooth functions of sums over reports -> their variance, whatever the figure.

A figure θ = h(m) is a function of the mean over reports of some sums m (of ones, of x, of x², …, of facts counted). Its variance follows from how
much each of n reports pulls at it: (n − 1)(θ − θ without it), the jackknife over reports, since rows of one report fail and vary together (Efron
& Stein 1981: it errs on the side of caution, which linearisation does not where a few large reports carry a ratio or a slope). What single
readings leave open goes along ∇h, exact to the last digit by a complex step (Squire & Trapp 1998), so that h is all a figure has to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hedui.research.doubt.rows import Rows

__all__ = ["Pull", "Statistic", "figure", "figures", "gradient", "gradients", "jackknifed", "means_of", "pull_of", "sums_of"]

Floats = NDArray[np.float64]
STEP = 1e-60


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """`features` makes of values (row, outcome, column) what is summed (row, outcome, feature); `value` makes the figure of the means of these
    sums over reports, behind them that of the facts counted, and of the number of reports. One that is not `signed` is below 0 only where a value
    is."""

    name: str
    features: Callable[[Floats], Floats]
    value: Callable[[NDArray[np.complex128], int], Any]
    signed: bool = True


@dataclass(frozen=True, kw_only=True)
class Pull:
    """The `sums` of each report, what it pulls (`reports`, they sum to 0), the variance within rows that single readings leave (`extraction`), and
    the variance that as many independent and certain rows would have (`simple`)."""

    value: float
    sums: Floats
    reports: Floats
    extraction: float
    simple: float


def sums_of(rows: Rows, statistic: Statistic) -> Floats:
    """The sums of every report (report, feature), the facts counted in the last column."""
    summed = (rows.weights[:, :, None] * statistic.features(rows.values)).sum(axis=1)
    summed = np.concatenate([summed, rows.counts[:, None]], axis=1)
    return np.stack([np.bincount(rows.reports, weights=column, minlength=rows.total) for column in summed.T], axis=1)


def means_of(sums: Floats) -> Floats:
    return np.asarray(sums.mean(axis=0))


def gradient(statistic: Statistic, means: Floats, reports: int) -> Floats:
    """∇h at `means`."""
    return np.asarray(gradients(statistic, means[None, :], reports)[0])


def gradients(statistic: Statistic, means: Floats, reports: int) -> Floats:
    """∇h at each of many means (draw, feature)."""
    columns, slopes = means.T.astype(np.complex128), np.empty(means.shape)
    for at, steps in enumerate(np.eye(len(columns)) * (1j * STEP)):
        slopes[:, at] = np.imag(statistic.value(columns + steps[:, None], reports)) / STEP
    return slopes


def figures(statistic: Statistic, means: Floats, reports: int) -> Floats:
    """The figure of each of many means (draw, feature)."""
    return np.asarray(np.broadcast_to(np.real(statistic.value(means.T.astype(np.complex128), reports)), len(means)))


def jackknifed(statistic: Statistic, sums: Floats) -> Floats:
    """What each report pulls, of the sums of all (report, feature); they sum to 0. Where a figure cannot be told without a report, by ∇h."""
    count, means = len(sums), means_of(sums)
    pulls = (sums - means) @ gradient(statistic, means, count)
    if count > 1:
        with np.errstate(all="ignore"):
            each = (count - 1) * (figure(statistic, means, count) - figures(statistic, (count * means - sums) / (count - 1), count))
        pulls = np.where(np.isfinite(each), each, pulls)
    return np.asarray(pulls - pulls.mean())


def figure(statistic: Statistic, means: Floats, reports: int) -> float:
    return float(complex(statistic.value(means.astype(np.complex128), reports)).real)


def pull_of(rows: Rows, statistic: Statistic) -> Pull:
    """The figure of `rows` and what pulls at it."""
    sums = sums_of(rows, statistic)
    means = means_of(sums)
    slope = gradient(statistic, means, rows.total)
    features = statistic.features(rows.values)
    each = features @ slope[:-1]
    given, squared = (rows.weights * each).sum(axis=1), (rows.weights * each**2).sum(axis=1)
    mass = rows.weights.sum(axis=1)
    elsewhere = squared.sum() / mass.sum() if mass.sum() else 0.0
    spread = squared + np.clip(1 - mass, 0, None) * elsewhere - given**2
    counted = slope[-1] ** 2 * np.clip(rows.counts * (1 - rows.counts), 0, None)
    n = rows.count
    return Pull(value=figure(statistic, means, rows.total), sums=sums, reports=jackknifed(statistic, sums),
                extraction=float((np.clip(spread, 0, None) + counted).sum()) / rows.total**2,
                simple=float(elsewhere * mass.sum() ** 2 / n) / rows.total**2)

"""A frame as read and a sample of it that people checked -> figures that hold whatever the readings are worth (prediction-powered inference).

What was read of all reports is put right by what reading it wrongly made of those that were checked:

    sums = λ · (sum over all, as read) + N/Σw · Σ w (true - λ · as read), over what was checked

with w one over the chance it was looked at with (Horvitz & Thompson 1952; scaled, Hájek 1971): the difference estimator of surveys (Särndal, Swensson
& Wretman 1992, 6.3), known as PPI (Angelopoulos et al., Science 382, 2023) and, with λ chosen for the least variance, as PPI++ (Angelopoulos, Duchi
& Zrnic 2023). A figure is a function of these sums, so one road serves means, ratios, slopes and quantiles; the variance is by report as elsewhere.
What was checked is part of what was read here, so that λ is Cov / Var; told of two samples apart, as in those papers, it is that by 1 + n/N.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.research.doubt.rows import Rows, column_of, keys_of
from hedui.research.doubt.smooth import Statistic, figure, gradient, sums_of

__all__ = ["Checked", "CheckedRows", "Rectified", "checked_rows", "rectified"]

Floats = NDArray[np.float64]
TUNED_FROM = 10
LEAST = 2


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What people found. `frame` has a row a fact as it truly is, in the columns of the frame it belongs to (missing where there is no such fact),
    for everything of the units that were looked at: whole reports (`by="report"`), facts nobody had read included, or single rows (`by="id"`), where
    what was not read at all stays unknown. `weight` names the column of one over the chance that the unit was looked at with; None: all the same."""

    frame: pd.DataFrame
    by: str = "report"
    weight: str | None = None


@dataclass(frozen=True, kw_only=True)
class CheckedRows:
    """Rows as read and as they are, `reports` of both the number of the unit; by unit its weight (0: not looked at) and its report."""

    read: Rows
    true: Rows
    weights: Floats
    reports: NDArray[np.int64]

    @property
    def count(self) -> int:
        return int(self.reports.max()) + 1 if len(self.reports) else 0

    @property
    def looked(self) -> int:
        """How many reports were looked at, in whole or part."""
        return len(np.unique(self.reports[self.weights > 0]))


@dataclass(frozen=True, kw_only=True)
class Rectified:
    """The figure, what each report pulls (they sum to 0), the variance that is left where no other reports were drawn, and λ. `freedom`:
    misreadings may be rare and large, so that their variance is known as well as that of as many reports as carry it."""

    value: float
    reports: Floats
    extraction: float
    tuning: float
    freedom: float


def checked_rows(frame: pd.DataFrame, read: Rows, true: Rows, checked: Checked, cluster: str | Sequence[str]) -> CheckedRows:
    """The rows of both frames by unit. A unit that was looked at and is not in `frame` belongs to it all the same. UsageError where a column is
    missing, a weight is below 1, or fewer than two reports were looked at."""
    for one, name in ((frame, "frame"), (checked.frame, "checked")):
        if checked.by not in one.columns:
            raise UsageError(f"{name} 没有 {checked.by} 一列，对不上 · has no column {checked.by!r} to match by")
    keys, found_keys = keys_of(frame, checked.by), keys_of(checked.frame, checked.by)
    codes, names = pd.factorize(np.concatenate([keys, found_keys]), sort=True)
    of_read, of_true = codes[:len(keys)], codes[len(keys):]
    weights = np.zeros(len(names))
    weights[of_true] = 1.0 if checked.weight is None else column_of(checked.frame, checked.weight)
    if not np.isfinite(weights).all() or (weights[of_true] < 1).any():
        raise UsageError("checked: 权重是被抽中概率的倒数，不会小于 1 · a weight is one over a chance, 1 at least")
    belongs = np.concatenate([keys_of(frame, cluster), keys_of(checked.frame, cluster)])
    firsts = np.unique(codes, return_index=True)[1]
    reports = pd.factorize(belongs[firsts], sort=True)[0].astype(np.int64)
    rows = CheckedRows(read=replace(read, reports=of_read[read.at], total=len(names)), true=replace(true, reports=of_true[true.at], total=len(names)),
                       weights=weights, reports=reports)
    if rows.looked < LEAST:
        raise UsageError("checked: 至少要有两份报告核过 · two checked reports at least")
    return rows


def by_report(units: Floats, reports: NDArray[np.int64]) -> Floats:
    return np.bincount(reports, weights=units).astype(np.float64)


def rectified(rows: CheckedRows, statistic: Statistic, *, tuning: float | None = None) -> Rectified:
    """The figure with λ = `tuning`, by default the one of least variance where ten reports or more were looked at, else 1."""
    read, true = sums_of(rows.read, statistic), sums_of(rows.true, statistic)
    mass = rows.weights * (len(rows.weights) / rows.weights.sum())
    count = rows.count

    def sums_with(by: float) -> Floats:
        return np.asarray((by * read.sum(axis=0) + mass @ (true - by * read)) / count)

    def scores(units: Floats, slope: Floats) -> Floats:
        """What each report brings to the sum of `units` (unit, feature) estimated from what was looked at, seen along `slope`."""
        along = units @ slope
        middle = float(mass @ along) / len(mass)
        return by_report(mass * (along - middle) + middle, rows.reports)

    slope = gradient(statistic, sums_with(1.0), count)
    if not np.isfinite(slope).all():
        slope = gradient(statistic, sums_with(0.0), count)
    told, off = scores(true, slope), by_report(read @ slope, rows.reports) - scores(read, slope)
    told, off = told - told.mean(), off - off.mean()
    if tuning is None:
        square = float(off @ off)
        tuning = 1.0 if rows.looked < TUNED_FROM else min(1.0, max(0.0, -float(told @ off) / square)) if square > 0 else 0.0
    means = sums_with(tuning)
    slope = gradient(statistic, means, count)
    pulls = by_report(tuning * (read @ slope), rows.reports) + scores(true - tuning * read, slope)
    wrong = (true - tuning * read) @ slope
    wrong = wrong - float(mass @ wrong) / len(mass)
    few = rows.looked / (rows.looked - 1)
    left = by_report(np.clip(mass * (mass - 1), 0, None) * wrong**2, rows.reports)
    known = float(left.sum()) ** 2 / float(left @ left) if left.any() else float(rows.looked)
    return Rectified(value=figure(statistic, means, count), reports=(pulls - pulls.mean()) * few**0.5, tuning=tuning, freedom=max(1.0, known - 1),
                     extraction=few * float(left.sum()) / count**2)

"""A frame as read and a sample of it that people checked -> figures that hold whatever the readings are worth (prediction-powered inference).

What was read of all reports is put right by what reading it wrongly made of those that were checked:

    sums = λ · (sum over all, as read) + N/Σw · Σ w (true - λ · as read), over what was checked

with w one over the chance it was looked at with (Horvitz & Thompson 1952; scaled, Hájek 1971, those apart that were sure to be): the difference
estimator of surveys (Särndal, Swensson & Wretman 1992, 6.3), known as PPI (Angelopoulos et al., Science 382, 2023) and, with λ chosen for the least
variance, as PPI++ (Angelopoulos, Duchi & Zrnic 2023). A figure is a function of these sums, so one road serves means, ratios, slopes and quantiles;
the variance is by report as elsewhere. What was checked is part of what was read here, so that λ is Cov / Var; told of two samples apart, as in those
papers, it is that by 1 + n/N.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.research.doubt.resampling import carriers
from hedui.research.doubt.rows import Rows, as_read, column_of, keys_of
from hedui.research.doubt.smooth import Statistic, figure, gradient, jackknifed, means_of, sums_of

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
    """The figure, what each report brings to its sums, what it pulls (they sum to 0), the variance that reports which were not looked at leave
    (`extraction`), by how much that is more than what checks showed of it (`unseen`), λ, the degrees of freedom that `extraction` is known with,
    and by how much each unit that was looked at is off, as it counts for `extraction`."""

    value: float
    sums: Floats
    reports: Floats
    extraction: float
    unseen: float
    tuning: float
    freedom: float
    each: Floats


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
    """The sums over the units (unit, feature) of each report."""
    return np.stack([np.bincount(reports, weights=column) for column in units.T], axis=1)


def masses(weights: Floats) -> Floats:
    """How many units each stands for: units that were looked at for certain for themselves, the others for all that are left (Hájek 1971)."""
    sure = weights == 1
    others = np.where(sure, 0.0, weights)
    if not others.any():
        return np.asarray(weights * (len(weights) / weights.sum()))
    return np.where(sure, 1.0, others * ((len(weights) - sure.sum()) / others.sum()))


def rectified(rows: CheckedRows, statistic: Statistic, *, these: bool = False, tuning: float | None = None) -> Rectified:
    """The figure with λ = `tuning`, by default the one of least variance where ten reports or more were looked at, else 1; `these`: no other
    reports are asked about."""
    read, true = sums_of(rows.read, statistic), sums_of(rows.true, statistic)
    mass, count = masses(rows.weights), rows.count

    def sums_with(by: float) -> Floats:
        """What each report brings to the sums, as far as what was looked at tells it."""
        off = true - by * read
        middle = (mass @ off) / len(mass)
        return by_report(by * read + mass[:, None] * (off - middle) + middle, rows.reports)

    all_read, alone = sums_with(1.0), sums_with(0.0)
    slope = gradient(statistic, means_of(all_read), count)
    if not np.isfinite(slope).all():
        slope = gradient(statistic, means_of(alone), count)
    if tuning is None and rows.looked < TUNED_FROM:
        tuning = 1.0
    elif tuning is None:
        tuning = tuned_here(read @ slope, true @ slope, mass) if these else tuned(all_read @ slope, alone @ slope)
    sums = sums_with(tuning)
    slope = gradient(statistic, means_of(sums), count)
    seen, known, each = left_by_checks((true - tuning * read) @ slope, mass, rows)
    feared = tuning**2 * left_by_confidence(rows, statistic, slope, wrong=(true != sums_of(as_read(rows.read), statistic)).any(axis=1))
    few = rows.looked / (rows.looked - 1)
    return Rectified(value=figure(statistic, means_of(sums), count), sums=sums, reports=jackknifed(statistic, sums) * few**0.5, tuning=tuning,
                     extraction=few * max(seen, feared) / count**2, unseen=few * max(0.0, feared - seen) / count**2, freedom=known, each=each)


def tuned(all_read: Floats, alone: Floats) -> float:
    """The λ from 0 to 1 of least variance over reports, of what each brings with λ = 1 and with λ = 0."""
    told, off = (part - part.mean() for part in (alone, all_read - alone))
    return within(-float(told @ off), float(off @ off), otherwise=0.0)


def within(part: float, whole: float, *, otherwise: float) -> float:
    return min(1.0, max(0.0, part / whole)) if whole > 0 else otherwise


def tuned_here(read: Floats, true: Floats, mass: Floats) -> float:
    """The λ from 0 to 1 of least variance left by the checks: how much of a unit's truth its reading tells."""
    read, true = (units - float(mass @ units) / len(mass) for units in (read, true))
    weights = np.clip(mass * (mass - 1), 0, None)
    return within(float(weights @ (read * true)), float(weights @ read**2), otherwise=1.0)


def left_by_checks(off: Floats, mass: Floats, rows: CheckedRows) -> tuple[float, float, Floats]:
    """The variance of the sum of `off` over all units that is left where some were looked at (Särndal, Swensson & Wretman 1992, 5.7), and its
    degrees of freedom: misreadings may be rare and large, so that it is known as well as by as many reports as carry it; 1 where none does."""
    off = off - float(mass @ off) / len(mass)
    left = by_report((np.clip(mass * (mass - 1), 0, None) * off**2)[:, None], rows.reports)[:, 0]
    units = (np.sqrt(np.clip(mass * (mass - 1), 0, None)) * off)[mass > 0]
    return float(left.sum()), carriers(left) if left.any() else 1.0, units


def left_by_confidence(rows: CheckedRows, statistic: Statistic, slope: Floats, *, wrong: NDArray[np.bool_]) -> float:
    """The variance of the same sum that confidences lead to fear in units which were not looked at, their doubt scaled by how many of the others
    were found `wrong`: a few checks may have met none of the rare large misreadings. What is wrong is taken to be like the other rows."""
    along = statistic.features(rows.read.values)[:, 0] @ slope[:-1]
    doubt = 1 - rows.read.weights[:, 0]
    far = (along - along.mean()) ** 2 + along.var()
    feared, doubted = (np.bincount(rows.read.reports, weights=one, minlength=len(rows.weights)) for one in (doubt * far, doubt))
    looked = rows.weights > 0
    scale = (wrong[looked].sum() + 1) / (np.minimum(1.0, doubted[looked]).sum() + 1)
    return float(scale * feared[~looked].sum())

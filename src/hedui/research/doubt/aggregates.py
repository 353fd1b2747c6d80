"""Shares, means, totals, ratios, differences, slopes and correlations over the rows of a frame, each with the range that holds the truth.

A frame has a row a fact, as the tables of a store have it. Values read with confidence p count p: a wrong one is taken to be like those that are
right. What every function may be told besides is in `Options`. With a hand-checked sample nothing of the kind is assumed: see `checked`.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.research.doubt.assessing import Options, assess, in_yuan, is_money
from hedui.research.doubt.estimate import Estimate
from hedui.research.doubt.rows import column_of
from hedui.research.doubt.smooth import Statistic

__all__ = ["correlation", "difference", "mean", "ratio", "share", "slope", "total"]

Floats = NDArray[np.float64]
GROUP = "\x00group"
OUTLYING = "个别离群的报告会使范围偏窄，请先看散点图 · a few reports far out make the range too narrow: look at the scatter first"
OF_RANKS = ("个别离群的报告会使范围偏窄，请改用 rank_correlation · a few reports far out make the range too narrow: "
            "rank_correlation is the one to ask for")


def ones_and(values: Floats) -> Floats:
    return np.stack([np.ones(values.shape[:2]), values[..., 0]], axis=-1)


MEAN = Statistic(name="mean", features=ones_and, value=lambda m, _: m[1] / m[0], signed=False)
RATIO = Statistic(name="ratio", features=lambda values: values, value=lambda m, _: m[0] / m[1], signed=False)


def mean(frame: pd.DataFrame, of: str, **options: Unpack[Options]) -> Estimate:
    """The mean of column `of`."""
    found = assess(frame, [of], MEAN, options=options)
    return in_yuan(found) if is_money(frame[of]) else found


def share(frame: pd.DataFrame, of: str, **options: Unpack[Options]) -> Estimate:
    """The share of rows in which the yes-or-no column `of` says yes (missing: neither). Between 0 and 1."""
    held = column_of(frame, of)
    if not np.isin(held[np.isfinite(held)], (0, 1)).all():
        raise UsageError(f"share: {of} 一列应为真假或 0、1 · column {of!r} should hold true and false")
    return assess(frame, [of], MEAN, shape="share", yes_no=True, options=options)


def total(frame: pd.DataFrame, of: str, **options: Unpack[Options]) -> Estimate:
    """The sum of column `of`, of money a Decimal in yuan whose `as_read` is exact. Of these reports alone unless `population` says otherwise:
    where it is None, the sum over as many reports as are here; where it is a number, over that many."""
    options = {"population": "these", **options}
    population = options["population"]

    def scale(reports: int) -> int:
        return population if isinstance(population, int) else reports

    added = Statistic(name="total", features=ones_and, value=lambda m, reports: scale(reports) * m[1] * m[2] / m[0], signed=False)
    found = assess(frame, [of], added, options=options)
    if not is_money(frame[of]):
        return found
    told = frame[of].dropna()
    return in_yuan(found, None if isinstance(population, int) else sum((Decimal(one) for one in told), Decimal(0)))


def ratio(frame: pd.DataFrame, of: str, to: str, **options: Unpack[Options]) -> Estimate:
    """The sum of `of` by the sum of `to`, over the rows that have both: the execution rate of executed to budget."""
    return assess(frame, [of, to], RATIO, options=options)


def parted(frame: pd.DataFrame, by: str, one: Hashable, other: Hashable) -> pd.DataFrame:
    """`frame` with a column that is 1 in the rows of `one`, 0 in those of `other`."""
    held = [(frame[by] == key).fillna(False).to_numpy(dtype=bool) for key in (one, other)]
    return frame.assign(**{GROUP: np.select(held, [1.0, 0.0], np.nan)})


def difference(frame: pd.DataFrame, of: str, by: str, one: Hashable, other: Hashable, **options: Unpack[Options]) -> Estimate:
    """The mean of `of` where column `by` is `one`, less that where it is `other`. UsageError where either is nowhere."""
    if by not in frame.columns:
        raise UsageError(f"没有这一列：{by} · no such column")
    if absent := [key for key in (one, other) if not (frame[by] == key).any()]:
        raise UsageError(f"{by} 一列中没有 {absent[0]!r} · no row of {by!r} is {absent[0]!r}")
    sure, checked = options.get("confidence", "confidence"), options.get("checked")
    options = {**options, "confidence": {of: sure, GROUP: 1.0} if isinstance(sure, str | float | int) else {**sure, GROUP: 1.0},
               "checked": checked and replace(checked, frame=parted(checked.frame, by, one, other))}

    def features(values: Floats) -> Floats:
        x, g = values[..., 0], values[..., 1]
        return np.stack([g, g * x, 1 - g, (1 - g) * x], axis=-1)

    apart = Statistic(name="difference", features=features, value=lambda m, _: m[1] / m[0] - m[3] / m[2])
    answer = assess(parted(frame, by, one, other), [of, GROUP], apart, options=options)
    return in_yuan(answer) if is_money(frame[of]) else answer


def products(frame: pd.DataFrame, x: str, y: str) -> tuple[Any, float]:
    """The features that slopes and correlations need, of columns about their means and in their own spread, and the spread of y by that of x."""
    held = np.stack([column_of(frame, x), column_of(frame, y)], axis=-1)
    held = held[np.isfinite(held).all(axis=1)]
    middle = held.mean(axis=0) if len(held) else np.zeros(2)
    spread = held.std(axis=0) if len(held) else np.ones(2)
    spread[spread == 0] = 1.0

    def features(values: Floats) -> Floats:
        a, b = np.moveaxis((values - middle) / spread, -1, 0)
        return np.stack([np.ones_like(a), a, b, a * a, a * b, b * b], axis=-1)

    return features, float(spread[1] / spread[0])


def noted(found: Estimate, note: str) -> Estimate:
    """The same with a word on what its range cannot know."""
    return replace(found, note=found.note or note)


def slope(frame: pd.DataFrame, y: str, x: str, **options: Unpack[Options]) -> Estimate:
    """By how much `y` rises where `x` is one more: the line of least squares with an intercept."""
    features, scale = products(frame, x, y)
    line = Statistic(name="slope", features=features, value=lambda m, _: scale * (m[4] * m[0] - m[1] * m[2]) / (m[3] * m[0] - m[1] * m[1]))
    return noted(assess(frame, [x, y], line, options=options), OUTLYING)


def correlation(frame: pd.DataFrame, x: str, y: str, **options: Unpack[Options]) -> Estimate:
    """Pearson's correlation of `x` and `y`; the interval by Fisher's z. Where reports lie far out, `rank_correlation` holds what this does not."""
    features, _ = products(frame, x, y)
    together = Statistic(name="correlation", features=features, value=lambda m, _: (m[4] * m[0] - m[1] * m[2]) / (
        (m[3] * m[0] - m[1] * m[1]) * (m[5] * m[0] - m[2] * m[2])) ** 0.5)
    return noted(assess(frame, [x, y], together, shape="correlation", options=options), OF_RANKS)

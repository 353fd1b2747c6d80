"""Medians and other quantiles, with the range that holds the truth.

A range of a quantile is read off the ranges of shares: all t for which the interval of the share of values up to t holds the order asked for
(Woodruff 1952; for checked samples Angelopoulos et al. 2023, algorithm 2). So it needs no density and is as sound as the shares are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.research.doubt.assessing import Options, Sample, estimate, in_yuan, is_money, sample_of
from hedui.research.doubt.estimate import Estimate
from hedui.research.doubt.smooth import Statistic

__all__ = ["median", "quantile"]

Floats = NDArray[np.float64]


def up_to(limit: float) -> Statistic:
    return Statistic(name="quantile", value=lambda m, _: m[1] / m[0],
                     features=lambda values: np.stack([np.ones(values.shape[:2]), (values[..., 0] <= limit).astype(np.float64)], axis=-1))


def first(values: Floats, holds: Callable[[float], bool]) -> float:
    """The least of sorted `values` at which `holds`, the last where it holds at none."""
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(float(values[middle])) else (middle + 1, high)
    return float(values[low])


def candidates(sample: Sample) -> Floats:
    told = [sample.read.values[:, 0, 0]] + ([sample.checked.true.values[:, 0, 0]] if sample.checked else [])
    return np.unique(np.concatenate(told))


def quantile(frame: pd.DataFrame, of: str, q: float, **options: Unpack[Options]) -> Estimate:
    """The least value of column `of` that a share `q` (0 to 1) of the rows does not exceed. `sampling`, `extraction` and `model` are of the share
    at that value. UsageError where `q` is no share."""
    if not 0 < q < 1:
        raise UsageError(f"q 应在 0 到 1 之间，而不是 {q!r} · between 0 and 1, say 0.5")
    sample = sample_of(frame, [of], options=options)
    if not sample.read.count:
        return estimate(sample, up_to(0.0), shape="share", options=options)
    at = candidates(sample)

    def share(limit: float) -> Estimate:
        return estimate(sample, up_to(limit), shape="share", options=options)

    value = first(at, lambda t: float(share(t).value or 0) >= q)
    low, high = first(at, lambda t: float(share(t).high or 0) >= q), first(at, lambda t: float(share(t).low or 0) > q)
    read = float(np.quantile(sample.read.values[:, 0, 0], q, method="inverted_cdf"))
    found = replace(share(value), value=value, low=min(low, value), high=max(high, value), as_read=read)
    return in_yuan(found) if is_money(frame[of]) else found


def median(frame: pd.DataFrame, of: str, **options: Unpack[Options]) -> Estimate:
    """The middle value of column `of`."""
    return quantile(frame, of, 0.5, **options)

"""A frame and the columns asked of it -> the rows that tell them: values, the chance that they are right, and the report each comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.research.doubt.errors import ErrorModel

__all__ = ["Confidence", "Rows", "Told", "as_read", "column_of", "confidence_of", "keys_of", "rows_under", "told_of"]

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Confidence = str | float | Mapping[str, str | float]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What an aggregate is taken over: `values` by row, outcome and column; `weights` the chance of each outcome; `counts` how many facts a row
    stands for; `reports` the number of the report it comes from, of `total` in all. `at` are the places of the rows in the frame."""

    values: NDArray[np.float64]
    weights: Floats
    counts: Floats
    reports: Whole
    total: int
    at: Whole

    @property
    def count(self) -> int:
        return len(self.counts)


@dataclass(frozen=True, kw_only=True)
class Told:
    """Rows as a frame tells them: `values` and `sure` (confidences) by row and column."""

    values: Floats
    sure: Floats
    reports: Whole
    total: int
    at: Whole


def column_of(frame: pd.DataFrame, name: str) -> Floats:
    """A column as floats, NaN where there is nothing. UsageError where there is no such column or it holds no figures."""
    if name not in frame.columns:
        raise UsageError(f"没有这一列：{name}；有 {'、'.join(map(str, frame.columns[:20]))} · no such column")
    try:
        column = frame[name]
        # pd.to_numeric loses count of missing decimals of Arrow
        numbers = column.astype("float64[pyarrow]") if isinstance(column.dtype, pd.ArrowDtype) else pd.to_numeric(column)
        return np.asarray(numbers.to_numpy(dtype=np.float64, na_value=np.nan))
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name} 一列不全是数（{error}），请先换算 · column {name!r} does not hold figures alone") from error


def confidence_of(frame: pd.DataFrame, name: str, confidence: Confidence) -> Floats:
    """How surely a column was read, 1 where it is told to be certain; a missing confidence is none at all."""
    told = confidence.get(name, "confidence") if isinstance(confidence, Mapping) else confidence
    found = column_of(frame, told) if isinstance(told, str) else np.full(len(frame), float(told))
    if len(outside := found[(found < 0) | (found > 1)]):
        raise UsageError(f"把握应在 0 到 1 之间，{told} 中有 {outside[0]:g} · a confidence lies between 0 and 1")
    return np.nan_to_num(found)


def keys_of(frame: pd.DataFrame, by: str | Sequence[str]) -> NDArray[np.object_]:
    """What tells the report (or unit, or region) of every row, as text."""
    names = [by] if isinstance(by, str) else list(by)
    if missing := [name for name in names if name not in frame.columns]:
        raise UsageError(f"没有这一列：{'、'.join(missing)} · no such column")
    parts = [frame[name].astype("string").fillna("").to_numpy(dtype=object) for name in names]
    return parts[0] if len(parts) == 1 else np.array(["\x1f".join(one) for one in zip(*parts, strict=True)], dtype=object)


def told_of(frame: pd.DataFrame, names: Sequence[str], *, confidence: Confidence, cluster: str | Sequence[str]) -> Told:
    """The rows in which all of `names` stand; the others tell nothing."""
    columns = [column_of(frame, name) for name in names]
    sure = [confidence_of(frame, name, confidence) for name in names]
    at = np.flatnonzero(np.all([np.isfinite(column) for column in columns], axis=0))
    codes, found = pd.factorize(keys_of(frame, cluster)[at], sort=True)
    return Told(values=np.stack(columns, axis=-1)[at], sure=np.stack(sure, axis=-1)[at], reports=codes.astype(np.int64), total=len(found), at=at)


def rows_under(model: ErrorModel, told: Told, *, yes_no: bool = False) -> Rows:
    """The rows as a model of errors has them. `yes_no`: the column holds 0 and 1. UsageError where the model is of yes and no, the column not."""
    if model.flips and not yes_no:
        raise UsageError("errors: 这个误差模型是按“是否”拟合的，不能用于数值 · a model of errors of yes and no does not fit figures")
    each = [model.right(told.sure[:, n], told.values[:, n]) for n in range(told.values.shape[1])]
    right = np.prod(each, axis=0)
    values, weights = told.values[:, None, :], right[:, None]
    if model.flips:
        values, weights = np.concatenate([values, 1 - values], axis=1), np.stack([right, 1 - right], axis=1)
    return Rows(values=values, weights=weights, counts=(1 - (1 - right) * model.gone) * (1 + model.missed), reports=told.reports, total=told.total,
                at=told.at)


def as_read(rows: Rows) -> Rows:
    """The rows with everything taken as read."""
    certain = np.zeros_like(rows.weights)
    certain[:, 0] = 1.0
    return replace(rows, weights=certain, counts=np.ones_like(rows.counts))

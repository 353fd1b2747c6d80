"""How readings fail: from a confidence to the chance that a value is right, and what a wrong one may have been.

The confidence of a record speaks of the record as a whole and was fitted on other reports. A model of errors puts it right for one value of one
kind of reports: log odds → slope × log odds + shift (Cox 1958), found by `fit_errors` on readings whose truth is known. What the truth is where
a value is wrong is not told by the reading: it is taken to be like the values that are right (missing at random: Rubin 1976); of yes and no the
other one, once the model was fitted on that very value.

How well slope and shift are known is part of every range: `alternatives` are as many other models, each as likely, by the bootstrap over reports
(Davison & Hinkley 1997, 3.8) or, where nothing was fitted, the points of a cubature rule (McNamee & Stenger 1967) for the spread that confidences
are allowed by the recalibration of the desk (`confidence.recalibrating`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.confidence.recalibrating import SHIFT, SLOPE, Decision, Scale, scale_of
from hedui.errors import UsageError

__all__ = ["AS_TOLD", "ErrorModel", "fit_errors"]

Floats = NDArray[np.float64]
LEAST = 1e-3
REPLICATES, SEED = 24, 20261123
BINS = 5
PLAIN = Scale()


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorModel:
    """`scale` leads from confidence to the chance that the value is right, with a shift of its own for values between two `edges`: misread values
    are often unlikely ones. A row that is wrong tells of no fact at all in `gone` of all cases; `missed` facts go unread for each that is read
    (both count in totals alone). `flips`: a wrong yes is a no. `fitted_on` counts the values whose truth was known."""

    scale: Scale = PLAIN
    edges: tuple[float, ...] = ()
    gone: float = 0.0
    missed: float = 0.0
    flips: bool = False
    fitted_on: int = 0
    alternatives: tuple[ErrorModel, ...] = ()

    def right(self, confidence: Floats, values: Floats) -> Floats:
        """The chance that each value is right."""
        told = np.clip(confidence, LEAST, 1 - LEAST)
        shifts = np.array([self.scale.of(str(at)) for at in range(len(self.edges) + 1)])
        odds = self.scale.slope * np.log(told / (1 - told)) + shifts[np.searchsorted(self.edges, values, side="right")]
        return np.where(confidence >= 1.0, 1.0, 1 / (1 + np.exp(-odds)))


def around(scale: Scale) -> tuple[ErrorModel, ...]:
    """Four models about one, whose mean square distance is the variance that slope and shift have before anything was decided."""
    at = 2**0.5
    return tuple(ErrorModel(scale=replace(scale, slope=scale.slope + at * SLOPE * a, shift=scale.shift + at * SHIFT * b))
                 for a, b in ((1, 0), (-1, 0), (0, 1), (0, -1)))


AS_TOLD = ErrorModel(alternatives=around(PLAIN))


def fit_errors(pairs: pd.DataFrame, *, read: str = "read", true: str = "true", confidence: str = "confidence", report: str = "report",
               flips: bool = False) -> ErrorModel:
    """The model of errors that readings with known truth tell. `pairs` has a row a value: as `read` (missing where it was not read), as it is
    `true` (missing where there is no such fact), with its `confidence`, and the `report` it comes from. UsageError where no value was read.
    """
    told = pairs.assign(_report=pairs[report].astype(str))
    if not told[read].notna().any():
        raise UsageError(f"fit_errors: {read} 一列没有读到的值 · nothing was read in column {read!r}")
    codes, names = pd.factorize(told["_report"], sort=True)
    edges = (0.5,) if flips else edges_of(told[read].dropna().to_numpy(dtype=np.float64))
    fitted = fit(told, read, true, confidence, flips, edges)
    rng = np.random.default_rng(SEED)
    rows_of = [np.flatnonzero(codes == at) for at in range(len(names))] if len(names) > 1 else []
    others = [told.iloc[np.concatenate([rows_of[at] for at in rng.integers(0, len(names), len(names))])] for _ in range(REPLICATES if rows_of else 0)]
    return replace(fitted, alternatives=tuple(fit(one, read, true, confidence, flips, edges) for one in others if one[read].notna().any()))


def edges_of(values: Floats) -> tuple[float, ...]:
    """What parts values into `BINS` of equal mass, as far as they differ."""
    return tuple(float(x) for x in np.unique(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1])))


def fit(told: pd.DataFrame, read: str, true: str, confidence: str, flips: bool, edges: tuple[float, ...]) -> ErrorModel:
    was_read, is_true = told[read].notna().to_numpy(), told[true].notna().to_numpy()
    values, truth = (told[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in (read, true))
    same = was_read & is_true & (values == truth)
    counted = was_read & (is_true | (not flips))
    bins = np.searchsorted(edges, values, side="right")
    sure = told[confidence].to_numpy(dtype=np.float64, na_value=0.0)
    decisions = [Decision(source="", kind=str(bins[at]), told=float(sure[at]), right=bool(same[at])) for at in np.flatnonzero(counted)]
    wrong = int((was_read & ~same).sum())
    return ErrorModel(scale=scale_of(decisions), edges=edges, gone=float((was_read & ~is_true).sum() / wrong) if wrong else 0.0,
                      missed=float((~was_read & is_true).sum() / was_read.sum()), flips=flips, fitted_on=len(decisions))


def model_of(errors: ErrorModel | None, flips: bool) -> ErrorModel:
    """The model to go by; one that was fitted on yes and no serves these alone."""
    if errors is not None and errors.flips and not flips:
        raise UsageError("errors: 这个误差模型是按“是否”拟合的，不能用于数值 · a model of errors of yes and no does not fit figures")
    return errors or AS_TOLD


def weights_of(model: ErrorModel, confidence: Sequence[Floats], values: Sequence[Floats]) -> tuple[Floats, Floats]:
    """The chance that all values of a row are right, and how many facts each row stands for."""
    right = np.prod([model.right(p, x) for p, x in zip(confidence, values, strict=True)], axis=0)
    return right, (1 - (1 - right) * model.gone) * (1 + model.missed)

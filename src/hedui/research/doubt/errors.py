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

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.confidence.recalibrating import KIND, SHIFT, SLOPE, Scale
from hedui.errors import UsageError

__all__ = ["AS_TOLD", "ErrorModel", "fit_errors"]

Floats = NDArray[np.float64]
LEAST = 1e-3
REPLICATES, SEED, STEPS, NEAR = 24, 20261123, 50, 1e-9
BINS = 5
PLAIN = Scale()


def log_odds(confidence: Floats) -> Floats:
    told = np.clip(confidence, LEAST, 1 - LEAST)
    return np.asarray(np.log(told / (1 - told)))


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
        shifts = np.array([self.scale.of(str(at)) for at in range(len(self.edges) + 1)])
        odds = self.scale.slope * log_odds(confidence) + shifts[np.searchsorted(self.edges, values, side="right")]
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
    if missing := [name for name in (read, true, confidence, report) if name not in pairs.columns]:
        raise UsageError(f"fit_errors: 没有这一列：{'、'.join(missing)} · no such column")
    found, truth = (pairs[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in (read, true))
    was_read, is_true = np.isfinite(found), np.isfinite(truth)
    if not was_read.any():
        raise UsageError(f"fit_errors: {read} 一列没有读到的值 · nothing was read in column {read!r}")
    same = was_read & is_true & (found == truth)
    edges = (0.5,) if flips else edges_of(found[was_read])
    sure = pairs[confidence].to_numpy(dtype=np.float64, na_value=0.0)
    odds = log_odds(np.nan_to_num(sure))
    bins = np.searchsorted(edges, found, side="right")
    counted = was_read & (is_true | (not flips))

    def fitted(mass: Floats) -> ErrorModel:
        wrong, all_read = float(mass[was_read & ~same].sum()), float(mass[was_read].sum())
        return ErrorModel(
            scale=scale_by(odds[counted], same[counted].astype(np.float64), bins[counted], mass[counted], len(edges) + 1), edges=edges, flips=flips,
            gone=float(mass[was_read & ~is_true].sum()) / wrong if wrong else 0.0, fitted_on=int(counted.sum()),
            missed=float(mass[~was_read & is_true].sum()) / all_read if all_read else 0.0)

    codes, names = pd.factorize(pairs[report].astype(str), sort=True)
    rng = np.random.default_rng(SEED)
    times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), REPLICATES) if len(names) > 1 else np.empty((0, 1))
    return replace(fitted(np.ones(len(pairs))), alternatives=tuple(fitted(row[codes].astype(np.float64)) for row in times))


def scale_by(odds: Floats, right: Floats, bins: NDArray[np.int64], mass: Floats, kinds: int) -> Scale:
    """What `confidence.recalibrating.scale_of` finds of as many decisions, by Newton's method, a step never longer than one."""
    columns = np.concatenate([odds[:, None], np.ones((len(odds), 1)), np.eye(kinds)[bins]], axis=1)
    prior, ridge = np.zeros(kinds + 2), np.array([SLOPE, SHIFT, *[KIND] * kinds]) ** -2.0
    prior[0] = 1.0
    at = prior.copy()
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-columns @ at))
        step = np.linalg.solve((columns * (mass * p * (1 - p))[:, None]).T @ columns + np.diag(ridge),
                               columns.T @ (mass * (right - p)) - ridge * (at - prior))
        step /= max(1.0, float(np.abs(step).max()))
        at = at + step
        at[0] = max(0.0, at[0])
        if np.abs(step).max() < NEAR:
            break
    return Scale(slope=float(at[0]), shift=float(at[1]), kinds={str(kind): float(x) for kind, x in enumerate(at[2:])})


def edges_of(values: Floats) -> tuple[float, ...]:
    """What parts values into `BINS` of equal mass, as far as they differ."""
    return tuple(float(x) for x in np.unique(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1])))

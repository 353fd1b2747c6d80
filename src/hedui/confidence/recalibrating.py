"""What people decided on what was told with a confidence -> the confidences put right, and the weights of a calibrator with them.

Logistic recalibration (Cox 1958; Platt 1999): log odds → slope × log odds + shift + shift of the kind, by weighted maximum likelihood under a
Gaussian prior that everything is right as it is (slope 1, shifts 0), so that few decisions change little. Weights are those of Horvitz &
Thompson (1952), scaled to sum to the number of decisions (Hájek 1971).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hedui.confidence.calibrator import Weights
from hedui.confidence.odds import log_odds

__all__ = ["Decision", "Held", "Scale", "cross_fitted", "held_by", "rescaled", "scale_of"]

Floats = NDArray[np.float64]
# standard deviations of the prior: of the slope, of the shift of all kinds, of that of a single kind
SLOPE, SHIFT, KIND = 0.25, 0.5, 0.3
FOLDS = 5
LEAST = 1e-4


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One thing told with a confidence (`told`, 0 to 1) and whether people found it right; it stands for `weight` such things."""

    source: str
    kind: str
    told: float
    right: bool
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How log odds are put right; a kind that nothing was decided of has the common shift alone."""

    slope: float = 1.0
    shift: float = 0.0
    kinds: Mapping[str, float] | None = None

    def of(self, kind: str) -> float:
        return self.shift + (self.kinds or {}).get(kind, 0.0)

    def probability(self, kind: str, told: float) -> float:
        """The confidence put right.

        >>> round(Scale(shift=-1.0).probability("record.fund", 0.9), 3)
        0.768
        """
        return 1 / (1 + math.exp(-(self.slope * log_odds(told) + self.of(kind))))


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """How far confidences hold, weighted: what was told on average, the share that was right with its standard error (over sources, by
    linearisation: Särndal, Swensson & Wretman 1992, 5.7; None of one source), log loss and Brier score."""

    count: int
    sources: int
    told: float
    right: float
    error: float | None
    log_loss: float
    brier: float


def scale_of(decisions: Sequence[Decision]) -> Scale:
    """The scale that `decisions` ask for; the one that changes nothing where there are none."""
    if not decisions:
        return Scale()
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    kinds = sorted({one.kind for one in decisions})
    odds = np.array([log_odds(one.told) for one in decisions])
    right = np.array([float(one.right) for one in decisions])
    of = np.array([kinds.index(one.kind) for one in decisions])
    mass = np.array([one.weight for one in decisions])
    mass *= len(mass) / mass.sum()

    def loss(at: Floats) -> tuple[float, Floats]:
        told = at[0] * odds + at[1] + at[2:][of]
        off = mass * (1 / (1 + np.exp(-told)) - right)
        scaled = np.concatenate([[(at[0] - 1) / SLOPE, at[1] / SHIFT], at[2:] / KIND])
        widths = np.concatenate([[SLOPE, SHIFT], np.full(len(kinds), KIND)])
        slopes = np.concatenate([[off @ odds, off.sum()], np.bincount(of, weights=off, minlength=len(kinds))])
        return float(mass @ np.logaddexp(0, -np.where(right > 0, told, -told)) + scaled @ scaled / 2), slopes + scaled / widths

    found = minimize(loss, np.concatenate([[1.0, 0.0], np.zeros(len(kinds))]), jac=True, method="L-BFGS-B",
                     bounds=[(0.0, None), *[(None, None)] * (1 + len(kinds))]).x
    return Scale(slope=float(found[0]), shift=float(found[1]), kinds={kind: float(x) for kind, x in zip(kinds, found[2:], strict=True)})


def cross_fitted(decisions: Sequence[Decision]) -> list[float]:
    """Each confidence put right by what was decided in other sources; as it is where there is one source only."""
    sources = sorted({one.source for one in decisions})
    fold = {source: at % FOLDS for at, source in enumerate(sources)}
    scales = {at: scale_of([one for one in decisions if fold[one.source] != at]) for at in set(fold.values())} if len(sources) > 1 else {0: Scale()}
    return [scales[fold[one.source]].probability(one.kind, one.told) for one in decisions]


def held_by(decisions: Sequence[Decision], told: Sequence[float]) -> Held:
    """How far probabilities `told` hold of what was decided. ValueError where nothing was."""
    if not decisions:
        raise ValueError("no decisions")
    p = np.clip(np.array(told), LEAST, 1 - LEAST)
    right, mass = np.array([float(one.right) for one in decisions]), np.array([one.weight for one in decisions])
    share = float(mass @ right / mass.sum())
    sources = sorted({one.source for one in decisions})
    of = np.array([sources.index(one.source) for one in decisions])
    off = np.bincount(of, weights=mass * (right - share))
    count = len(sources)
    error = math.sqrt(float(off @ off) * count / (count - 1)) / float(mass.sum()) if count > 1 else None
    return Held(count=len(decisions), sources=count, told=float(mass @ p / mass.sum()), right=share, error=error,
                log_loss=float(np.average(-np.where(right > 0, np.log(p), np.log(1 - p)), weights=mass)),
                brier=float(np.average((p - right) ** 2, weights=mass)))


def rescaled(weights: Mapping[str, Weights], scale: Scale, *, kinds: frozenset[str]) -> Mapping[str, Weights]:
    """The weights of a calibrator whose probabilities of `kinds` are put right; other kinds keep theirs."""
    return {kind: one if kind not in kinds else
            replace(one, knots=tuple((x, scale.probability(kind, y)) for x, y in one.knots)) if one.knots else
            replace(one, bias=one.bias * scale.slope + scale.of(kind), signals={name: x * scale.slope for name, x in one.signals.items()})
            for kind, one in weights.items()}

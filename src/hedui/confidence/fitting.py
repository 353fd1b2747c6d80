"""Items of annotated reports -> weights by kind, fitted on sources and tried on other sources. Needs scikit-learn.

Kinds of one family (mentions; claims; checks; records) share strength: one logistic model over all of them, whose columns
are the signals, the kinds, and each signal for each kind, the last held shorter by the same ridge penalty, so that a kind
departs from its family only as far as its own errors ask (partial pooling; Gelman & Hill 2007, ch. 12). Its log odds on
sources left out are then scaled by a logistic curve (Platt 1999) or by isotonic regression (Zadrozny & Elkan 2002),
whichever has the smaller log loss on sources left out again. Records are fitted last, on how sure their claims came out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from hedui.confidence.calibrator import Weights
from hedui.confidence.items import Item, family_of
from hedui.confidence.pooling import columns_of, folds_of, kind_weights, matrix
from hedui.confidence.signals_records import sureness

__all__ = ["fit", "held_out"]

Floats = NDArray[np.float64]
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
FOLDS = 5
# what a source unlike all those seen would lose: such a one comes once in (sources + 2), and this share of its items is wrong
STRANGE = 0.1
STEEPEST = 3.0
# with fewer items isotonic regression only follows them (Niculescu-Mizil & Caruana 2005)
ENOUGH = 1000
ITERATIONS = 1000


def fit(items: Sequence[Item]) -> Mapping[str, Weights]:
    """Weights for every kind among `items`. ValueError where there are none, or all are of one source."""
    if len({item.source for item in items}) < 2:
        raise ValueError("items of at least two sources are wanted")
    with threadpool_limits(limits=1):  # matrices this small only lose by more
        return fit_families(items)


def fit_families(items: Sequence[Item]) -> Mapping[str, Weights]:
    weights: dict[str, Weights] = {}
    told: dict[str, float] = {}
    families = by_family(items)
    for family in ("mention", "claim", "check"):
        if of := families.get(family):
            found, odds = fit_family(of)
            weights |= found
            told |= {item.id: float(p) for item, p in zip(of, odds, strict=True)}
    if records := families.get("record"):
        weights |= fit_family([judged(item, told) for item in records])[0]
    return weights


def held_out(items: Sequence[Item], *, by: str = "") -> list[float]:
    """The probability of every item by weights fitted without its source, in the order given; `by` a group (`province`), all
    sources of that group are left out together."""
    told = [0.0] * len(items)
    keys = [item.groups.get(by, item.source) for item in items]
    for key in sorted(set(keys)):
        weights = fit([item for item, one in zip(items, keys, strict=True) if one != key])
        of = [i for i, one in enumerate(keys) if one == key]
        for i, p in zip(of, apply([items[i] for i in of], weights), strict=True):
            told[i] = p
    return told


def apply(items: Sequence[Item], weights: Mapping[str, Weights]) -> list[float]:
    """The probabilities of items of a few sources, their records weighed by what their claims came to."""
    told = {item.id: weights[item.kind].probability(item.signals) for item in items
            if family_of(item.kind) != "record" and item.kind in weights}
    return [told[item.id] if item.id in told else
            weights[item.kind].probability(judged(item, told).signals) if item.kind in weights else 0.5 for item in items]


def judged(item: Item, told: Mapping[str, float]) -> Item:
    """A record with the signals of how sure its claims and the conflicts over it are."""
    sure = sureness([told[id_] for id_ in item.parts], [told[id_] for id_ in item.disputes])
    return replace(item, signals={**item.signals, **sure})


def by_family(items: Iterable[Item]) -> Mapping[str, Sequence[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[family_of(item.kind)].append(item)
    return found


def fit_family(items: Sequence[Item]) -> tuple[Mapping[str, Weights], Floats]:
    """The weights of each kind, and the probability of each item by weights fitted without its source."""
    right = np.array([item.right for item in items], dtype=float)
    mass = np.array([item.weight for item in items])
    folds = folds_of(items, FOLDS)
    columns = columns_of(items)
    x = matrix(items, columns)
    tried = {strength: left_out(x, right, mass, folds, strength) for strength in STRENGTHS}
    best = min(tried, key=lambda strength: log_loss(tried[strength], right, mass))
    odds = tried[best]
    slope, shift, knots = scale_of(odds, right, mass, folds)
    if not 0 < right.sum() < len(right):
        coefficients, intercept = np.zeros(x.shape[1]), float(np.median(odds))
    else:
        model = logistic(x, right, mass, best)
        coefficients, intercept = model.coef_[0], float(model.intercept_[0])
    bounds = bounds_of(items)
    weights = {kind: Weights(bias=bias * slope + shift, signals={name: w * slope for name, w in signals.items()},
                             low=bounds[kind][0], high=bounds[kind][1], knots=knots)
               for kind, (bias, signals) in kind_weights(columns, coefficients, intercept).items()}
    scaled = [Weights(bias=float(x) * slope + shift, signals={}, low=bounds[item.kind][0], high=bounds[item.kind][1], knots=knots)
              for x, item in zip(odds, items, strict=True)]
    return weights, np.array([w.probability({}) for w in scaled])


def logistic(x: Floats, y: Floats, mass: Floats, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=ITERATIONS).fit(x, y, sample_weight=mass)


def left_out(x: Floats, y: Floats, mass: Floats, folds: NDArray[np.int64], strength: float) -> Floats:
    """The log odds of every row by a model that has not seen its source; of the plain share where all it has seen is alike."""
    told = np.zeros(len(y))
    for fold in np.unique(folds):
        out = folds == fold
        seen = y[~out]
        if 0 < seen.sum() < len(seen):
            told[out] = logistic(x[~out], seen, mass[~out], strength).decision_function(x[out])
        else:
            share = (float((seen * mass[~out]).sum()) + 1) / (float(mass[~out].sum()) + 2)
            told[out] = np.log(share / (1 - share))
    return told


def log_loss(odds: Floats, y: Floats, mass: Floats) -> float:
    return float(np.average(np.logaddexp(0, -np.where(y > 0, odds, -odds)), weights=mass))


def scale_of(odds: Floats, y: Floats, mass: Floats, folds: NDArray[np.int64]) -> tuple[float, float, tuple[tuple[float, float], ...]]:
    """Slope, shift and knots of what turns log odds into probabilities: Platt's where isotonic regression is no better."""
    if not 0 < y.sum() < len(y):
        return 1.0, 0.0, ()
    lost = {"platt": 0.0, "isotonic": 0.0}
    for fold in np.unique(folds):
        out = folds == fold
        if not 0 < y[~out].sum() < len(y[~out]):
            continue
        slope, shift = platt(odds[~out], y[~out], mass[~out])
        lost["platt"] += log_loss(odds[out] * slope + shift, y[out], mass[out]) * mass[out].sum()
        share = np.clip(np.interp(odds[out], *np.array(isotonic(odds[~out], y[~out], mass[~out])).T), 1e-4, 1 - 1e-4)
        lost["isotonic"] += log_loss(np.log(share / (1 - share)), y[out], mass[out]) * mass[out].sum()
    if len(y) >= ENOUGH and lost["isotonic"] < lost["platt"]:
        return 1.0, 0.0, isotonic(odds, y, mass)
    return *platt(odds, y, mass), ()


def platt(odds: Floats, y: Floats, mass: Floats) -> tuple[float, float]:
    """Slope and shift, the slope kept from turning the order round and from steepening what few errors show."""
    model = LogisticRegression(C=1.0, max_iter=ITERATIONS).fit(odds.reshape(-1, 1), y, sample_weight=mass)
    slope = min(STEEPEST, max(0.0, float(model.coef_[0, 0])))
    shift = float(model.intercept_[0])
    return (slope, shift) if slope == float(model.coef_[0, 0]) else (slope, centred(odds * slope, y, mass))


def centred(odds: Floats, y: Floats, mass: Floats) -> float:
    """The shift that makes the mean probability the share that is right."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        over = float(np.average(1 / (1 + np.exp(-(odds + middle))) - y, weights=mass)) > 0
        low, high = (low, middle) if over else (middle, high)
    return (low + high) / 2


def isotonic(odds: Floats, y: Floats, mass: Floats) -> tuple[tuple[float, float], ...]:
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(odds, y, sample_weight=mass)
    return tuple((float(a), float(b)) for a, b in zip(model.X_thresholds_, model.y_thresholds_, strict=True))


def bounds_of(items: Sequence[Item]) -> Mapping[str, tuple[float, float]]:
    """How little and how much can be told of each kind by so many items of so many sources (rule of succession)."""
    found: dict[str, tuple[float, float]] = {}
    for kind in sorted({item.kind for item in items}):
        of = [item for item in items if item.kind == kind]
        one = 1 / (sum(item.weight for item in of) + 2)
        found[kind] = min(0.4, one), 1 - min(0.4, max(one, STRANGE / (len({item.source for item in of}) + 2)))
    return found

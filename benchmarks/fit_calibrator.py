#!/usr/bin/env python3
"""Annotated reports in; the weights of the calibrator and its card out. Needs scikit-learn, which hedui itself does not.

usage: fit_calibrator.py GOLD_DIR REPORT_DIR [GOLD_DIR REPORT_DIR ...] -o models/calibrator

One logistic model a kind of item, its strength of regularisation chosen and its scale set (Platt) on sources left out one
at a time, and only where that beats the plain share of right ones; the two numbers of the scale are folded into the
weights. The card's figures are those of a second ring of the same: every source is weighed by a model that has seen
nothing of it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from calibration_card import Held, card
from calibration_data import Item, items_of
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from hedui.confidence import SCHEMA, Weights

STRENGTHS = (0.03, 0.1, 0.3, 1.0)
FEW_WRONG, FEW_SOURCES = 10, 3
# signals must save this share of the loss on sources left out, or the plain share stands
GAIN = 0.05
Matrix = NDArray[np.float64]


def constant(right: Sequence[bool]) -> Weights:
    """The share that is right, for kinds with too few errors to learn from."""
    share = (sum(right) + 1) / (len(right) + 2)
    return Weights(bias=math.log(share / (1 - share)), signals={})


def matrix(items: Sequence[Item], names: Sequence[str]) -> Matrix:
    return np.array([[item.signals.get(name, 0.0) for name in names] for item in items], dtype=float)


def learnable(items: Sequence[Item]) -> bool:
    wrong = sum(not item.right for item in items)
    sources = {item.source for item in items if not item.right}
    return min(wrong, len(items) - wrong) >= FEW_WRONG and len(sources) >= FEW_SOURCES


def logistic(x: Matrix, y: Matrix, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000).fit(x, y)


def left_out(x: Matrix, y: Matrix, sources: Sequence[str], strength: float) -> Matrix:
    """The log odds of every row by a model that has not seen its source, by the plain share where `x` has no columns."""
    told = np.zeros(len(y))
    for source in sorted(set(sources)):
        out = np.array([s == source for s in sources])
        seen = y[~out]
        if x.shape[1] and 0 < seen.sum() < len(seen):
            told[out] = logistic(x[~out], seen, strength).decision_function(x[out])
        else:
            share = (seen.sum() + 1) / (len(seen) + 2)
            told[out] = math.log(share / (1 - share))
    return told


def log_loss(odds: Matrix, y: Matrix) -> float:
    return float(np.mean(np.logaddexp(0, -np.where(y > 0, odds, -odds))))


def scale(odds: Matrix, y: Matrix) -> tuple[float, float]:
    """Platt's slope and shift, the slope kept from turning the order round."""
    model = LogisticRegression(C=1.0, max_iter=2000).fit(odds.reshape(-1, 1), y)
    return max(0.0, float(model.coef_[0, 0])), float(model.intercept_[0])


def fit(items: Sequence[Item]) -> Weights:
    """The weights of one kind of item, bounded by what so many items can tell."""
    right = [item.right for item in items]
    bounds = {"low": 1 / (len(items) + 2), "high": 1 - 1 / (len(items) + 2)}
    if not learnable(items):
        return Weights(bias=constant(right).bias, signals={}, **bounds)
    names = sorted({name for item in items for name in item.signals})
    x, y, sources = matrix(items, names), np.array(right, dtype=float), [item.source for item in items]
    losses = {strength: log_loss(left_out(x, y, sources, strength), y) for strength in STRENGTHS}
    best = min(losses, key=lambda strength: losses[strength])
    if losses[best] > (1 - GAIN) * log_loss(left_out(x[:, :0], y, sources, best), y):
        return Weights(bias=constant(right).bias, signals={}, **bounds)
    slope, shift = scale(left_out(x, y, sources, best), y)
    model = logistic(x, y, best)
    weights = {name: float(w) * slope for name, w in zip(names, model.coef_[0], strict=True) if w}
    return Weights(bias=float(model.intercept_[0]) * slope + shift, signals=weights, **bounds)


def held_out(items: Sequence[Item]) -> Held:
    """Every item weighed by weights fitted without its source, beside the plain share of right ones in the others."""
    told, plain, right = [], [], []
    for source in sorted({item.source for item in items}):
        seen = [item for item in items if item.source != source]
        out = [item for item in items if item.source == source]
        weights, share = fit(seen), constant([item.right for item in seen])
        told += [weights.probability(item.signals) for item in out]
        plain += [share.probability({}) for _ in out]
        right += [item.right for item in out]
    return Held(told=told, plain=plain, right=right, sources=len({item.source for item in items}))


def by_kind(items: Sequence[Item]) -> Mapping[str, Sequence[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.kind].append(item)
    return dict(sorted(found.items()))


def weights_json(weights: Mapping[str, Weights]) -> str:
    told = {kind: {"bias": round(w.bias, 5), "low": round(w.low, 5), "high": round(w.high, 5),
                   "signals": {name: round(x, 5) for name, x in sorted(w.signals.items())}} for kind, w in weights.items()}
    return json.dumps({"schema": SCHEMA, "weights": told}, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR REPORT_DIR")
    cli.add_argument("-o", "--out", type=Path, required=True)
    args = cli.parse_args()
    if len(args.folders) % 2:
        cli.error("folders come in pairs: GOLD_DIR REPORT_DIR")
    items = [item for gold, reports in zip(args.folders[::2], args.folders[1::2], strict=True) for item in items_of(gold, reports)]
    kinds = by_kind(items)
    weights = {kind: fit(of) for kind, of in kinds.items()}
    told = card({kind: held_out(of) for kind, of in kinds.items()}, weights, sorted({item.source for item in items}))
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "weights.json").write_text(weights_json(weights), encoding="utf-8")
    (args.out / "card.md").write_text(told, encoding="utf-8")
    print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())

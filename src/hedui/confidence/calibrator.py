"""Weights as JSON -> a Calibrator: signals of one item in, the probability that it is right out, in plain arithmetic.

The shipped weights are fitted on annotated reports (`confidence.fitting`); models/calibrator/card.md says on which, and
how well they hold on reports they have not seen.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hedui.errors import ReadError

__all__ = ["PRIORS", "SCHEMA", "Calibrator", "Weights", "load_calibrator", "shipped_calibrator", "weights_json"]

SCHEMA = "hedui-calibrator/2"
WEIGHTS = "weights.json"
# how often rules are right by kind of item, to the nearest twentieth, where no weights are at hand
PRIORS: Mapping[str, float] = {
    "mention.AMOUNT": 0.95, "mention.RATE": 0.95, "mention.QUANTITY": 0.9, "mention.DATE": 0.95, "mention.DOCNO": 0.95,
    "mention.TITLE": 0.95, "mention.ORG": 0.85, "mention.REGION": 0.85, "indicator.table": 0.9, "indicator.narrative": 0.6,
    "fund": 0.8, "document": 0.9, "score": 0.9, "check.conflict": 0.7, "check.holds": 0.6,
    "record.indicator": 0.7, "record.fund": 0.8, "record.document": 0.9, "record.score": 0.9,
}
EVEN, MOST = 0.5, 30.0
DIGITS = 5
Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """A logistic model of one kind of item: the log odds are `bias` and each signal times its weight (a signal without one
    counts nothing). `knots`, where there are any, lead from these log odds to a share by straight lines (isotonic
    regression), else the logistic curve does. The share is laid between `low` and `high`, as far as the annotations
    can tell."""

    bias: float
    signals: Mapping[str, float]
    low: float = 0.0
    high: float = 1.0
    knots: Knots = ()

    def odds(self, signals: Mapping[str, float]) -> float:
        return self.bias + sum(self.signals.get(name, 0.0) * value for name, value in signals.items() if value)

    def probability(self, signals: Mapping[str, float]) -> float:
        odds = self.odds(signals)
        share = between(self.knots, odds) if self.knots else 1.0 / (1.0 + math.exp(-max(-MOST, min(MOST, odds))))
        return self.low + (self.high - self.low) * share


def between(knots: Knots, at: float) -> float:
    """The height at `at` of the line through `knots`, level beyond its ends.

    >>> between(((0.0, 0.2), (2.0, 0.6)), 1.0), between(((0.0, 0.2), (2.0, 0.6)), 9.0)
    (0.4, 0.6)
    """
    after = bisect_right(knots, (at, MOST))
    if after == 0 or after == len(knots):
        return knots[max(0, after - 1)][1]
    (x0, y0), (x1, y1) = knots[after - 1:after + 1]
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibrator:
    """Weights by kind of item; kinds without weights have their prior."""

    weights: Mapping[str, Weights] = field(default_factory=dict)

    def probability(self, kind: str, signals: Mapping[str, float]) -> float:
        """The probability that an item of `kind` with these signals is right.

        >>> Calibrator().probability("fund", {})
        0.8
        """
        weights = self.weights.get(kind)
        return PRIORS.get(kind, EVEN) if weights is None else weights.probability(signals)

    def knows(self, kind: str, signal: str) -> bool:
        """Whether `signal` was among what the weights of `kind` were fitted on."""
        weights = self.weights.get(kind)
        return weights is not None and signal in weights.signals


def weights_json(weights: Mapping[str, Weights]) -> str:
    """The weights as `load_calibrator` reads them; the same weights give the same bytes."""
    told = {kind: {"bias": round(w.bias, DIGITS), "low": round(w.low, DIGITS), "high": round(w.high, DIGITS),
                   "signals": {name: round(x, DIGITS) for name, x in sorted(w.signals.items())},
                   "knots": [[round(x, DIGITS), round(y, DIGITS)] for x, y in w.knots]} for kind, w in sorted(weights.items())}
    return json.dumps({"schema": SCHEMA, "weights": told}, ensure_ascii=False, indent=1) + "\n"


def weights_of(held: Mapping[str, Any]) -> Weights:
    return Weights(bias=float(held["bias"]), signals={key: float(x) for key, x in held["signals"].items()}, low=float(held["low"]),
                   high=float(held["high"]), knots=tuple(sorted((float(x), float(y)) for x, y in held["knots"])))


def calibrator_of(text: str, name: str) -> Calibrator:
    try:
        held = json.loads(text)
        if held["schema"] != SCHEMA:
            raise ReadError(name, f"应为 {SCHEMA} · expected schema {SCHEMA}, found {held['schema']!r}")
        return Calibrator(weights={kind: weights_of(w) for kind, w in held["weights"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(name, f"不是校准权重 · not the weights of a calibrator ({error!r})") from error


def load_calibrator(path: Path | str) -> Calibrator:
    """The calibrator whose weights lie at `path`; ReadError where they do not."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise ReadError(Path(path).name, f"读不出 · cannot be read ({error})") from error
    return calibrator_of(text, Path(path).name)


@lru_cache(maxsize=1)
def shipped_calibrator() -> Calibrator:
    """The calibrator that comes with hedui; priors alone where its weights are not installed."""
    place = files("hedui.models").joinpath("calibrator", WEIGHTS)
    return calibrator_of(place.read_text(encoding="utf-8"), WEIGHTS) if place.is_file() else Calibrator()

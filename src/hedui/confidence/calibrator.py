"""Weights as JSON -> a Calibrator: signals of one item in, the probability that it is right out, in plain arithmetic.

The shipped weights are fitted on annotated reports by benchmarks/fit_calibrator.py; models/calibrator/card.md says on
which, and how well they hold on reports they have not seen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from hedui.errors import ReadError

__all__ = ["PRIORS", "SCHEMA", "Calibrator", "Weights", "load_calibrator", "shipped_calibrator"]

SCHEMA = "hedui-calibrator/1"
WEIGHTS = "weights.json"
# how often rules are right by kind of item, to the nearest twentieth, where no weights are at hand
PRIORS: Mapping[str, float] = {
    "mention.AMOUNT": 0.95, "mention.RATE": 0.95, "mention.QUANTITY": 0.9, "mention.DATE": 0.95, "mention.DOCNO": 0.95,
    "mention.TITLE": 0.95, "mention.ORG": 0.85, "mention.REGION": 0.85, "indicator.table": 0.9, "indicator.narrative": 0.6,
    "fund": 0.8, "document": 0.9, "score": 0.9, "check.conflict": 0.7, "check.holds": 0.6,
}
EVEN = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """A logistic model of one kind of item: the log odds are `bias` and each signal times its weight (a signal without
    one counts nothing), and the probability is kept between `low` and `high`, as far as the annotations can tell."""

    bias: float
    signals: Mapping[str, float]
    low: float = 0.0
    high: float = 1.0

    def probability(self, signals: Mapping[str, float]) -> float:
        odds = self.bias + sum(self.signals.get(name, 0.0) * value for name, value in signals.items())
        return min(self.high, max(self.low, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))))


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


def calibrator_of(text: str, name: str) -> Calibrator:
    try:
        held = json.loads(text)
        if held["schema"] != SCHEMA:
            raise ReadError(name, f"应为 {SCHEMA} · expected schema {SCHEMA}, found {held['schema']!r}")
        return Calibrator(weights={
            kind: Weights(bias=float(w["bias"]), signals={key: float(x) for key, x in w["signals"].items()},
                          low=float(w["low"]), high=float(w["high"]))
            for kind, w in held["weights"].items()})
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

"""Two names of indicators in, the signals that they mean one indicator and the probability that they do out.

The weights are fitted on hand-decided pairs (`annotations/linking`), and models/linking/card.md says how well they hold on others.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from hedui.reconcile.agreement.names import set_apart
from hedui.research.linking.indicator_names import Name

__all__ = ["SCHEMA", "Weights", "probability", "shipped_weights", "signals"]

SCHEMA = "hedui-linking/1"
LONG, SLIP_OF = 6, 1
COUNTED = frozenset("0123456789一二三四五六七八九十两首")
# what the same content measured otherwise may still be: 人才培养 told in per cent and 人才培养合格率; never a count and a rate
OPEN = frozenset({frozenset({"", "rate"}), frozenset({"", "state"}), frozenset({"", "count"}), frozenset({"", "time"}), frozenset({"", "money"}),
                  frozenset({"", "growth"}), frozenset({"", "fall"}), frozenset({"", "satisfied"}), frozenset({"state", "growth"})})


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """A logistic model: log odds are `bias` and each signal times its weight; `threshold` is the probability from which names are linked."""

    bias: float
    signals: Mapping[str, float]
    threshold: float


@cache
def shipped_weights() -> Weights:
    """The weights of models/linking. ValueError where the file is of another form."""
    held = json.loads((files("hedui.models") / "linking" / "weights.json").read_text(encoding="utf-8"))
    if held["schema"] != SCHEMA:
        raise ValueError(f"models/linking/weights.json: {held['schema']}, expected {SCHEMA}")
    return Weights(bias=held["bias"], signals=held["signals"], threshold=held["threshold"])


def probability(a: Name, b: Name, *, weights: Weights | None = None) -> float:
    """The probability that two names mean one indicator."""
    model = weights or shipped_weights()
    odds = model.bias + sum(model.signals.get(name, 0.0) * value for name, value in signals(a, b).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def signals(a: Name, b: Name) -> dict[str, float]:
    """What speaks for and against two names meaning one indicator, each in 0 to 1 or a count of characters by its logarithm.

    `left_one` and `left_both` are the content characters that only one name has and that each has beyond the other's.
    """
    letters_a, letters_b = Counter(a.content), Counter(b.content)
    only_a, only_b = letters_a - letters_b, letters_b - letters_a
    short, long = sorted((only_a.total(), only_b.total()))
    size = min(len(a.content), len(b.content))
    kinds = frozenset({a.kind, b.kind})
    apart = set_apart(a.plain, b.plain) or counted_otherwise(only_a, only_b)
    slip = not apart and short == long == SLIP_OF and size >= LONG and OSA.distance(a.content, b.content, score_cutoff=1) == 1
    return {
        "like": ratio(a.content, b.content) / 100,
        "like_plain": ratio(a.plain, b.plain) / 100,
        "pairs": dice(a.content, b.content),
        "same_letters": float(short == long == 0),
        "left_one": math.log1p(long) if short == 0 else 0.0,
        "left_both": math.log1p(short),
        "left_share": long / max(1, size + long),
        "weak": float(short == long == 0 and a.weak != b.weak),
        "slip": float(slip),
        "inside": float(short == 0 < long and (a.content in b.content or b.content in a.content)),
        "apart": float(apart),
        "measured_otherwise": float(len(kinds) == 2 and kinds not in OPEN),
        "measure_untold": float(len(kinds) == 2 and kinds in OPEN),
        "scope": float(a.scope != b.scope),
        "short": 1 / max(1, size),
    }


def counted_otherwise(only_a: Counter[str], only_b: Counter[str]) -> bool:
    return not COUNTED.isdisjoint(only_a) or not COUNTED.isdisjoint(only_b)


def dice(a: str, b: str) -> float:
    pairs_a, pairs_b = ({text[i:i + 2] for i in range(len(text) - 1)} for text in (a, b))
    return 2 * len(pairs_a & pairs_b) / max(1, len(pairs_a) + len(pairs_b))

"""Weights of traits -> how probable each name of a value is, and that the value is that of no indicator: a conditional logit.

Small enough to be read and weighed in plain Python; `hedui.training.ranking` fits it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hedui.errors import ReadError

__all__ = ["SCHEMA", "Ranker", "load_ranker"]

SCHEMA = "hedui-ranker/1"
DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranker:
    """The weight of every trait; one that is not there weighs nothing."""

    weights: Mapping[str, float] = field(default_factory=dict)

    def chances(self, choices: Iterable[Sequence[tuple[str, ...]]]) -> list[float]:
        """How probable each choice of a slot is, by its traits; a group of traits that choices share is weighed once.

        >>> Ranker(weights={"good": math.log(3)}).chances([[("good", "unknown")], []])
        [0.75, 0.25]
        """
        held: dict[tuple[str, ...], float] = {}
        scores = []
        for groups in choices:
            score = 0.0
            for traits in groups:
                weight = held.get(traits)
                if weight is None:
                    weight = held[traits] = sum(map(self.weight, traits))
                score += weight
            scores.append(score)
        highest = max(scores)
        parts = [math.exp(score - highest) for score in scores]
        total = math.fsum(parts)
        return [round(part / total, 12) for part in parts]

    def weight(self, trait: str) -> float:
        return self.weights.get(trait, 0.0)

    def save(self, path: Path) -> None:
        """Writes the weights as JSON, in the order of their traits."""
        held = {trait: round(weight, DIGITS) for trait, weight in sorted(self.weights.items())}
        path.write_text(json.dumps({"schema": SCHEMA, "weights": held}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8", newline="\n")


def load_ranker(path: Path) -> Ranker:
    """The ranker at `path`; ReadError where it is none."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["schema"] != SCHEMA:
            raise ReadError(path.name, f"应为 {SCHEMA} · expected schema {SCHEMA}, found {held['schema']!r}")
        weights = {str(trait): float(weight) for trait, weight in held["weights"].items()}
    except OSError as error:
        raise ReadError(path.name, f"读不出，请重新安装或重新训练 · cannot be read, install or train anew ({error})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(path.name, f"不是排名权重，请重新训练 · not the weights of a ranker, train anew ({error!r})") from error
    if not all(map(math.isfinite, weights.values())):
        raise ReadError(path.name, "权重不是有限的数，请重新训练 · a weight is no finite number, train anew")
    return Ranker(weights=weights)

"""Hand-decided items of a theme in (`annotations/mining`), and how well its findings agree with them out: precision, recall, F1, by type and
with intervals, and how well two passes of deciding agree."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from hedui.research.mining.carried_text import carried_type
from hedui.research.mining.set_phrases import set_phrase

__all__ = ["Agreement", "Decided", "agreement", "decided", "kappa", "of_carried", "of_set_phrase", "read_decided"]

NONE, ROUNDS, SEED, THRESHOLD = "none", 1000, 8, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """One item: what was decided (`wanted`, "none" for nothing), by a second pass (`again`, "" where there was none), and what was `found`."""

    id: str
    split: str
    source: str
    wanted: str
    again: str
    found: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Over items: a type found that was wanted is right. `interval` is the 95 % interval of `f1` by the percentile bootstrap over items (Efron
    and Tibshirani 1993, ch. 13), `macro_f1` the mean over types."""

    items: int
    right: int
    wrong: int
    missed: int
    macro_f1: float
    interval: tuple[float, float]

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        return f1(self.right, self.wrong, self.missed)


def read_decided(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of items, .tsv or .jsonl."""
    with path.open(encoding="utf-8", newline="") as lines:
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in lines]
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def decided(row: Mapping[str, Any], found: frozenset[str]) -> Decided:
    """A row of a file of items with what was found."""
    return Decided(id=row["id"], split=row["split"], source=row["source"], wanted=row["type"], again=row.get("again") or "", found=found)


def of_set_phrase(row: Mapping[str, Any]) -> Decided:
    """An item of boilerplate, judged by its wording alone."""
    phrase = set_phrase(row["text"])
    return decided(row, frozenset({phrase.type}) if phrase and phrase.score >= THRESHOLD else frozenset())


def of_carried(row: Mapping[str, Any]) -> Decided:
    """An item of carried text."""
    found = carried_type(row["earlier"], row["later"], int(row["earlier_year"]), int(row["later_year"]))
    return decided(row, frozenset({found.type}) if found else frozenset())


def counts(items: Sequence[Decided], kind: str | None = None) -> tuple[int, int, int]:
    right = wrong = missed = 0
    for item in items:
        wanted = {item.wanted} - {NONE}
        found = item.found
        if kind is not None:
            wanted, found = wanted & {kind}, found & {kind}
        right += len(wanted & found)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    return right, wrong, missed


def f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 0.0


def agreement(items: Sequence[Decided], *, rounds: int = ROUNDS) -> Agreement:
    """How well what was found agrees with what was decided."""
    kinds = Counter(item.wanted for item in items if item.wanted != NONE)
    chance = random.Random(SEED)
    drawn = sorted(f1(*counts(chance.choices(items, k=len(items)))) for _ in range(rounds))
    edge = int(rounds * 0.025)
    right, wrong, missed = counts(items)
    return Agreement(items=len(items), right=right, wrong=wrong, missed=missed, macro_f1=mean(f1(*counts(items, kind)) for kind in kinds),
                     interval=(drawn[edge], drawn[-edge - 1]))


def kappa(items: Sequence[Decided]) -> tuple[int, float]:
    """How many items were decided twice, and Cohen's kappa of the two passes (Cohen 1960)."""
    twice = [(item.wanted, item.again) for item in items if item.again]
    same = sum(a == b for a, b in twice) / len(twice)
    first, second = Counter(a for a, _ in twice), Counter(b for _, b in twice)
    by_chance = sum(first[kind] * second[kind] for kind in first) / len(twice) ** 2
    return len(twice), (same - by_chance) / (1 - by_chance)

"""Hand-decided items of a theme in (`annotations/mining`), and how well its findings agree with them out: precision, recall, F1, by type and
with intervals, and how well two passes of deciding agree."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hedui.research.mining.carried_text import carried_type
from hedui.research.mining.gold import ROUNDS, Marked, Pair, Score, interval, macro_f1, score
from hedui.research.mining.set_phrases import set_phrase

__all__ = ["Agreement", "Decided", "agreement", "decided", "kappa", "of_carried", "of_set_phrase", "read_decided"]

NONE, THRESHOLD, WHOLE = "none", 0.5, (0, 1)


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
class Agreement(Score):
    """Over items: a type found that was wanted is right. `interval` is the 95 % interval of `f1`, `macro_f1` the mean over types."""

    items: int
    macro_f1: float
    interval: tuple[float, float]


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


def pair_of(item: Decided) -> Pair:
    return marks_of({item.wanted} - {NONE}), marks_of(item.found)


def marks_of(kinds: Set[str]) -> list[Marked]:
    return [Marked(type=kind, span=WHOLE) for kind in sorted(kinds)]


def agreement(items: Sequence[Decided], *, rounds: int = ROUNDS) -> Agreement:
    """How well what was found agrees with what was decided."""
    pairs = [pair_of(item) for item in items]
    told = score(pairs, typed=True)
    return Agreement(items=len(items), right=told.right, wrong=told.wrong, missed=told.missed, macro_f1=macro_f1(pairs),
                     interval=interval(pairs, lambda drawn: score(drawn, typed=True).f1, rounds=rounds))


def kappa(items: Sequence[Decided]) -> tuple[int, float]:
    """How many items were decided twice, and Cohen's kappa of the two passes (Cohen 1960)."""
    twice = [(item.wanted, item.again) for item in items if item.again]
    same = sum(a == b for a, b in twice) / len(twice)
    first, second = Counter(a for a, _ in twice), Counter(b for _, b in twice)
    by_chance = sum(first[kind] * second[kind] for kind in first) / len(twice) ** 2
    return len(twice), (same - by_chance) / (1 - by_chance)

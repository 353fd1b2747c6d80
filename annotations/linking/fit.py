"""Fits the weights by which names of indicators are linked, on the pairs of `indicators.tsv` for training and on names made from word lists.

    python annotations/linking/fit.py

Writes models/linking/weights.json and metrics.json. Made names: a thing and what is done to it, worded as tables and as prose do (same), and
with another thing or another deed (other); they count a sixteenth of a pair decided by hand.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from hedui.lexicons import rows
from hedui.research.linking.indicator_names import name_of
from hedui.research.linking.indicator_pairs import SCHEMA, signals

ROOT = Path(__file__).parents[2]
HAND, MADE, SEED, OTHERS = 4.0, 0.25, 20261123, 3
LONG = 8
ELSE = (("率", "%"), ("占比", "%"), ("增长率", "%"), ("满意度", "%"), ("完成时间", ""), ("下降率", "%"), ("成本", "元"), ("金额", "万元"))
Pair = tuple[str, str, str, str, bool]


def decided(use: str) -> list[Pair]:
    """The hand-decided pairs of one use."""
    lines = (Path(__file__).parent / "indicators.tsv").read_text(encoding="utf-8").splitlines()
    told = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(a, unit_a, b, unit_b, says == "same") for kept, a, unit_a, b, unit_b, says in told if kept == use]


def made() -> list[Pair]:
    """Pairs of made names."""
    rng = random.Random(SEED)
    things = [(verb.rstrip("*"), thing, unit, counted) for _, verb, thing, unit, _, _, counted, *_ in rows("things", "hedui.synth.words")]
    alike = {row[0]: row[1] for row in rows("lookalikes", "hedui.synth.words")}
    rates = [(row[0], row[1]) for row in rows("rates", "hedui.synth.words")]
    found: list[Pair] = []
    for verb, thing, unit, counted in things:
        told = verb + thing
        for other in (thing + verb, f"{thing}{verb}{counted}", f"{told}{counted}", f"{told}({unit})", f"全县{told}"):
            found.append((told, unit, other, unit, True))
        if len(told) >= LONG and (slipped := slip(told + counted, alike)):
            found.append((told + counted, unit, slipped, unit, True))
        for deed, matter, measure, _ in rng.sample(things, OTHERS):
            found.append((told, unit, deed + thing if deed != verb else deed + matter, measure, deed == verb and matter == thing))
            found.append((told, unit, verb + matter, measure, matter == thing))
        found.append((f"{told}{counted}", unit, f"{thing}{verb}合格率", "%", False))
        for ending, measure in rng.sample(ELSE, OTHERS):
            found.append((told, unit, told + ending, measure, False))
            found.append((f"{told}{counted}", unit, thing + verb + ending, measure, False))
        found.append((told, unit, f"{thing}{verb}人均成本", "元", False))
    for n, (sector, name) in enumerate(rates):
        for other in (f"{name}(%)", f"全市{name}", f"{name[:-1]}比例" if name.endswith("率") else f"{name}情况"):
            found.append((name, "%", other, "%", True))
        if len(name) >= LONG and (slipped := slip(name, alike)):
            found.append((name, "%", slipped, "%", True))
        for near, another in rates[max(0, n - OTHERS):n]:
            if near == sector:
                found.append((name, "%", another, "%", False))
    return found


def slip(name: str, alike: dict[str, str]) -> str:
    """The name with the first character that has one like it exchanged; "" where none has."""
    at = next((n for n, letter in enumerate(name) if letter in alike), None)
    return "" if at is None else name[:at] + alike[name[at]] + name[at + 1:]


def table(pairs: list[Pair]) -> tuple[list[dict[str, float]], Any]:
    return [signals(name_of(a, ua), name_of(b, ub)) for a, ua, b, ub, _ in pairs], np.array([same for *_, same in pairs])


def best_threshold(odds: Any, same: Any) -> float:
    """The probability from which the F1 of hand-decided pairs for training is highest, the middle of the stretch where it is."""
    share = 1 / (1 + np.exp(-odds))
    tried = np.arange(0.30, 0.90, 0.01)
    scored = [f1_of(share >= one, same)[2] for one in tried]
    best = [one for one, f1 in zip(tried, scored, strict=True) if f1 >= max(scored) - 1e-9]
    return round(float(best[len(best) // 2]), 2)


def f1_of(linked: Any, same: Any) -> tuple[float, float, float]:
    right = int((linked & same).sum())
    precision, recall = right / max(1, int(linked.sum())), right / max(1, int(same.sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    hand, invented = decided("train"), made()
    held, same = table(hand + invented)
    names = sorted(held[0])
    matrix = np.array([[row[name] for name in names] for row in held])
    weight = np.array([HAND] * len(hand) + [MADE] * len(invented))
    model = LogisticRegression(C=1.0, max_iter=2000).fit(matrix, same, sample_weight=weight)
    odds = matrix @ model.coef_[0] + model.intercept_[0]
    threshold = best_threshold(odds[:len(hand)], same[:len(hand)])
    test, truth = table(decided("test"))
    share = 1 / (1 + np.exp(-(np.array([[row[name] for name in names] for row in test]) @ model.coef_[0] + model.intercept_[0])))
    precision, recall, f1 = f1_of(share >= threshold, truth)
    folder = ROOT / "models" / "linking"
    folder.mkdir(exist_ok=True)
    put(folder / "weights.json", {"schema": SCHEMA, "bias": round(float(model.intercept_[0]), 5), "threshold": threshold,
                                  "signals": {name: round(float(one), 5) for name, one in zip(names, model.coef_[0], strict=True)}})
    put(folder / "metrics.json", {"train_pairs": len(hand), "made_pairs": len(invented), "test_pairs": len(truth), "test_same": int(truth.sum()),
                                  "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)})
    print(f"train {len(hand)} + {len(invented)} made, threshold {threshold}; test {len(truth)}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


def put(path: Path, held: dict[str, Any]) -> None:
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

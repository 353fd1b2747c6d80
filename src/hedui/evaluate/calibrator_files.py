"""Items of annotated reports -> a calibrator's folder: weights.json, metrics.json, card.md and pictures. Needs scikit-learn."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hedui.confidence import Item, weights_json
from hedui.confidence.fitting import fit, held_out
from hedui.evaluate.calibration_card import calibration_card, calibration_metrics
from hedui.evaluate.pictures import write_pictures
from hedui.evaluate.reliability import Judged, reliabilities

__all__ = ["judged_items", "write_calibrator"]

SHIFTS = ("province", "year")


def judged_items(items: Sequence[Item], told: Sequence[float]) -> list[Judged]:
    return [Judged(source=item.source, kind=item.kind, told=p, right=item.right, groups=item.groups)
            for item, p in zip(items, told, strict=True)]


def shifted(items: Sequence[Item]) -> Mapping[str, Sequence[Judged]]:
    """All items as they came in, weighed without any report of their province (`province left out`), of their year. A group
    that holds every source is none."""
    found: dict[str, Sequence[Judged]] = {}
    for by in SHIFTS:
        if len({item.groups.get(by, item.source) for item in items}) > 1:
            judged = judged_items(items, held_out(items, by=by))
            found[f"{by} left out"] = [one for one in judged if one.groups.get("form", "text") == "text"]
    return found


def write_calibrator(items: Sequence[Item], out: Path) -> dict[str, Any]:
    """Fits `items` and writes the folder; what metrics.json says. Only items of weight 1 are measured on, so that made reports
    may help in fitting and never flatter a figure. ValueError where the items are of fewer than three sources."""
    if len({item.source for item in items}) < 3:
        raise ValueError("items of at least three sources are wanted")
    weights = fit(items)
    judged = [one for one, item in zip(judged_items(items, held_out(items)), items, strict=True) if item.weight == 1.0]
    metrics = calibration_metrics(judged, shifted([item for item in items if item.weight == 1.0]), weights)
    out.mkdir(parents=True, exist_ok=True)
    (out / "weights.json").write_text(weights_json(weights), encoding="utf-8")
    (out / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "card.md").write_text(calibration_card(metrics), encoding="utf-8")
    plain = [one for one in judged if one.groups.get("form", "text") == "text"]
    told = {name: r for name, r in reliabilities(plain).items() if "@" not in name}
    by_form = {name: r for name, r in reliabilities(judged).items() if "@form=" in name}
    write_pictures({**told, **by_form}, out)
    return metrics

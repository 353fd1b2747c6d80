"""Items read in reports left out -> calibrators that have not seen them, the probabilities they tell, and how far these hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hedui.confidence import Calibrator, Item, family_of
from hedui.confidence.fitting import apply, fit
from hedui.evaluate import brier, calibration_error, coverage
from hedui.training.sources import Fold

__all__ = ["calibration_figures", "left_out", "load_items", "save_items", "shift_figures"]

DIGITS = 4
PRECISION = 0.99


def save_items(path: Path, items: Sequence[Item]) -> None:
    """One item a line."""
    path.write_text("".join(json.dumps(asdict(item), ensure_ascii=False, sort_keys=True) + "\n" for item in items), encoding="utf-8")


def load_items(path: Path) -> list[Item]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        found.append(Item(**{**held, "parts": tuple(held["parts"]), "disputes": tuple(held["disputes"])}))
    return found


def left_out(items: Sequence[Item], folds: Sequence[Fold]) -> list[float]:
    """The probability of each item by weights fitted without the sources that are left out with its own."""
    told: dict[int, float] = {}
    for fold in folds:
        out = set(fold.out)
        at = [i for i, item in enumerate(items) if item.source in out]
        if at:
            told |= dict(zip(at, weighed([items[i] for i in at], [item for item in items if item.source not in out]), strict=True))
    return [told[i] for i in range(len(items))]


def weighed(items: Sequence[Item], seen: Sequence[Item]) -> list[float]:
    """`items` by weights fitted on `seen`; by priors where `seen` are too few to fit any."""
    if len({item.source for item in seen}) < 2:
        return [Calibrator().probability(item.kind, item.signals) for item in items]
    return apply(items, fit(seen))


def calibration_figures(items: Sequence[Item], told: Sequence[float]) -> dict[str, Any]:
    """By kind, by family and over all: count, share right, ECE over bins of equal mass, Brier score, coverage at 99 %."""
    groups: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        for name in (item.kind, f"all {family_of(item.kind)}s", "all"):
            groups.setdefault(name, []).append(at)
    return {name: figures([told[i] for i in at], [items[i].right for i in at], len({items[i].source for i in at}))
            for name, at in sorted(groups.items())}


def figures(told: Sequence[float], right: Sequence[bool], sources: int) -> dict[str, Any]:
    share, low = coverage(told, right, precision=PRECISION)
    return {"items": len(right), "sources": sources, "right": round(sum(right) / len(right), DIGITS),
            "ece": round(calibration_error(told, right), DIGITS), "brier": round(brier(told, right), DIGITS),
            "coverage": round(share, DIGITS), "low": round(low, DIGITS)}


def shift_figures(items: Sequence[Item], of: str, groups: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The same over all items when each of `groups` (sources of one province, of one year) is weighed by what was fitted on
    the others alone: how far probabilities hold where the next report is from elsewhere."""
    folds = [Fold(name=f"{of} {name}", out=tuple(sources)) for name, sources in groups.items()]
    once: dict[int, float] = {}
    for fold in folds:
        at = [i for i, item in enumerate(items) if item.source in fold.out and i not in once]
        if at:
            seen = [item for item in items if item.source not in fold.out]
            once |= dict(zip(at, weighed([items[i] for i in at], seen), strict=True))
    kept = sorted(once)
    told = calibration_figures([items[i] for i in kept], [once[i] for i in kept]) if kept else {}
    return {"groups": len(folds), "figures": {name: one for name, one in told.items() if name.startswith("all")}}

"""Items read in reports left out -> calibrators that have not seen them, the probabilities they tell, and how far these hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hedui.confidence import Calibrator, Item
from hedui.confidence.fitting import apply, fit
from hedui.evaluate.reliability import FAMILIES, Judged, Reliability, reliabilities
from hedui.training.sources import Fold

__all__ = ["Weighing", "left_out", "load_items", "reliabilities_of", "save_items", "shifted", "weighed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighing:
    """`items` to be weighed by what is fitted on `seen`."""

    items: tuple[Item, ...]
    seen: tuple[Item, ...]


Side = Callable[[Callable[[Weighing], list[float]], Sequence[Weighing]], list[list[float]]]


def save_items(path: Path, items: Sequence[Item]) -> None:
    """One item a line."""
    path.write_text("".join(json.dumps(asdict(item), ensure_ascii=False, sort_keys=True) + "\n" for item in items), encoding="utf-8")


def load_items(path: Path) -> list[Item]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        found.append(Item(**{**held, "parts": tuple(held["parts"]), "disputes": tuple(held["disputes"])}))
    return found


def weighed(job: Weighing) -> list[float]:
    """The probability of each of `items`; by priors where what was seen is of too few sources to fit any."""
    if len({item.source for item in job.seen}) < 2:
        return [Calibrator().probability(item.kind, item.signals) for item in job.items]
    return apply(job.items, fit(job.seen))


def left_out(items: Sequence[Item], folds: Sequence[Fold], side: Side) -> list[tuple[Item, float]]:
    """Each item with its probability by weights fitted without the sources that are left out with its own; what stands in
    several folds is told once. `side` does the work of every fold."""
    known: set[str] = set()
    jobs = []
    for fold in folds:
        out = set(fold.out)
        of = tuple(item for item in items if item.source in out - known)
        known |= out
        if of:
            jobs.append(Weighing(items=of, seen=tuple(item for item in items if item.source not in out)))
    return [pair for job, told in zip(jobs, side(weighed, jobs), strict=True) for pair in zip(job.items, told, strict=True)]


def reliabilities_of(told: Sequence[tuple[Item, float]]) -> dict[str, Reliability]:
    """By family and kind of item, how far probabilities hold."""
    return reliabilities(Judged(source=item.source, kind=item.kind, told=p, right=item.right) for item, p in told)


def shifted(items: Sequence[Item], groups: Mapping[str, Mapping[str, Sequence[str]]], side: Side) -> dict[str, Reliability]:
    """By family (`record@province left out`), how far probabilities hold of reports of a province, a year that were weighed
    by what was fitted on the others alone. `groups` are the sources by what they share."""
    found: dict[str, Reliability] = {}
    for of, sources in groups.items():
        folds = [Fold(name=name, out=tuple(out)) for name, out in sources.items()]
        if len(folds) > 1:
            told = reliabilities_of(left_out(items, folds, side))
            found |= {f"{family}@{of} left out": told[family] for family in FAMILIES if family in told}
    return found

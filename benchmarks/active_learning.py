#!/usr/bin/env python3
"""Annotated reports in; learning curves of a simulated annotator out: how many corrections lead to which F1, in which order.

usage: active_learning.py [--made 20] [--seeds 5] [--records | --names] [-o PICTURE.png]

The annotator knows the annotations: a record that is wrong is put right where they tell what it ought to say, else rejected; every record
that is looked at counts as one correction, a right one too. Reports are those that few rules were written to (annotations/unseen, /fresh)
and made ones of a seed that nothing was fitted on; each seed draws three quarters of them. What knows least of them weighs them first: a
calibrator fitted on annotations/gold alone.

records   the F1 of records as corrected, in random order, in the order of the queue as it was laid out, and in that order with the
          calibrator fitted anew on the corrections after every round. What nothing was read of stays missed in every order.
names     the F1, on reports left out, of a learner that starts from nothing (the ranker of names, `hedui.training.ranking`), when whole
          reports are corrected: at random, or by its own doubt × distance to what it knows (`hedui.review.choosing`).

Given for each: the F1 of random order after a share of the corrections, and the share of these corrections that the other order needs.
Intervals are 95 % of Student's t over the seeds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from active_learning_pool import Pooled, Seen, made_pool, pool_of
from numpy.typing import NDArray

from hedui.confidence import Item
from hedui.confidence.fitting import apply, fit
from hedui.review.choosing import farthest_first, vectors, worth
from hedui.review.routing import doubt_of
from hedui.training.ranking import fit_ranker

Floats = NDArray[np.float64]
ROOT = Path(__file__).parents[1] / "annotations"
MADE_SEED, ROUND, REPORTS, DRAWN, HELD = 770001, 300, 2, 0.75, 10
# not the seeds on which the weight of a report was chosen
NAMES_SEED = 3000
# behind this share of the records nothing new is fitted: next to all that is wrong was found
FITTED = 0.5
SHARES = (0.1, 0.25, 0.5, 0.75, 0.8, 0.9)
T95 = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 8: 2.365, 10: 2.262}


def fitted_on(pool: Sequence[Pooled]) -> list[Item]:
    """All but the mentions, which no record is judged by."""
    return [item for one in pool for item in one.items if not item.kind.startswith("mention")]


def f1_after(records: Sequence[Seen], missing: int, order: Sequence[int]) -> Floats:
    """The F1 of the records before any and after each correction."""
    right, wrong = sum(one.right for one in records), sum(not one.right for one in records)
    lost = missing + sum(one.fixable for one in records)
    told = [2 * right / (2 * right + wrong + lost)]
    for at in order:
        if not records[at].right:
            wrong, right, lost = wrong - 1, right + records[at].fixable, lost - records[at].fixable
        told.append(2 * right / (2 * right + wrong + lost))
    return np.array(told)


class Annotator:
    """The records of a pool, weighed by what was fitted on `start` and on what was corrected."""

    def __init__(self, pool: Sequence[Pooled], start: Sequence[Item]) -> None:
        self.items, self.start = fitted_on(pool), start
        self.records = [one for report in pool for one in report.records]
        self.missing = sum(one.missing for one in pool)

    def weights(self, corrected: Sequence[int]) -> Floats:
        """What each record weighs in the queue: doubt × consequence."""
        known = {name for at in corrected for of in [self.records[at].item] for name in (of.id, *of.parts, *of.disputes)}
        told = dict(zip([item.id for item in self.items], apply(self.items, fit([*self.start, *(i for i in self.items if i.id in known)])),
                        strict=True))
        return np.array([doubt_of(told[one.item.id]) * one.worth for one in self.records])

    def queue(self, *, learning: bool) -> list[int]:
        weights, order, left = self.weights(()), list[int](), set(range(len(self.records)))
        while left:
            if learning and order and len(order) < FITTED * len(self.records):
                weights = self.weights(order)
            order += sorted(left, key=lambda at: (-weights[at], at))[:ROUND]
            left -= set(order)
        return order

    def curve(self, order: Sequence[int]) -> Floats:
        return f1_after(self.records, self.missing, order)


def record_curves(pool: Sequence[Pooled], start: Sequence[Item], seeds: int) -> Mapping[str, list[Floats]]:
    found: dict[str, list[Floats]] = {"random": [], "queue": [], "queue, learning": []}
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        one = Annotator([pool[at] for at in rng.permutation(len(pool))[:round(DRAWN * len(pool))]], start)
        found["random"].append(one.curve([int(at) for at in rng.permutation(len(one.records))]))
        found["queue"].append(one.curve(one.queue(learning=False)))
        found["queue, learning"].append(one.curve(one.queue(learning=True)))
    return found


def name_curves(pool: Sequence[Pooled], seeds: int) -> Mapping[str, list[Floats]]:
    """The F1 on reports left out by how many names were corrected, on a grid of shares of all names of the pool."""
    found: dict[str, list[Floats]] = {"random": [], "doubt × distance": []}
    grid = np.linspace(0, 1, 41)
    reports = [one for one in pool if one.cases]
    for seed in range(seeds):
        rng = np.random.default_rng(NAMES_SEED + seed)
        order = rng.permutation(len(reports))
        held, learnt = [reports[at] for at in order[:HELD]], [reports[at] for at in order[HELD:]]
        features = vectors([one.words for one in learnt])
        for name, choose in (("random", at_random), ("doubt × distance", by_doubt)):
            shares, told = learned(learnt, held, features, choose)
            found[name].append(np.interp(grid, shares, told))
    return found


Choose = Callable[[Sequence[Pooled], Floats, list[int], object], list[int]]


def at_random(pool: Sequence[Pooled], _: Floats, known: list[int], __: object) -> list[int]:
    """The next in the order of the pool, which was shuffled."""
    return [at for at in range(len(pool)) if at not in known][:REPORTS]


def by_doubt(pool: Sequence[Pooled], features: Floats, known: list[int], ranker: object) -> list[int]:
    left = [at for at in range(len(pool)) if at not in known]
    expected = np.array([sum(1 - max(chances_of(ranker, case)) for case in pool[at].cases) for at in left])
    weights = worth(expected, np.array([float(len(pool[at].cases)) for at in left]))
    return [left[at] for at, _ in farthest_first(weights, features[left], features[known], REPORTS)]


def chances_of(ranker: object, case: object) -> list[float]:
    choices = case.choices  # type: ignore[attr-defined]
    if ranker is None:
        return [1 / len(choices)] * len(choices)
    told: list[float] = ranker.chances([[traits] for traits in choices])  # type: ignore[attr-defined]
    return told


def learned(pool: Sequence[Pooled], held: Sequence[Pooled], features: Floats, choose: Choose) -> tuple[list[float], list[float]]:
    known: list[int] = []
    total = sum(len(one.cases) for one in pool)
    shares, told, ranker = [0.0], [0.0], None
    while len(known) < len(pool):
        known += choose(pool, features, known, ranker)
        ranker = fit_ranker([case for at in known for case in pool[at].cases])
        shares.append(sum(len(pool[at].cases) for at in known) / total)
        told.append(names_f1(ranker, held))
    return shares, told


def names_f1(ranker: object, held: Sequence[Pooled]) -> float:
    """Of slots left out: the likeliest name is right, or none is and none was wanted."""
    right = said = wanted = 0
    for case in (case for one in held for case in one.cases):
        none, chances = len(case.choices) - 1, chances_of(ranker, case)
        best = int(np.argmax(chances))
        said += best != none
        wanted += none not in case.right
        right += best != none and best in case.right
    return 2 * right / max(1, said + wanted)


def interval(values: Sequence[float]) -> str:
    """The mean and half the width of its 95 % interval."""
    n = len(values)
    half = T95.get(n, 1.96) * float(np.std(values, ddof=1)) / n**0.5 if n > 1 else 0.0
    return f"{np.mean(values):.3f} ± {half:.3f}"


def needed(curve: Floats, goal: float) -> float:
    """The share of all corrections after which a curve first has reached `goal`; 1 where it never does."""
    reached = np.flatnonzero(curve >= goal - 1e-12)
    return float(reached[0]) / (len(curve) - 1) if len(reached) else 1.0


def table(curves: Mapping[str, list[Floats]]) -> list[str]:
    """For every share: the F1 of random order there, and what part of these corrections each other order needs for as much, seed by seed
    against the mean curve of random order of all seeds of that length."""
    lines = []
    for share in SHARES:
        goals = [one[round(share * (len(one) - 1))] for one in curves["random"]]
        parts = [f"{name}: {interval([needed(one, goal) / share for one, goal in zip(of, goals, strict=True)])}"
                 for name, of in curves.items() if name != "random"]
        lines.append(f"{share:4.0%} of the corrections, random order F1 {interval(goals)}; needed for it: {'; '.join(parts)}")
    return lines


def picture(drawn: Sequence[tuple[str, Mapping[str, list[Floats]]]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(drawn), figsize=(5.2 * len(drawn), 3.6), squeeze=False)
    grid = np.linspace(0, 1, 101)
    for axis, (title, curves) in zip(axes[0], drawn, strict=True):
        for (name, of), colour in zip(curves.items(), ("#8a8f98", "#2a6fb0", "#b5482a"), strict=False):
            told = np.array([np.interp(grid, np.linspace(0, 1, len(one)), one) for one in of])
            half = T95.get(len(told), 1.96) * told.std(axis=0, ddof=1) / len(told) ** 0.5
            axis.plot(100 * grid, told.mean(axis=0), label=name, color=colour, linewidth=1.6)
            axis.fill_between(100 * grid, told.mean(axis=0) - half, told.mean(axis=0) + half, color=colour, alpha=0.15, linewidth=0)
        axis.set_title(title, fontsize=10)
        axis.set_xlabel("% corrected")
        axis.set_ylabel("F1")
        axis.legend(fontsize=8, loc="lower right")
        axis.grid(alpha=0.25)
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--made", type=int, default=20)
    cli.add_argument("--seeds", type=int, default=5)
    only = cli.add_mutually_exclusive_group()
    only.add_argument("--records", action="store_true")
    only.add_argument("--names", action="store_true")
    cli.add_argument("-o", "--out", type=Path)
    args = cli.parse_args()
    real = [one for name in ("unseen", "fresh") for one in pool_of(ROOT / name / "gold", ROOT / name / "samples")]
    drawn: list[tuple[str, Mapping[str, list[Floats]]]] = []
    if not args.names:
        pool = [*real, *made_pool(MADE_SEED, args.made)]
        records = [one for report in pool for one in report.records]
        print(f"records: {len(pool)} reports, {len(records)} records, {sum(not r.right for r in records)} wrong, "
              f"{sum(r.fixable for r in records)} of them to be put right, {sum(one.missing for one in pool)} missed")
        drawn.append(("records, as corrected", record_curves(pool, fitted_on(pool_of(ROOT / "gold", ROOT / "samples")), args.seeds)))
        print(*table(drawn[-1][1]), sep="\n")
    if not args.records:
        curves = name_curves(real, args.seeds)
        print(f"names: {sum(len(one.cases) for one in real)} slots of {len(real)} reports, {HELD} left out in turn")
        drawn.append(("names of reports left out, a learner from nothing", curves))
        print(*table(curves), sep="\n")
    if args.out is not None:
        picture(drawn, args.out)


if __name__ == "__main__":
    main()

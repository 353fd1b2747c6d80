"""Two populations of files in, what became otherwise from one to the other out: how far, how surely, and never for one feature alone.

Far: the population stability index of a family of counts, Σ (p − q) ln(p/q), with its customary bounds of 0.1 and 0.25 (Siddiqi 2006,
*Credit Risk Scorecards*, ch. 7). It grows by chance where there are few files (Yurdakul and Naranjo 2020, J. Risk Model Validation 14/4),
and is told only where a test bears it out.

Surely: each feature is a ratio of sums over files, and two of them are held against each other by their linearised variance (Cochran 1977,
*Sampling Techniques*, ch. 6; Deng, Knoblich and Lu 2018, KDD), under the hypothesis that both are one. Among the many features the share of
false alarms is held at ALPHA (Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57:289). Files that both populations hold make the test say less,
never more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hedui.watching.population import FEATURES, Moments, Population
from hedui.watching.profile import AXES

__all__ = ["ALPHA", "FEWEST", "Drift", "Shift", "drift", "false_discovery", "stability"]

ALPHA = 0.05
FEWEST = 30  # files on each side; under that the normal law of the test is not to be trusted
CARRIERS = 10  # files that have a feature at all
NOTABLE = 0.1  # of itself: what is less is true, and of no matter
MODERATE, LARGE = 0.1, 0.25


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """A feature then and now, as ratios; `p` of the test, `q` the smallest rate of false alarms at which it is told, `notable` whether it is
    told: q at most ALPHA and changed by a tenth of itself or more."""

    name: str
    before: float
    now: float
    p: float
    q: float
    notable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Drift:
    """What became otherwise: features (the surest first) and the stability index of each family, `few` where there were too few files to tell."""

    before: int
    now: int
    few: bool
    shifts: tuple[Shift, ...] = ()
    stability: tuple[tuple[str, float], ...] = ()

    @property
    def notable(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.notable)


def stability(before: Sequence[int], now: Sequence[int]) -> float:
    """The population stability index of two rows of counts, each count raised by a half so that none is nought; 0 where one is all nought.

    >>> round(stability([50, 50], [50, 50]), 3), round(stability([60, 40], [40, 60]), 3)
    (0.0, 0.159)
    """
    if not any(before) or not any(now):
        return 0.0
    held = [(a, b) for a, b in zip(before, now, strict=True) if a or b]
    sum_a, sum_b = (sum(pair[side] + 0.5 for pair in held) for side in (0, 1))
    shares = [((a + 0.5) / sum_a, (b + 0.5) / sum_b) for a, b in held]
    return sum((b - a) * math.log(b / a) for a, b in shares)


def false_discovery(chances: Sequence[float]) -> list[float]:
    """The q of each p (Benjamini and Hochberg 1995): the smallest rate of false discoveries at which it is one.

    >>> false_discovery([0.01, 0.04, 0.03, 0.8])
    [0.04, 0.05333333333333334, 0.05333333333333334, 0.8]
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    found, least = [0.0] * len(chances), 1.0
    for rank, at in zip(range(len(chances), 0, -1), order, strict=True):
        least = min(least, chances[at] * len(chances) / rank)
        found[at] = least
    return found


def spread(moments: Moments, files: int, ratio: float) -> float:
    """The variance of y/x over `files` files around `ratio`, by linearisation: n/(n−1) · Σ(y − Rx)² / (Σx)²."""
    residue = moments.yy - 2 * ratio * moments.xy + ratio * ratio * moments.xx
    return max(residue, 0.0) * files / (files - 1) / moments.x**2


def chance(before: Moments, files: int, now: Moments, files_now: int) -> float:
    """How often two samples of one population would lie as far apart: the two-sided p of the score test."""
    one = (before.y + now.y) / (before.x + now.x)
    variance = spread(before, files, one) + spread(now, files_now, one)
    apart = abs(now.y / now.x - before.y / before.x)
    if variance == 0:
        return 1.0 if apart == 0 else 0.0
    return math.erfc(apart / math.sqrt(2 * variance))


def families(one: Population, other: Population) -> Iterable[tuple[str, float]]:
    for family in AXES:
        yield family, stability(one.total.counts[family], other.total.counts[family])
    yield "length", stability(one.lengths, other.lengths)


def drift(before: Population, now: Population) -> Drift:
    """What became otherwise between the files of one time and those of another."""
    if min(before.files, now.files) < FEWEST:
        return Drift(before=before.files, now=now.files, few=True)
    pairs = {name: (before.moments[name], now.moments[name]) for name in FEATURES}
    fit = {name: pair for name, pair in pairs.items() if pair[0].x and pair[1].x and pair[0].files + pair[1].files >= CARRIERS}
    chances = [chance(one, before.files, other, now.files) for one, other in fit.values()]
    shifts = [made(name, *pair, p, q) for (name, pair), p, q in zip(fit.items(), chances, false_discovery(chances), strict=True)]
    return Drift(before=before.files, now=now.files, few=False, shifts=tuple(sorted(shifts, key=lambda shift: (shift.p, shift.name))),
                 stability=tuple(families(before, now)))


def made(name: str, before: Moments, now: Moments, p: float, q: float) -> Shift:
    scale = 40 if name.startswith("sure_") else 100 if name == "length" else 1
    then, present = before.y / before.x / scale, now.y / now.x / scale
    # of confidence, what it lacks to one is what changes; of a length its logarithm
    apart = abs(present - then) / max(1 - then if scale == 40 else then, 1e-9) if name != "length" else abs(2 ** (present - then) - 1)
    return Shift(name=name, before=then, now=present, p=p, q=q, notable=q <= ALPHA and apart >= NOTABLE)

"""Probabilities and what came true -> how far they can be trusted: calibration error, Brier score, coverage."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["Bin", "area_under_risk", "bins_of", "brier", "calibration_error", "clopper_pearson_low", "coverage", "risk_coverage"]

BINS = 10
TAIL = 0.025
HALVINGS = 60
Bin = tuple[float, float, int]


def brier(told: Sequence[float], right: Sequence[bool]) -> float:
    """Mean squared distance from what came true; 0 is best.

    >>> brier([1.0, 0.5], [True, False])
    0.125
    """
    return sum((p - r) ** 2 for p, r in zip(told, right, strict=True)) / len(told)


def bins_of(told: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> list[Bin]:
    """Bins of equal mass, the least sure first: the mean probability told, the share that is right, how many there are. Of items
    of equal probability that two bins part, each bin has the same share of right ones, since nothing orders them.

    >>> bins_of([0.2, 0.4], [False, True], bins=1)
    [(0.30000000000000004, 0.5, 2)]
    >>> bins_of([0.5, 0.5], [False, True], bins=2)
    [(0.5, 0.5, 1), (0.5, 0.5, 1)]
    """
    equal: dict[float, list[bool]] = defaultdict(list)
    for p, r in zip(told, right, strict=True):
        equal[p].append(r)
    ordered = [(p, sum(of) / len(of)) for p, of in sorted(equal.items()) for _ in of]
    edges = [len(ordered) * i // bins for i in range(bins + 1)]
    parts = [ordered[a:b] for a, b in pairwise(edges) if b > a]
    return [(sum(p for p, _ in part) / len(part), sum(r for _, r in part) / len(part), len(part)) for part in parts]


def calibration_error(told: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> float:
    """Expected calibration error over bins of equal mass: how far, on average, a told probability lies from how often
    such items are right (Nixon et al. 2019, arXiv 1904.01685, with bins of equal mass).

    >>> calibration_error([0.5, 0.5], [True, False], bins=1)
    0.0
    """
    return sum(abs(mean - share) * count for mean, share, count in bins_of(told, right, bins=bins)) / len(told)


def clopper_pearson_low(right: int, of: int) -> float:
    """Lower bound of the two-sided 95 % interval of a share (Clopper & Pearson 1934): the share at which so many or more
    would be right one time in forty, by bisection on the binomial tail.

    >>> round(clopper_pearson_low(99, 100), 4), round(clopper_pearson_low(10, 10), 4)
    (0.9455, 0.6915)
    """
    if not right:
        return 0.0
    low, high = 0.0, right / of
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if upper_tail(right, of, middle) < TAIL else (low, middle)
    return (low + high) / 2


def upper_tail(least: int, of: int, share: float) -> float:
    """The probability of `least` or more out of `of`, each with probability `share`."""
    if not 0 < share < 1:
        return float(share > 0)
    one, other, all_ = math.log(share), math.log1p(-share), math.lgamma(of + 1)
    return math.fsum(math.exp(all_ - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * one + (of - k) * other)
                     for k in range(least, of + 1))


def risk_coverage(told: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """(coverage, risk) as ever less sure items are taken: the share taken and the share of these that is wrong. Items of
    equal probability are taken together (Geifman & El-Yaniv 2017, arXiv 1705.08500).

    >>> risk_coverage([0.9, 0.5, 0.5], [True, True, False])
    [(0.3333333333333333, 0.0), (1.0, 0.3333333333333333)]
    """
    ordered = sorted(zip(told, right, strict=True), reverse=True)
    points, wrong = [], 0
    for i, (p, good) in enumerate(ordered, start=1):
        wrong += not good
        if i == len(ordered) or ordered[i][0] < p:
            points.append((i / len(ordered), wrong / i))
    return points


def area_under_risk(told: Sequence[float], right: Sequence[bool]) -> float:
    """The mean risk over all coverages (AURC); 0 is best, the plain share of errors what no order at all gives.

    >>> area_under_risk([0.9, 0.1], [True, False]), area_under_risk([0.5, 0.5], [True, False])
    (0.25, 0.5)
    """
    before, area = 0.0, 0.0
    for at, risk in risk_coverage(told, right):
        area, before = area + risk * (at - before), at
    return area


def coverage(told: Sequence[float], right: Sequence[bool], *, precision: float = 0.99) -> tuple[float, float]:
    """The largest share of items, the surest first, of which `precision` are right, and the lower bound (Clopper-Pearson) of
    the precision that so many items bear out. Items of equal probability are taken together.

    >>> coverage([0.9, 0.8, 0.1], [True, True, False])[0]
    0.6666666666666666
    """
    taken = [(at, risk) for at, risk in risk_coverage(told, right) if risk <= 1 - precision + 1e-12]
    if not taken:
        return 0.0, 0.0
    at, risk = taken[-1]
    many = round(at * len(told))
    return at, clopper_pearson_low(many - round(risk * many), many)

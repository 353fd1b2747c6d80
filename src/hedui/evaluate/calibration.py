"""Probabilities and what came true -> how far they can be trusted: calibration error, Brier score, coverage."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["brier", "calibration_error", "coverage", "wilson_low"]

BINS = 10
Z = 1.96


def brier(told: Sequence[float], right: Sequence[bool]) -> float:
    """Mean squared distance from what came true; 0 is best.

    >>> brier([1.0, 0.5], [True, False])
    0.125
    """
    return sum((p - r) ** 2 for p, r in zip(told, right, strict=True)) / len(told)


def calibration_error(told: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> float:
    """Expected calibration error over bins of equal mass: how far, on average, a told probability lies from how often
    such items are right.

    >>> calibration_error([0.5, 0.5], [True, False], bins=1)
    0.0
    """
    ordered = sorted(zip(told, right, strict=True))
    edges = [len(ordered) * i // bins for i in range(bins + 1)]
    parts = [ordered[a:b] for a, b in pairwise(edges) if b > a]
    return sum(abs(sum(p - r for p, r in part)) for part in parts) / len(ordered)


def wilson_low(right: int, of: int) -> float:
    """Lower bound of the 95 % Wilson interval of a share.

    >>> round(wilson_low(99, 100), 3)
    0.946
    """
    if not of:
        return 0.0
    share = right / of
    spread = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return (share + Z * Z / (2 * of) - spread) / (1 + Z * Z / of)


def coverage(told: Sequence[float], right: Sequence[bool], *, precision: float = 0.99) -> tuple[float, float]:
    """The largest share of items, the surest first, of which `precision` are right, and the lower bound of the precision
    that so many items bear out. Items of equal probability are taken together.

    >>> coverage([0.9, 0.8, 0.1], [True, True, False])[0]
    0.6666666666666666
    """
    ordered = sorted(zip(told, right, strict=True), reverse=True)
    best, hits = (0.0, 0.0), 0
    for i, (p, r) in enumerate(ordered, start=1):
        hits += r
        if (i == len(ordered) or ordered[i][0] < p) and hits >= precision * i:
            best = i / len(ordered), wilson_low(hits, i)
    return best

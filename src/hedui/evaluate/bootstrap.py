"""What single claims came to -> an interval that holds a figure, by drawing the claims again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hedui.evaluate.figures import Figure

__all__ = ["DRAWS", "SEED", "Interval", "interval_over_claims", "interval_over_sources"]

Interval = tuple[float, float]
DRAWS, SEED = 2000, 20
TAILS = (2.5, 97.5)


def interval_over_claims(figure: Figure, *, draws: int = DRAWS, seed: int = SEED) -> Interval | None:
    """The middle 95 % of the figure over `draws` samples of its claims, drawn with replacement; None for counts and for
    figures of nothing. The same seed gives the same interval."""
    outcomes = +figure.outcomes
    if figure.form == "count" or not outcomes:
        return None
    kinds = np.array(list(outcomes), dtype=float)
    times = np.array(list(outcomes.values()), dtype=float)
    drawn = np.random.default_rng(seed).multinomial(int(times.sum()), times / times.sum(), size=draws)
    return middle(drawn @ kinds)


def interval_over_sources(figures: Sequence[Figure], *, draws: int = DRAWS, seed: int = SEED) -> Interval | None:
    """The same over samples of whole sources; None with fewer than two of them. Claims of one report fail together, so
    that this one is wider and says more of the next report."""
    told = [figure for figure in figures if +figure.outcomes]
    if len(told) < 2 or told[0].form == "count":
        return None
    counts = np.array([figure.counts for figure in told], dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(told), size=(draws, len(told)))
    return middle(counts[drawn].sum(axis=1))


def middle(counts: NDArray[np.float64]) -> Interval | None:
    """The interval of F1 over rows of (hit, said, wanted); rows of nothing are left out."""
    whole = counts[:, 1] + counts[:, 2]
    counts, whole = counts[whole > 0], whole[whole > 0]
    if not len(whole):
        return None
    low, high = np.percentile(2 * counts[:, 0] / whole, TAILS)
    return float(low), float(high)

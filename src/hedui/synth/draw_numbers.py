"""A seeded source of chance in; amounts that look like those of budgets, and parts that sum to their whole, out."""

from __future__ import annotations

import math
import random
from decimal import Decimal

from hedui.synth.facts import rounded

__all__ = ["between", "near", "split"]


def between(rng: random.Random, least: float, most: float) -> float:
    """A number between the two, even on a logarithmic scale."""
    return math.exp(rng.uniform(math.log(least), math.log(most)))


def near(rng: random.Random, number: float) -> Decimal:
    """A whole number near `number` with two or three digits of its own, sometimes exact: 1873 -> 1870, 1900 or 1873."""
    size = max(0, len(str(int(number))) - rng.choice((1, 2, 2, 3, 9)))
    step = 10**size
    return Decimal(max(1, round(number / step) * step))


def split(rng: random.Random, whole: Decimal, count: int, places: int, *, evenness: float = 3.0) -> list[Decimal]:
    """`count` parts of `whole`, each a multiple of the last of `places` decimals and above nothing, that sum to it."""
    step = Decimal(1).scaleb(-places)
    if whole < step * count:
        raise ValueError(f"{whole} is too little for {count} parts")
    loose = [rng.gammavariate(evenness, 1.0) for _ in range(count)]
    total = sum(loose)
    spare = whole - step * count
    parts = [step + rounded(spare * Decimal(x / total), places) for x in loose]
    while rest := whole - sum(parts, Decimal(0)):  # what rounding left goes to the largest, never all that one has
        largest = max(range(count), key=parts.__getitem__)
        parts[largest] += max(rest, step - parts[largest])
    return [rounded(p, places) for p in parts]

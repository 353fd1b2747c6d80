"""Which windows are read together: their lengths go in, batches bounded in padded characters come out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["even_batches", "shuffled_batches"]

# characters of padding in a batch: from 8 to 64 reading takes the same time, without a bound half as much again
PADDING = 32


def even_batches(lengths: Sequence[int], *, characters: int, padding: int = PADDING) -> list[list[int]]:
    """Indices of `lengths`, the shortest first, in batches of at most `characters` with padding (or of one window), of which at most
    `padding` are that.

    >>> even_batches([5, 1, 2, 9], characters=10), even_batches([5, 1, 2, 9], characters=10, padding=0)
    ([[1, 2], [0], [3]], [[1], [2], [0], [3]])
    """
    return packed(sorted(range(len(lengths)), key=lambda index: (lengths[index], index)), lengths, characters, padding)


def shuffled_batches(lengths: Sequence[int], *, characters: int, seed: int, epoch: int) -> list[list[int]]:
    """The same in an order that depends on `seed` and `epoch` alone; lengths are alike within a batch but not the same
    windows meet each time.

    >>> shuffled_batches([5, 1, 2, 9], characters=10, seed=1, epoch=0) == shuffled_batches([5, 1, 2, 9], characters=10, seed=1, epoch=0)
    True
    """
    draw = np.random.default_rng([seed, epoch, 1])
    noise = draw.uniform(0.8, 1.25, len(lengths))
    order = np.argsort(np.asarray(lengths, dtype=float) * noise, kind="stable").tolist()
    batches = packed(order, lengths, characters, characters)
    return [batches[index] for index in draw.permutation(len(batches)).tolist()]


def packed(order: Sequence[int], lengths: Sequence[int], characters: int, padding: int) -> list[list[int]]:
    """`order` cut where the longest window times the number of windows would pass `characters`, or the windows fall short of that by more
    than `padding`."""
    batches: list[list[int]] = []
    longest = summed = 0
    for index in order:
        longest, summed = max(longest, lengths[index]), summed + lengths[index]
        padded = longest * (len(batches[-1]) + 1) if batches else 0
        if batches and padded <= characters and padded - summed <= padding:
            batches[-1].append(index)
        else:
            batches.append([index])
            longest = summed = lengths[index]
    return batches

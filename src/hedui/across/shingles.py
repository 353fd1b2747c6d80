"""Paragraphs in, those that share rare wording or exact figures out: shingles that few owners use, MinHash over them, bands that
meet, and runs of neighbouring figures.

What everybody writes (templates, set phrases) has a high document frequency and never enters a signature; so signatures stand for
what a report says of its own, and buckets stay small. Broder 1997 (MinHash), Indyk and Motwani 1998 (LSH by bands); document
frequencies are counted in a table of `BUCKETS` small counters, where a collision can only make a shingle look more common. In a
large run every wording is somebody else's too: there the figures that stand side by side give a copy away (`figures.figure_runs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hedui.across.names_patterns import CITED
from hedui.view import fold

__all__ = ["Frequencies", "Signatures", "plain", "shingles"]

Hashes = NDArray[np.uint64]
WIDTH, BUCKETS, MOST_OWNERS = 5, 1 << 26, 3
BANDS, ROWS, MOST_IN_BUCKET, LEAST_RARE = 16, 2, 24, 15
NOISE = re.compile(r"[\s,，.。、;；:：!！?？\"'“”‘’()（）\[\]【】—-]+")
FACTORS = np.random.default_rng(20261101).integers(1, 2**63, size=(2, BANDS * ROWS), dtype=np.uint64) | np.uint64(1)
MULTIPLIER, SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def plain(text: str) -> str:
    """A paragraph as compared: without citations of documents, white space and stops; a figure keeps its point."""
    kept = re.sub(r"(?<=\d)\.(?=\d)", "点", CITED.sub("", fold(text)))
    return NOISE.sub("", kept)


def shingles(text: str) -> Hashes:
    """The hashes of all runs of `WIDTH` characters, each once.

    >>> len(shingles("甲乙丙丁戊己")), len(shingles("甲乙"))
    (2, 0)
    """
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < WIDTH:
        return np.empty(0, dtype=np.uint64)
    found = np.zeros(len(codes) - WIDTH + 1, dtype=np.uint64)
    for at in range(WIDTH):
        found = found * MULTIPLIER + codes[at:at + len(found)]
    found ^= found >> np.uint64(31)
    return np.unique(found * SPREAD)


class Frequencies:
    """How many owners use each shingle."""

    def __init__(self) -> None:
        self._table = np.zeros(BUCKETS, dtype=np.uint8)

    def _places(self, hashes: Hashes) -> NDArray[np.int64]:
        return (hashes >> np.uint64(38)).astype(np.int64)

    def add(self, hashes: Hashes) -> None:
        """Counts one owner, whose shingles these are."""
        places = np.unique(self._places(hashes))
        self._table[places] += self._table[places] < 255

    def rare(self, hashes: Hashes) -> Hashes:
        """Those that at most `MOST_OWNERS` owners use."""
        found: Hashes = hashes[self._table[self._places(hashes)] <= MOST_OWNERS]
        return found


class Signatures:
    """Paragraphs by number with their bands and runs of figures; `pairs` are those that meet in a bucket that is not everybody's."""

    def __init__(self) -> None:
        self._bands: list[Hashes] = []
        self._numbers: list[int] = []
        self._runs: list[int] = []
        self._run_numbers: list[int] = []

    def add(self, number: int, rare: Hashes, runs: Sequence[int] = ()) -> None:
        """Signs a paragraph; one with little wording of its own is known by its figures alone."""
        self._runs += runs
        self._run_numbers += [number] * len(runs)
        if len(rare) < LEAST_RARE:
            return
        least = (rare[:, None] * FACTORS[0] + FACTORS[1]).min(axis=0)
        self._bands.append((least[::2] * MULTIPLIER) ^ least[1::2])
        self._numbers.append(number)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of numbers, the smaller first, each once, in order."""
        found = list(met(np.array(self._runs, dtype=np.uint64), np.array(self._run_numbers, dtype=np.int64)))
        self._runs.clear()
        self._run_numbers.clear()
        if self._bands:
            table, numbers = np.stack(self._bands), np.array(self._numbers, dtype=np.int64)
            self._bands.clear()
            found += [codes for band in range(BANDS) for codes in met(table[:, band], numbers)]
        if found:
            for code in np.unique(np.concatenate(found)).tolist():
                yield code >> 32, code & 0xFFFFFFFF


def met(keys: Hashes, numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """The pairs of one band, as larger number under smaller number shifted by 32 bits: neighbours 1, 2 … apart in sorted order."""
    if len(keys) < 2:
        return
    order = np.lexsort((numbers, keys))
    keys, numbers = keys[order], numbers[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    few = np.repeat(sizes <= MOST_IN_BUCKET, sizes)
    for gap in range(1, int(min(MOST_IN_BUCKET, sizes.max()))):
        same = (keys[gap:] == keys[:-gap]) & few[gap:]
        if same.any():
            yield (numbers[:-gap][same] << 32) | numbers[gap:][same]

"""Profiles of many files in, what is needed to compare them with those of another time out: sums, and sums of squares file by file.

Figures of one file hang together, so that a file, and not a figure, is what was drawn by chance. Each feature is a ratio of two sums over
files (mentions that are amounts to all mentions), and its variance that of a ratio estimator over clusters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hedui.watching.profile import AXES, Profile, added, nothing, profile_text, read_profile

__all__ = ["FEATURES", "LENGTHS", "Moments", "Population", "Tally", "plain_population", "population_of", "read_population", "together"]

AT_ONCE = 2000
LENGTHS = 24
LEVELS = {"per_thousand.mentions": ("mentions", "characters"), "per_report.claims": ("claims", "reports"),
          "per_report.checks": ("checks", "reports"), "per_report.records": ("records", "reports")}
SHARES = ("mentions", "claims", "checks", "records")
SURE = ("sure_claims", "sure_checks", "sure_records")


def places() -> dict[str, slice]:
    """Where each family stands in the vector of a profile."""
    found, at = {}, 0
    for family, keys in AXES.items():
        found[family] = slice(at, at + len(keys))
        at += len(keys)
    return found


PLACES = places()
WIDTH = max(place.stop for place in PLACES.values())
# beside the counts: characters, reports, one a file, a hundred times the binary logarithm of the characters
CHARACTERS, REPORTS, FILE, LENGTH = range(WIDTH, WIDTH + 4)


def features() -> Iterator[tuple[str, dict[int, int], dict[int, int]]]:
    """Every feature as its name and the weights of the vector's places in what is above and below the line."""
    bases: dict[str, dict[int, int]] = {
        "characters": {CHARACTERS: 1}, "reports": {REPORTS: 1},
        **{family: dict.fromkeys(range(place.start, place.stop), 1) for family, place in PLACES.items()}}
    for family in SHARES:
        for at, key in enumerate(AXES[family], PLACES[family].start):
            yield f"{family}.{key}", {at: 1}, bases[family]
    for at, key in enumerate(AXES["gaps"], PLACES["gaps"].start):
        yield f"gaps.{key}", {at: 1}, bases["reports"]
    indicators = {at: 1 for at, key in enumerate(AXES["records"], PLACES["records"].start) if key.startswith("indicator.")}
    for at, key in enumerate(AXES["blanks"], PLACES["blanks"].start):
        yield f"blanks.{key}", {at: 1}, indicators
    for family in SURE:  # the middle of a bin in fortieths
        yield family, {at: 2 * bin + 1 for bin, at in enumerate(range(PLACES[family].start, PLACES[family].stop))}, bases[family]
    for name, (above, below) in LEVELS.items():
        yield name, bases[above], bases[below]
    yield "length", {LENGTH: 1}, {FILE: 1}


def matrices() -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    named = tuple(features())
    above, below = (np.zeros((WIDTH + 4, len(named))) for _ in range(2))
    for column, (_, top, bottom) in enumerate(named):
        for weights, matrix in ((top, above), (bottom, below)):
            for at, weight in weights.items():
                matrix[at, column] = weight
    return tuple(name for name, _, _ in named), above, below


FEATURES, ABOVE, BELOW = matrices()


@dataclass(frozen=True, kw_only=True, slots=True)
class Moments:
    """Sums over files of a feature: `y` above the line and `x` below it, their squares and product, and in how many files y is not nought."""

    y: int = 0
    x: int = 0
    yy: int = 0
    xy: int = 0
    xx: int = 0
    files: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Population:
    """Many files: how many, the sum of their profiles, how many are 2^k to 2^(k+1) characters long (`lengths`), and the moments of every
    feature of FEATURES. Sums of whole numbers: the order and the parts they are added in make no difference."""

    files: int
    total: Profile
    lengths: tuple[int, ...]
    moments: Mapping[str, Moments]


def vector(profile: Profile) -> list[int]:
    counts = [count for family in AXES for count in profile.counts[family]]
    return [*counts, profile.characters, profile.reports, 1, round(100 * float(np.log2(profile.characters + 1)))]


def summed(row: list[int]) -> Profile:
    """The profile whose vector begins with `row`."""
    return Profile(characters=row[CHARACTERS], reports=row[REPORTS], counts={family: tuple(row[place]) for family, place in PLACES.items()})


def some(profiles: list[Profile]) -> Population:
    rows = np.array([vector(profile) for profile in profiles], dtype=np.int64).reshape(-1, WIDTH + 4)
    # whole numbers far under 2^53: reckoned as floats, many times faster, they stay whole
    y, x = ((rows.astype(np.float64) @ weights).astype(np.int64) for weights in (ABOVE, BELOW))
    columns = [part.tolist() for part in (y.sum(0), x.sum(0), (y * y).sum(0), (x * y).sum(0), (x * x).sum(0), (y != 0).sum(0))]
    lengths = np.bincount(np.minimum(rows[:, LENGTH] // 100, LENGTHS - 1), minlength=LENGTHS).tolist()
    moments = {name: Moments(y=a, x=b, yy=c, xy=d, xx=e, files=f) for name, a, b, c, d, e, f in zip(FEATURES, *columns, strict=True)}
    return Population(files=len(profiles), total=summed(rows.sum(0).tolist()), lengths=tuple(lengths), moments=moments)


NOBODY = Population(files=0, total=nothing(), lengths=(0,) * LENGTHS, moments=dict.fromkeys(FEATURES, Moments()))


class Tally:
    """A population in the making: profiles are added as they come, and memory does not grow with them."""

    def __init__(self) -> None:
        self._held, self._waiting = NOBODY, list[Profile]()

    def add(self, profile: Profile) -> None:
        self._waiting.append(profile)
        if len(self._waiting) >= AT_ONCE:
            self.population()

    def population(self) -> Population:
        """All that was added so far."""
        if self._waiting:
            self._held = together(self._held, some(self._waiting))
            self._waiting.clear()
        return self._held


def population_of(profiles: Iterable[Profile]) -> Population:
    """The profiles of many files as one population."""
    tally = Tally()
    for profile in profiles:
        tally.add(profile)
    return tally.population()


def together(one: Population, other: Population) -> Population:
    """Two populations that share no file, as one."""
    def both(a: Moments, b: Moments) -> Moments:
        return Moments(y=a.y + b.y, x=a.x + b.x, yy=a.yy + b.yy, xy=a.xy + b.xy, xx=a.xx + b.xx, files=a.files + b.files)

    return Population(
        files=one.files + other.files, total=added((one.total, other.total)),
        lengths=tuple(map(int.__add__, one.lengths, other.lengths)),
        moments={name: both(one.moments[name], other.moments[name]) for name in FEATURES})


def plain_population(held: Population) -> dict[str, Any]:
    """A population as plain data for JSON; features that no file has are left out above the line."""
    told = {name: [m.y, m.x, m.yy, m.xy, m.xx, m.files] for name, m in held.moments.items() if m.x}
    return {"files": held.files, "total": profile_text(held.total), "lengths": list(held.lengths), "moments": told}


def read_population(told: Mapping[str, Any] | None) -> Population | None:
    """What `plain_population` gave; None where there is none, or one of another version, which cannot be compared with."""
    total = read_profile(told["total"]) if told else None
    if told is None or total is None:
        return None
    moments = {name: Moments(**dict(zip(("y", "x", "yy", "xy", "xx", "files"), told["moments"][name], strict=True)))
               if name in told["moments"] else Moments() for name in FEATURES}
    return Population(files=told["files"], total=total, lengths=tuple(told["lengths"]), moments=moments)

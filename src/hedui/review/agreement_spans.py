"""Two people's spans of one label -> how far they agree: F1, exact and by overlap, and Krippendorff's α for unitizing.

Spans are half-open offsets in characters. α is that of K. Krippendorff, "On the reliability of unitizing continuous data", Sociological
Methodology 25 (1995), as in "Content Analysis" (2nd ed. 2004, section 11.6): disagreement grows with the square of how far the ends of units
lie apart, and of the length of what only one saw. Units of one label and person do not overlap there: spans that do count as one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, permutations

from hedui.document import Span

__all__ = ["F1", "Unitizing", "exact_f1", "merged", "overlap_f1", "unitizing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class F1:
    """How many spans two people share, of how many each has; neither is the truth, so that F1 is the same both ways."""

    shared: int
    first: int
    second: int

    @property
    def value(self) -> float | None:
        """2 · shared / (first + second); None where neither has any."""
        return 2 * self.shared / (self.first + self.second) if self.first + self.second else None

    def __add__(self, other: F1) -> F1:
        return F1(shared=self.shared + other.shared, first=self.first + other.first, second=self.second + other.second)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unitizing:
    """Observed and expected disagreement of one label on one continuum."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        """1 − observed / expected; None where nothing was there to disagree on."""
        return 1 - self.observed / self.expected if self.expected else None

    def __add__(self, other: Unitizing) -> Unitizing:
        return Unitizing(observed=self.observed + other.observed, expected=self.expected + other.expected)


def exact_f1(first: Iterable[Span], second: Iterable[Span]) -> F1:
    """Spans that have both ends in common."""
    one, other = Counter(first), Counter(second)
    return F1(shared=(one & other).total(), first=one.total(), second=other.total())


def overlap_f1(first: Iterable[Span], second: Iterable[Span]) -> F1:
    """Spans that share a character, each with one at most, in the order of the text.

    >>> overlap_f1([(0, 5), (8, 9)], [(4, 9)]).value
    0.6666666666666666
    """
    one, other = sorted(first), sorted(second)
    shared = at = by = 0
    while at < len(one) and by < len(other):
        if one[at][0] < other[by][1] and other[by][0] < one[at][1]:
            shared, at, by = shared + 1, at + 1, by + 1
        elif one[at][1] <= other[by][1]:
            at += 1
        else:
            by += 1
    return F1(shared=shared, first=len(one), second=len(other))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters as spans that do not overlap, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def gaps_of(units: Sequence[Span], length: int) -> list[Span]:
    ends = [0, *(end for _, end in units)]
    starts = [*(start for start, _ in units), length]
    return [(end, start) for end, start in zip(ends, starts, strict=True) if start > end]


def overlaps(units: Sequence[Span], others: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Every unit of one with every one of the other that shares a character with it; both are in order."""
    by = 0
    for unit in units:
        while by < len(others) and others[by][1] <= unit[0]:
            by += 1
        at = by
        while at < len(others) and others[at][0] < unit[1]:
            yield unit, others[at]
            at += 1


def observed(units: Sequence[Span], others: Sequence[Span], others_gaps: Sequence[Span]) -> int:
    """Squared distances of what one saw from what another saw, and squared lengths of what the other did not see at all."""
    apart = sum((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for a, b in overlaps(units, others))
    alone = sum((a[1] - a[0]) ** 2 for a, gap in overlaps(units, others_gaps) if gap[0] <= a[0] and a[1] <= gap[1])
    return apart + 2 * alone


def unitizing(readers: Sequence[Iterable[Span]], length: int) -> Unitizing:
    """Krippendorff's disagreements of the spans of two readers or more on a text of `length` characters."""
    held = [merged(one) for one in readers]
    gaps = [gaps_of(units, length) for units in held]
    count, total = len(held), length * len(held)
    found = sum(observed(held[i], held[j], gaps[j]) for i, j in permutations(range(count), 2))
    lengths = [end - start for units in held for start, end in units]
    free = sorted(end - start for own in gaps for start, end in own)
    # sums of the longest gaps, so that each unit finds at once the room that gaps have for it
    room = [0, *accumulate(reversed(free))]
    expected = 0.0
    for own in lengths:
        fitting = len(free) - bisect_left(free, own)
        expected += (len(lengths) - 1) / 3 * (2 * own**3 - 3 * own**2 + own) + own**2 * (room[fitting] - fitting * (own - 1))
    pairs = total * (total - 1) - sum(own * (own - 1) for own in lengths)
    return Unitizing(observed=found / (count * (count - 1) * length**2) if length else 0.0,
                     expected=2 / length * expected / pairs if lengths and pairs else 0.0)

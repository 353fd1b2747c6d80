"""What two people said of the same things -> how far they agree beyond chance: Cohen's κ.

J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["Kappa", "kappa_of", "linked"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kappa:
    """How often each pair of answers was given: (first, second) to the number of things."""

    answers: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.answers.values())

    @property
    def observed(self) -> float | None:
        """The share of things that both say the same of; None where there are none."""
        return sum(n for (one, other), n in self.answers.items() if one == other) / self.count if self.count else None

    @property
    def expected(self) -> float | None:
        """The share they would say the same of by chance, each with answers as frequent as theirs."""
        if not self.count:
            return None
        first: Counter[str] = Counter()
        second: Counter[str] = Counter()
        for (one, other), n in self.answers.items():
            first[one] += n
            second[other] += n
        return sum(n * second[answer] for answer, n in first.items()) / self.count**2

    @property
    def value(self) -> float | None:
        """(observed − expected) / (1 − expected); None where only one answer was ever given, so that chance explains all."""
        observed, expected = self.observed, self.expected
        return None if observed is None or expected is None or expected == 1 else (observed - expected) / (1 - expected)

    def of(self, answer: str) -> Kappa:
        """The same things asked only whether they are `answer` or not.

        >>> kappa_of([("AMOUNT", "AMOUNT"), ("RATE", "DATE")]).of("RATE").answers
        {('', ''): 1, ('RATE', ''): 1}
        """
        found: Counter[tuple[str, str]] = Counter()
        for (one, other), n in self.answers.items():
            found[answer if one == answer else "", answer if other == answer else ""] += n
        return Kappa(answers=dict(found))

    def __add__(self, other: Kappa) -> Kappa:
        return Kappa(answers=dict(Counter(self.answers) + Counter(other.answers)))


def kappa_of(pairs: Iterable[tuple[str, str]]) -> Kappa:
    """The answers of two people, thing by thing."""
    return Kappa(answers=dict(Counter(pairs)))


def linked(first: set[tuple[str, str]], second: set[tuple[str, str]], possible: int) -> Kappa:
    """Ties that two people drew, of `possible` ones; with many possible and few drawn κ comes close to F1 (Hripcsak & Rothschild,
    JAMIA 12, 2005)."""
    both, one, other = len(first & second), len(first - second), len(second - first)
    found = {("tie", "tie"): both, ("tie", ""): one, ("", "tie"): other, ("", ""): possible - both - one - other}
    return Kappa(answers={answer: n for answer, n in found.items() if n > 0})

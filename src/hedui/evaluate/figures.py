"""Single outcomes -> a Figure: how much of what was said is right, and of what was wanted was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Figure", "Form", "Outcome", "count_of", "matched", "pooled", "share_of"]

Outcome = tuple[int, int, int]
Form = Literal["f1", "share", "count"]
HIT, EXTRA, MISSED = (1, 1, 1), (0, 1, 0), (0, 0, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure and what it is made of.

    `outcomes` counts the claims by what each came to: things (hit, said, wanted), such as (1, 1, 1) for one that is right
    and (0, 0, 1) for one missed; a row of a table whose five fields are compared is one claim of five. `form` is `f1`
    (said against wanted), `share` (of those compared) or `count` (of faults). `missed` and `extra` are fit to be listed.
    """

    name: str
    form: Form
    outcomes: Counter[Outcome]
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def counts(self) -> Outcome:
        """(hit, said, wanted) over all outcomes."""
        hit, said, wanted = (sum(outcome[i] * times for outcome, times in self.outcomes.items()) for i in range(3))
        return hit, said, wanted

    @property
    def value(self) -> float:
        """F1 of said against wanted; a share where both are one number; the plain count of faults."""
        hit, said, wanted = self.counts
        return 2 * hit / (said + wanted) if said + wanted else float(hit)

    @property
    def precision(self) -> float | None:
        hit, said, _ = self.counts
        return hit / said if said else None

    @property
    def recall(self) -> float | None:
        hit, _, wanted = self.counts
        return hit / wanted if wanted else None


def matched(name: str, said: Iterable[Hashable], wanted: Iterable[Hashable]) -> Figure:
    """Said against wanted, equal ones matched one to one.

    >>> matched("x", ["a", "a", "b"], ["a", "c"]).counts
    (1, 3, 2)
    """
    told, asked = Counter(iter(said)), Counter(iter(wanted))
    both = told & asked
    extra, missed = told - both, asked - both
    return Figure(name=name, form="f1",
                  outcomes=Counter({HIT: both.total(), EXTRA: extra.total(), MISSED: missed.total()}),
                  missed=tuple(map(shown, missed.elements())), extra=tuple(map(shown, extra.elements())))


def share_of(name: str, hit: int, of: int, *, missed: Sequence[object] = (), extra: Sequence[object] = ()) -> Figure:
    """How many `of` those compared are right."""
    return Figure(name=name, form="share", outcomes=Counter({HIT: hit, (0, 1, 1): of - hit}),
                  missed=tuple(map(shown, missed)), extra=tuple(map(shown, extra)))


def count_of(name: str, faults: int, *, extra: Sequence[object] = ()) -> Figure:
    """A number of faults, of which the best is none."""
    return Figure(name=name, form="count", outcomes=Counter({(1, 0, 0): faults}), extra=tuple(map(shown, extra)))


def shown(item: object) -> str:
    return " ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def pooled(figures: Sequence[Figure]) -> Figure:
    """One figure over several sources; `figures` bear one name."""
    outcomes: Counter[Outcome] = Counter()
    for figure in figures:
        outcomes.update(figure.outcomes)
    return Figure(name=figures[0].name, form=figures[0].form, outcomes=outcomes,
                  missed=tuple(x for f in figures for x in f.missed), extra=tuple(x for f in figures for x in f.extra))

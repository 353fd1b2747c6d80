"""Reports that two people read blind -> how far they agree, by label and by person.

What counts is what stands in a reading once it is done: findings that were not rejected, with the places, labels and ties they have then. Both
begin with what the machine read; so that this does not pass for agreement, everything is told twice, once for all findings and once for those
that at least one of the two touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from hedui.review.agreement_kappa import Kappa, kappa_of, linked
from hedui.review.agreement_spans import F1, Unitizing, exact_f1, overlap_f1, unitizing
from hedui.review.agreement_views import PLACED, TIES, View, views_of
from hedui.review.state import KINDS as ALL
from hedui.store import Store

__all__ = ["JUDGE", "Agreement", "Figures", "Row", "agreement_of", "figures_of"]

JUDGE = "judge"
NOTHING = F1(shared=0, first=0, second=0)
Pairs = Sequence[tuple[View, View]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """How far the first and the second of pairs of readings agree on places (`exact`, `overlap`, `units`), on the labels of places both have
    (`labels`), on ties (`ties`) and on what is right and wrong where both decided (`decisions`)."""

    exact: F1
    overlap: F1
    units: Unitizing
    labels: Kappa
    ties: Kappa
    decisions: Kappa


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The figures of one label of one kind (mention, claim), of two people, or of a person with all others or with the judge."""

    name: str
    other: str
    reports: int
    all: Figures
    touched: Figures


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """What `/agreement` shows; `waiting` counts the reports whose readings are not both done."""

    reports: int
    waiting: int
    whole: tuple[Row, ...]
    labels: tuple[Row, ...]
    people: tuple[Row, ...]
    pairs: tuple[Row, ...]
    names: Mapping[str, str]


def agreement_of(store: Store) -> Agreement:
    """How far those agree who read reports blind, over all reports where both are done."""
    found = views_of(store)
    pairs = [(one.first, one.second) for one in found.done]
    judges = [(reading, one.judge) for one in found.done if one.judge is not None for reading in (one.first, one.second)]
    people = sorted({view.person for pair in pairs for view in pair})
    with_all = {name: [turned(pair, name) for pair in pairs if name in (pair[0].person, pair[1].person)] for name in people}
    with_judge = {name: [pair for pair in judges if pair[0].person == name] for name in people}
    known = sorted({(first.person, second.person) for first, second in pairs})
    return Agreement(
        reports=len(pairs), waiting=found.waiting, names=found.names,
        whole=tuple(row(kind, "", pairs, (kind,)) for kind in ALL),
        labels=tuple(row(label, kind, pairs, (kind,), label) for kind in PLACED for label in labels_in(pairs, kind)),
        people=tuple(row(name, other, some) for name in people for other, some in (("", with_all[name]), (JUDGE, with_judge[name])) if some),
        pairs=tuple(row(one, other, [pair for pair in pairs if (pair[0].person, pair[1].person) == (one, other)]) for one, other in known))


def turned(pair: tuple[View, View], name: str) -> tuple[View, View]:
    return pair if pair[0].person == name else (pair[1], pair[0])


def labels_in(pairs: Pairs, kind: str) -> list[str]:
    return sorted({unit.label for pair in pairs for view in pair for unit in view.units[kind].values()})


def row(name: str, other: str, pairs: Pairs, kinds: Sequence[str] = ALL, label: str | None = None) -> Row:
    all_, touched = figures_of(pairs, kinds, label), figures_of([looked_at(*pair) for pair in pairs], kinds, label)
    return Row(name=name, other=other, reports=len(pairs), all=all_, touched=touched)


def looked_at(first: View, second: View) -> tuple[View, View]:
    """Two readings with only what one of them touched."""
    either = first.touched | second.touched
    return first.only(either), second.only(either)


def figures_of(pairs: Pairs, kinds: Sequence[str] = ALL, label: str | None = None) -> Figures:
    """The figures of pairs of readings, over findings of some `kinds` and of one `label` where it is given."""
    placed = [kind for kind in kinds if kind in PLACED]
    names = [(kind, one) for kind in placed for one in ([label] if label is not None else labels_in(pairs, kind))]
    exact = [exact_f1(a.spans(kind, one), b.spans(kind, one)) for a, b in pairs for kind, one in names]
    overlap = [overlap_f1(a.spans(kind, one), b.spans(kind, one)) for a, b in pairs for kind, one in names]
    labels = total(kappa_of(labels_both(a, b, kind)) for a, b in pairs for kind in placed)
    return Figures(
        exact=reduce(add, exact, NOTHING), overlap=reduce(add, overlap, NOTHING),
        units=reduce(add, (laid_end_to_end(pairs, kind, one) for kind, one in names), Unitizing(observed=0.0, expected=0.0)),
        labels=labels if label is None else labels.of(label),
        ties=total(ties_both(a, b, kind, label) for a, b in pairs for kind in kinds if kind in TIES),
        decisions=total(kappa_of(decided_both(a, b, kinds, label)) for a, b in pairs))


def total(found: Iterable[Kappa]) -> Kappa:
    answers: Counter[tuple[str, str]] = Counter()
    for one in found:
        answers.update(one.answers)
    return Kappa(answers=dict(answers))


def laid_end_to_end(pairs: Pairs, kind: str, label: str) -> Unitizing:
    """The spans of all reports as one continuum, each report behind the one before."""
    ends, first, second = 0, [], []
    for a, b in pairs:
        first += [(start + ends, end + ends) for start, end in a.spans(kind, label)]
        second += [(start + ends, end + ends) for start, end in b.spans(kind, label)]
        ends += a.length
    return unitizing([first, second], ends)


def labels_both(a: View, b: View, kind: str) -> list[tuple[str, str]]:
    """The labels that two people gave to the places that both have: the same finding, else the same span."""
    own = {name: (unit.label, b.units[kind][name].label) for name, unit in a.units[kind].items() if name in b.units[kind]}
    spans = {unit.span: unit.label for name, unit in b.units[kind].items() if name not in own}
    more = [(unit.label, spans[unit.span]) for name, unit in a.units[kind].items() if name not in own and unit.span in spans]
    return [*own.values(), *more]


def ties_both(a: View, b: View, kind: str, label: str | None) -> Kappa:
    """The ties from findings of a kind to what they rest on, where both ends stand in both readings."""
    sources = {name for name in a.kinds[kind] & b.kinds[kind] if (a.within is None or name in a.within)
               and (label is None or label in (a.label(kind, name), b.label(kind, name)))}
    below = a.kinds[TIES[kind]] & b.kinds[TIES[kind]]
    one, other = ({(source, end) for source, end in view.ties[kind] if source in sources and end in below} for view in (a, b))
    return linked(one, other, len(sources) * len(below))


def decided_both(a: View, b: View, kinds: Sequence[str], label: str | None) -> list[tuple[str, str]]:
    """What both say of findings that both decided on."""
    own = {name for kind in kinds for name in (*a.read[kind], *b.read[kind]) if label is None or label in (a.label(kind, name), b.label(kind, name))}
    return [(a.decided[name], b.decided[name]) for name in own & a.decided.keys() & b.decided.keys()]

"""Two readings -> figures of claims: indicators with their fields, funds, documents with their titles, scores, reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hedui.evaluate.compare import pair, similar
from hedui.evaluate.figures import EXTRA, HIT, MISSED, Figure, Outcome, matched, share_of
from hedui.evaluate.reading import Head, Reading, ToldIndicator

__all__ = ["claim_figures", "indicator_closeness"]

NAME, FIELD = 0.85, 0.1
TITLE, SAME_TITLE, KIND = 0.6, 0.95, 0.1


def claim_figures(said: Reading, wanted: Reading) -> Iterator[Figure]:
    for origin in ("narrative", "table"):
        yield from indicator_figures(origin, [i for i in said.indicators if i.origin == origin],
                                     [i for i in wanted.indicators if i.origin == origin])
    yield matched("funds", said.funds, wanted.funds)
    yield matched("documents", list(said.documents), list(wanted.documents))
    yield from title_figures(said.documents, wanted.documents)
    yield matched("scores", said.scores, wanted.scores)
    yield from head_figures(said.heads, wanted.heads)


def indicator_closeness(wanted: ToldIndicator, said: ToldIndicator) -> float:
    """0 unless the names are nearly the same, and more for every field that is."""
    name = similar(wanted.name, said.name, least=NAME)
    return name + FIELD * sum(said.fields.get(key) == told for key, told in wanted.fields.items()) if name else 0.0


def indicator_figures(origin: str, said: Sequence[ToldIndicator], wanted: Sequence[ToldIndicator]) -> Iterator[Figure]:
    pairs = pair(wanted, said, indicator_closeness)
    yield paired(f"indicators.{origin}", pairs, [s.shown for s in said], [w.shown for w in wanted])
    yield field_figure(f"indicators.{origin}.fields", pairs, [(s.shown, s.fields) for s in said],
                       [(w.shown, w.fields) for w in wanted])


def paired(name: str, pairs: Mapping[int, int], said: Sequence[str], wanted: Sequence[str]) -> Figure:
    """A figure of things matched one to one by likeness: index in `wanted` to index in `said`."""
    missed = tuple(w for i, w in enumerate(wanted) if i not in pairs)
    extra = tuple(s for j, s in enumerate(said) if j not in pairs.values())
    return Figure(name=name, form="f1", missed=missed, extra=extra,
                  outcomes=Counter({HIT: len(pairs), EXTRA: len(extra), MISSED: len(missed)}))


def field_figure(name: str, pairs: Mapping[int, int], said: Sequence[tuple[str, Mapping[str, str]]],
                 wanted: Sequence[tuple[str, Mapping[str, str]]], *, lone: bool = True) -> Figure:
    """Every filled field of things matched counts once, and with `lone` those of things that stand alone."""
    outcomes: Counter[Outcome] = Counter()
    missed: list[str] = []
    extra: list[str] = []

    def add(shown: str, told: Mapping[str, str], asked: Mapping[str, str]) -> None:
        hit = len(told.items() & asked.items())
        outcomes[hit, len(told), len(asked)] += 1
        missed.extend(f"{shown} {key} {value}" for key, value in asked.items() if told.get(key) != value)
        extra.extend(f"{shown} {key} {value}" for key, value in told.items() if asked.get(key) != value)

    for i, j in pairs.items():
        add(wanted[i][0], said[j][1], wanted[i][1])
    if lone:
        for j in sorted(set(range(len(said))) - set(pairs.values())):
            add(said[j][0], said[j][1], {})
        for i in sorted(set(range(len(wanted))) - set(pairs)):
            add(wanted[i][0], {}, wanted[i][1])
    return Figure(name=name, form="f1", outcomes=outcomes, missed=tuple(missed), extra=tuple(extra))


def title_figures(said: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Figure]:
    """Of the documents found, how many have the title wanted; nothing where none is wanted."""
    compared = sorted(number for number in said.keys() & wanted.keys() if wanted[number])
    if compared:
        wrong = [number for number in compared if similar(wanted[number], said[number]) <= SAME_TITLE]
        yield share_of("documents.titles", len(compared) - len(wrong), len(compared),
                       missed=[(number, wanted[number], "|", said[number]) for number in wrong])


def head_closeness(wanted: Head, said: Head) -> float:
    """By title; a report whose title the source does not hold is matched by its kind."""
    if not wanted.title:
        return KIND if wanted.kind == said.kind else 0.0
    return max(0.0, similar(wanted.title, said.title) - TITLE)


def head_figures(said: Sequence[Head], wanted: Sequence[Head]) -> Iterator[Figure]:
    pairs = pair(wanted, said, head_closeness)
    yield paired("reports", pairs, [s.title for s in said], [w.title for w in wanted])
    yield field_figure("reports.fields", pairs, [(s.title, s.fields) for s in said],
                       [(w.title, w.fields) for w in wanted], lone=False)

"""Relations of a report -> the part of them worth drawing: groups of figures in which something does not close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from hedui.document import Span
from hedui.findings import Quote
from hedui.opinion.groups import grouped
from hedui.opinion.relations import Relations
from hedui.opinion.types import Figure, Formula, Place, Web

__all__ = ["web_of"]

# a group is drawn whole up to so many formulas; of a larger one, what does not close and so many that close beside each
WHOLE, BESIDE = 8, 2
# no picture holds more formulas
MOST = 60


def components(relations: Relations) -> list[list[int]]:
    """The checks that hang together by shared figures, each group in the order of the text."""
    found: dict[int, list[int]] = defaultdict(list)
    for index, group in enumerate(grouped({*inputs, stated} for _, inputs, stated in relations.checks)):
        found[group].append(index)
    return list(found.values())


def drawn(relations: Relations, group: Sequence[int]) -> list[int]:
    """Of one group, the checks to draw: all of a small one, else those that do not close and the nearest that do."""
    if len(group) <= WHOLE:
        return list(group)
    odd = [index for index in group if relations.checks[index][0].verdict == "conflict"][:MOST // (1 + BESIDE)]
    kept = set(odd)
    closing: dict[int, list[int]] = defaultdict(list)
    for index in group:
        if index not in kept:
            for figure in {*relations.checks[index][1], relations.checks[index][2]}:
                closing[figure].append(index)
    for index in odd:
        _, inputs, stated = relations.checks[index]
        beside = [other for figure in (stated, *inputs) for other in closing[figure] if other not in kept]
        kept.update(list(dict.fromkeys(beside))[:BESIDE])
    return sorted(kept)


def web_of(relations: Relations, *, order: Mapping[str, int], names: Mapping[Span, str], worded: Callable[[Quote], str],
           place: Callable[[Span], Place]) -> Web:
    """The web of a report. `order` gives the rank of a check that does not close by its id; groups come in that order."""
    groups: list[tuple[int, list[int], list[int]]] = []
    for group in components(relations):
        ranks = [order[check.id] for index in group if (check := relations.checks[index][0]).id in order and check.verdict == "conflict"]
        if ranks:
            groups.append((min(ranks), drawn(relations, group), group))
    groups.sort(key=lambda held: held[0])
    room = [sum(len(kept) for _, kept, _ in groups[:i + 1]) <= MOST for i in range(len(groups))]
    groups = [held for held, fits in zip(groups, room, strict=True) if fits]
    shown = [index for _, kept, _ in groups for index in kept]
    figures = sorted({figure for index in shown for figure in (*relations.checks[index][1], relations.checks[index][2])})
    hidden: dict[int, int] = defaultdict(int)
    for _, kept, group in groups:
        for index in set(group) - set(kept):
            if relations.checks[index][0].verdict == "conflict":
                continue
            for figure in {*relations.checks[index][1], relations.checks[index][2]}:
                hidden[figure] += 1
    at = {figure: i for i, figure in enumerate(figures)}
    numbers = {index: i for i, index in enumerate(shown)}
    return Web(
        figures=tuple(figure_of(relations.quotes[figure], hidden[figure], names, worded, place) for figure in figures),
        formulas=tuple(Formula(kind=check.kind, verdict=check.verdict, inputs=tuple(at[one] for one in inputs), stated=at[stated],
                               note=check.note) for check, inputs, stated in (relations.checks[index] for index in shown)),
        groups=tuple(tuple(numbers[index] for index in kept) for _, kept, _ in groups),
        other_figures=len(relations.quotes) - len(figures), other_formulas=len(relations.checks) - len(shown),
    )


def figure_of(quotes: Sequence[Quote], hidden: int, names: Mapping[Span, str], worded: Callable[[Quote], str],
              place: Callable[[Span], Place]) -> Figure:
    name = next((names[quote.span] for quote in quotes if names.get(quote.span)), "")
    texts = [worded(quote) for quote in quotes]
    return Figure(name=name, text=max(texts, key=len), told=len(quotes), place=place(quotes[0].span), hidden=hidden)

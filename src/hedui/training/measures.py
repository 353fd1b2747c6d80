"""Figures of sources -> JSON and back, pooled over sources with their intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from hedui.evaluate import Figure
from hedui.evaluate.evaluation import Pooled, over_all

__all__ = ["BARS", "figure_of", "held_figures", "pooled_figures", "shown_figures"]

Figures = Mapping[str, Figure]
# figures in the order of the card: mentions, claims, what rests on them
BARS = ("mentions.ORG", "mentions.REGION", "mentions.TITLE", "mentions", "indicators.narrative", "indicators.narrative.fields",
        "indicators.table", "indicators.table.fields", "funds", "documents", "documents.titles", "scores", "reports.fields",
        "checks.conflicts.precision", "checks.conflicts.numeric.recall", "checks.conflicts.value.recall",
        "checks.conflicts.wording.recall", "checks.holds.recall")
DIGITS = 4


def held_figures(figures: Figures) -> dict[str, Any]:
    """What counts of each figure; names and sentences of reports stay behind."""
    return {name: [figure.form, sorted([*outcome, times] for outcome, times in (+figure.outcomes).items())]
            for name, figure in figures.items()}


def figure_of(name: str, held: Sequence[Any]) -> Figure:
    """The figure that `held_figures` wrote.

    >>> figure_of("funds", ["f1", [[1, 1, 1, 3], [0, 1, 0, 1]]]).counts
    (3, 4, 3)
    """
    form, outcomes = held
    return Figure(name=name, form=form, outcomes=Counter({(hit, said, wanted): times for hit, said, wanted, times in outcomes}))


def pooled_figures(by_source: Mapping[str, Mapping[str, Any]], *, draws: int, seed: int) -> Mapping[str, Pooled]:
    """Figures over sources, from those that `held_figures` wrote of each."""
    return over_all({source: {name: figure_of(name, one) for name, one in held.items()} for source, held in by_source.items()},
                    draws=draws, seed=seed)


def shown_figures(pooled: Mapping[str, Pooled]) -> dict[str, Any]:
    """The figures of BARS that there are, for metrics.json: value, counts, both intervals and the worst source."""
    return {name: shown(pooled[name]) for name in BARS if name in pooled}


def shown(one: Pooled) -> dict[str, Any]:
    _, said, wanted = one.figure.counts
    return {
        "value": round(one.figure.value, DIGITS) if said + wanted else None, "counts": list(one.figure.counts),
        "claims": interval(one.claims), "sources": interval(one.sources),
        "worst": None if one.worst is None else [round(one.worst[0], DIGITS), one.worst[1]],
    }


def interval(bounds: tuple[float, float] | None) -> list[float] | None:
    return None if bounds is None else [round(bound, DIGITS) for bound in bounds]

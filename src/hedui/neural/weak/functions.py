"""All labelling functions by name, and the way from a survey to the ballots of one kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hedui.neural.weak.functions_against import AGAINST_FUNCTIONS
from hedui.neural.weak.functions_arithmetic import ARITHMETIC_FUNCTIONS
from hedui.neural.weak.functions_measures import MEASURE_FUNCTIONS
from hedui.neural.weak.functions_names import NAME_FUNCTIONS
from hedui.neural.weak.functions_spans import SPAN_FUNCTIONS
from hedui.neural.weak.types import ABSTAIN, CLASSES, Ballots, Item, Kind, LabellingFunction, Survey

__all__ = ["FUNCTIONS", "ballots_of", "functions_of", "groups_of"]

FUNCTIONS: tuple[LabellingFunction, ...] = (
    *SPAN_FUNCTIONS, *AGAINST_FUNCTIONS, *MEASURE_FUNCTIONS, *ARITHMETIC_FUNCTIONS, *NAME_FUNCTIONS)


def functions_of(kind: Kind) -> tuple[LabellingFunction, ...]:
    return tuple(function for function in FUNCTIONS if function.kind == kind)


def groups_of(functions: Sequence[LabellingFunction]) -> tuple[int, ...]:
    """A number for each function, the same for those of one declared group."""
    numbers: dict[str, int] = {}
    return tuple(numbers.setdefault(f.group or f"alone:{f.name}", len(numbers)) for f in functions)


def ballots_of(survey: Survey, kind: Kind) -> Ballots:
    """Every vote on the items of a kind that any function of it proposes; items are in the order of the text."""
    functions = functions_of(kind)
    places = {name: number for number, name in enumerate(CLASSES[kind])}
    cast: list[dict[Item, int]] = [{} for _ in functions]
    for judging in (False, True):
        known = frozenset(item for votes in cast for item in votes)
        for j, function in enumerate(functions):
            if function.judges if judging else function.proposes:
                for item, label in function.cast(survey, known):
                    cast[j].setdefault(item, places[label])
    items = tuple(sorted({item for votes in cast for item in votes}, key=order))
    passed = [len(places) - 1 if function.exhaustive else ABSTAIN for function in functions]
    votes = np.array([[said.get(item, passed[j]) for j, said in enumerate(cast)] for item in items], dtype=np.int64)
    return Ballots(kind=kind, items=items, votes=votes.reshape(len(items), len(functions)))


def order(item: Item) -> tuple[tuple[int, int], tuple[int, int], str]:
    return item.span, item.value or (-1, -1), item.relation or ""

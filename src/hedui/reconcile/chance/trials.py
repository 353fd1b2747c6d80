"""The kind of a check and the figures around it -> the results of all that a search for operands tries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from hedui.findings import CheckKind
from hedui.reconcile.chance.figures import Told

__all__ = ["trials_of"]


def trials_of(kind: CheckKind, inputs: Sequence[Told], near: Sequence[Told]) -> list[float]:
    """Words name one operand, the search finds the other among `near`: what the share of the first of `inputs` is of, what a change
    made grow, what a difference is from; where a list begins is named, how long it is is not."""
    others = [abs(one.value) for one in near if one.span != inputs[0].span]
    first = abs(inputs[0].value)
    if kind == "sum":
        start = min(one.span for one in inputs)
        return list(accumulate(abs(one.value) for one in near if one.span >= start))[1:] or [first]
    if kind == "difference":
        return [abs(abs(one.value) - abs(other.value)) for one in inputs[:2] for other in near if other.span != one.span]
    if kind == "ratio":
        return [first / other for other in others if other]
    return [result for other in others for result in grown(first, other)] if kind == "growth" else [abs(one.value) for one in near]


def grown(change: float, new: float) -> Iterator[float]:
    """Growth by `change` over its base, where it rose and where it fell; `new` as the base itself."""
    yield from (change / base for base in (new - change, new + change, new) if base > 0)

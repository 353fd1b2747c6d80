"""Items in, what a function makes of each out, made in processes where there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from hedui.batch import ALLOWANCE, processes, workers_for
from hedui.export.spread import Spread, in_turn
from hedui.isolation import Crew, Lost

__all__ = ["aside", "spread_for"]

Item = TypeVar("Item")
Made = TypeVar("Made")
# fewer are done sooner than processes have started
MANY = 400


def spread_for(things: int) -> Spread:
    """How work on so many things is done: in processes where they are many."""
    return aside if things >= MANY else in_turn


def aside(function: Callable[[Item], Made], items: Iterable[Item], /) -> Iterator[Made]:
    """`function` of each of `items`, in whatever order they are done by processes. What one of them is lost with, or fails at, is done once more
    by this process, which raises what that raises."""
    with Crew(function=function, workers=workers_for(MANY), allowance=ALLOWANCE, context=processes()) as crew:
        for item, made in crew.results(items):
            yield function(item) if isinstance(made, Lost) else made

"""A function and items in, what it makes of each out: in turn here, or however the one who calls has it done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

__all__ = ["Spread", "in_turn"]

Item = TypeVar("Item")
Made = TypeVar("Made")


class Spread(Protocol):
    """Does `function`, importable by name, for each of `items`, in whatever order they are done; what it raises is raised."""

    def __call__(self, function: Callable[[Item], Made], items: Iterable[Item], /) -> Iterable[Made]: ...


def in_turn(function: Callable[[Item], Made], items: Iterable[Item], /) -> Iterable[Made]:
    """One after another, by this process."""
    return map(function, items)

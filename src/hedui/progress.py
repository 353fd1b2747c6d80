"""How far long work has come: whoever reads pages says so, whoever waits may listen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["OnStep", "heard", "step"]

OnStep = Callable[[str, int, int], None]
LISTENER: ContextVar[OnStep | None] = ContextVar("listener", default=None)


def step(what: str, done: int, total: int) -> None:
    """Says that `done` of `total` pages (or whatever `what` names) are behind us; nobody need listen."""
    listener = LISTENER.get()
    if listener is not None:
        listener(what, done, total)


@contextmanager
def heard(listener: OnStep) -> Iterator[None]:
    """Has `listener` hear every `step` inside.

    >>> seen = []
    >>> with heard(lambda *said: seen.append(said)):
    ...     step("page", 1, 2)
    >>> seen
    [('page', 1, 2)]
    """
    token = LISTENER.set(listener)
    try:
        yield
    finally:
        LISTENER.reset(token)

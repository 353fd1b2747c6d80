"""The pictures in which pages were read: readers show them, whoever wants to see them looks on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["OnPicture", "member_shown", "onlooker", "show", "unseen", "watched"]

OnPicture = Callable[[str, int, "NDArray[np.uint8]", float, float], None]
ONLOOKER: ContextVar[OnPicture | None] = ContextVar("onlooker", default=None)
MEMBER: ContextVar[str] = ContextVar("member", default="")


def watched() -> bool:
    """Whether anybody looks on, so that a picture is worth making."""
    return ONLOOKER.get() is not None


def show(number: int, picture: NDArray[np.uint8], width: float, height: float) -> None:
    """Shows the picture of page `number` (from 1) put upright, grey (h, w) or red green blue (h, w, 3), and the page's
    `width` and `height` in points."""
    look = ONLOOKER.get()
    if look is not None:
        look(MEMBER.get(), number, picture, width, height)


@contextmanager
def onlooker(look: OnPicture) -> Iterator[None]:
    """Has `look` see every page that is read inside: the member of an archive it is from (empty for a file itself), and what
    `show` was given."""
    token = ONLOOKER.set(look)
    try:
        yield
    finally:
        ONLOOKER.reset(token)


@contextmanager
def unseen() -> Iterator[None]:
    """Has nobody see what is read inside: pictures that are parts of a page and not the page."""
    token = ONLOOKER.set(None)
    try:
        yield
    finally:
        ONLOOKER.reset(token)


@contextmanager
def member_shown(name: str) -> Iterator[None]:
    """Has the pages that are read inside count as those of the member `name`."""
    token = MEMBER.set(name)
    try:
        yield
    finally:
        MEMBER.reset(token)

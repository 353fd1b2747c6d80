"""A file in, a page out that shows how it was read, with the pictures of its pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hedui.batch import ALLOWANCE, cause_of, processes
from hedui.errors import ReadError
from hedui.export.inspect import PagePicture, inspection_page
from hedui.isolation import Crew, Lost
from hedui.layout import arrange
from hedui.progress import OnStep
from hedui.readers import read
from hedui.readers.showing import onlooker

__all__ = ["inspected", "jpeg_of"]

# print can be read at so many pixels across, and a page takes some 150 kB
MOST_PIXELS_WIDE = 1100
QUALITY = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """The file to inspect, and the pages to show (all where none are named)."""

    path: str
    pages: frozenset[int] = frozenset()


def jpeg_of(picture: Any, *, most: int = MOST_PIXELS_WIDE) -> bytes:
    """A picture, no wider than `most` pixels, as JPEG."""
    import cv2

    wide = picture.shape[1]
    if wide > most:
        scale = most / wide
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if picture.ndim == 3:
        picture = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1])


def page_of(wish: Wish) -> str | ReadError:
    """The page of one file, made where it may fail."""
    seen: dict[tuple[str, int], PagePicture] = {}

    def look(member: str, number: int, picture: Any, width: float, height: float) -> None:
        if member or not wish.pages or number in wish.pages:
            seen[member, number] = PagePicture(jpeg=jpeg_of(picture), width=width, height=height)

    try:
        with onlooker(look):
            document = read(wish.path)
    except ReadError as error:
        return error
    first = {"": 1} | {member.name: member.first_page for member in document.members if member.first_page}
    pictures = {first[member] + number - 1: picture for (member, number), picture in seen.items() if member in first}
    return inspection_page(arrange(document), {number: picture for number, picture in pictures.items()
                                               if not wish.pages or number in wish.pages})


def inspected(path: str | Path, *, pages: Collection[int] = (), on_step: OnStep | None = None) -> str:
    """The page for the file at `path`, with the pictures of `pages` (from 1) or of all; read in a process of its own.

    Raises ReadError where the file cannot be read.
    """
    wish = Wish(path=str(path), pages=frozenset(pages))
    with Crew[Wish, str | ReadError](function=page_of, workers=1, allowance=ALLOWANCE, context=processes()) as crew:
        _, made = next(crew.results([wish], on_step=on_step))
    if isinstance(made, Lost):
        raise ReadError(Path(path).name, cause_of(made))
    if isinstance(made, ReadError):
        raise made
    return made

"""Layout -> its paragraphs as they are matched, part by part, computed once for every rule that reads text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from hedui.document import Layout, Paragraph
from hedui.view import View, view

__all__ = ["Place", "bodies_of", "part_of", "places_of"]


class Place(NamedTuple):
    """A paragraph and the view that rules match on."""

    paragraph: Paragraph
    seen: View


def part_of(layout: Layout, start: int) -> int:
    """Index of the part that the character at `start` stands in."""
    return max(0, bisect_right(layout.parts, start, key=lambda part: part.span[0]) - 1)


def places_of(layout: Layout) -> tuple[tuple[Place, ...], ...]:
    """The paragraphs of every part, in order."""
    found: list[list[Place]] = [[] for _ in layout.parts]
    for paragraph in layout.paragraphs:
        if found:
            found[part_of(layout, paragraph.span[0])].append(Place(paragraph, view(layout.document.text, paragraph.span)))
    return tuple(map(tuple, found))


def bodies_of(places: Sequence[Place]) -> list[View]:
    """The views of running text, without headers, footers and notes."""
    return [place.seen for place in places if place.paragraph.role == "body"]

"""A PathObject of an OFD page -> the level and upright lines it draws (GB/T 33190-2016, 9: vector graphics)."""

from __future__ import annotations

from collections.abc import Iterator

from hedui.readers.ofd.parts import child, numbers
from hedui.readers.pdf.drawn import MAX_PATH_POINTS, Points, Stroke, filled, stroked
from hedui.readers.pdf.frame import Matrix, through
from hedui.readers.safe_xml import Element

__all__ = ["strokes_of_object", "subpaths"]

# letter of AbbreviatedData -> how many numbers follow it; its last two are where the pen comes to
TAKEN = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
WHITE, SEEN_THROUGH = 245.0, 12.0


def subpaths(text: str, matrix: Matrix) -> Iterator[tuple[Points, bool]]:
    """The parts of a path, and whether all their sides are straight. Whatever follows a slip of the pen is left out.

    >>> list(subpaths("M 0 0 L 5 0 C M 1 1 B 1 1 2 2 3 3", (1, 0, 0, 1, 0, 0)))
    [([(0.0, 0.0), (5.0, 0.0), (0.0, 0.0)], True), ([(1.0, 1.0), (3.0, 3.0)], False)]
    """
    words = text.split()
    points: Points = []
    straight, at, drawn = True, 0, 0
    while at < len(words) and drawn < MAX_PATH_POINTS:
        letter = words[at]
        count = TAKEN.get(letter)
        taken = None if count is None else numbers(" ".join(words[at + 1:at + 1 + count]), count)
        if count is None or taken is None:
            break
        if letter in "SM" and points:
            yield points, straight
            points, straight = [], True
        if letter == "C" and points:
            points.append(points[0])
        elif taken:
            points.append(through(matrix, taken[-2], taken[-1]))
        straight = straight and letter not in "QBA"
        at, drawn = at + 1 + count, drawn + 1
    if points:
        yield points, straight


def shown(element: Element, switch: str, colour: str, default: str) -> bool:
    """Whether a path is stroked (or filled) in a colour that is neither white nor see-through."""
    if (element.get(switch) or default).strip().lower() not in ("true", "1"):
        return False
    found = child(element, colour)
    if found is None:
        return True
    alpha = numbers(found.get("Alpha"), 1)
    values = numbers(found.get("Value"), 3) or numbers(found.get("Value"), 1)
    return (alpha is None or alpha[0] > SEEN_THROUGH) and (values is None or min(values) < WHITE)


def strokes_of_object(element: Element, matrix: Matrix) -> Iterator[Stroke]:
    """The lines of a PathObject; `matrix` is the way from its own coordinates in mm to points on the page."""
    strokes, fills = shown(element, "Stroke", "StrokeColor", "true"), shown(element, "Fill", "FillColor", "false")
    data = child(element, "AbbreviatedData")
    if data is None or not (strokes or fills):
        return
    parts = [points for points, straight in subpaths(data.text or "", matrix) if straight]
    if strokes:
        for points in parts:
            yield from stroked(points)
    else:
        yield from filled(parts)

"""The content of an OFD page or template -> its glyphs, lines and pictures, composite objects spelt out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from hedui.readers.limits import MAX_NESTING, MAX_PAGE_GLYPHS, MAX_PAGE_OBJECTS
from hedui.readers.ofd.parts import Resources, child, children, numbers
from hedui.readers.ofd.paths import strokes_of_object
from hedui.readers.ofd.text import glyphs_of_object
from hedui.readers.pdf.drawn import Stroke
from hedui.readers.pdf.frame import UNMOVED, Matrix, after, box_through
from hedui.readers.pdf.glyphs import Glyph
from hedui.readers.safe_xml import Element, local

__all__ = ["Drawn", "Picture", "draw"]

SEEN_THROUGH = 12.0


class Picture(NamedTuple):
    """A picture on the page in points; `path` is its part in the package, `over` the number of glyphs drawn before it."""

    x0: float
    y0: float
    x1: float
    y1: float
    path: str | None
    over: int

    @property
    def area(self) -> float:
        return (self.x1 - self.x0) * (self.y1 - self.y0)


@dataclass(kw_only=True, slots=True)
class Drawn:
    """What was found so far; `cut_short` tells that there was more than is read."""

    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    objects: int = 0
    cut_short: bool = False


def way_of(element: Element, way: Matrix) -> Matrix:
    """The way from the object's own coordinates (its CTM, then the corner of its boundary) to points on the page."""
    box = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    ctm = numbers(element.get("CTM"), 6)
    own: Matrix = UNMOVED if ctm is None else (ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5])
    return after(after(own, (1.0, 0.0, 0.0, 1.0, box[0], box[1])), way)


def seen_through(element: Element) -> bool:
    alpha = numbers(element.get("Alpha"), 1)
    return alpha is not None and alpha[0] <= SEEN_THROUGH


def add_text(drawn: Drawn, element: Element, resources: Resources, way: Matrix) -> None:
    unseen = seen_through(element) or (element.get("Fill") == "false" and element.get("Stroke") != "true")
    for glyph in glyphs_of_object(element, way, bold=resources.bold.get(element.get("Font") or "", False), unseen=unseen):
        if len(drawn.glyphs) >= MAX_PAGE_GLYPHS:
            drawn.cut_short = True
            return
        drawn.glyphs.append(glyph)


def add_picture(drawn: Drawn, element: Element, resources: Resources, way: Matrix, own: Matrix) -> None:
    """A picture fills the unit square of its CTM, or its boundary where it has none."""
    box = numbers(element.get("Boundary"), 4)
    if element.get("CTM"):
        corners = box_through(own, 0.0, 0.0, 1.0, 1.0)
    elif box is not None:
        corners = box_through(way, box[0], box[1], box[0] + box[2], box[1] + box[3])
    else:
        return
    drawn.pictures.append(Picture(*corners, path=resources.media.get(element.get("ResourceID") or ""), over=len(drawn.glyphs)))


def draw(drawn: Drawn, elements: Iterable[Element], resources: Resources, way: Matrix, depth: int = 0) -> None:
    """Adds what `elements` draw to `drawn`; `way` leads from their coordinates in mm to points on the page. A composite
    that holds itself is followed MAX_NESTING deep, and no page further than MAX_PAGE_OBJECTS."""
    for element in elements:
        drawn.objects += 1
        if drawn.objects > MAX_PAGE_OBJECTS or depth > MAX_NESTING:
            drawn.cut_short = True
            return
        if element.get("Visible") == "false":
            continue
        kind = local(element)
        own = way_of(element, way)
        if kind == "TextObject":
            add_text(drawn, element, resources, own)
        elif kind == "PathObject" and not seen_through(element):
            drawn.strokes += strokes_of_object(element, own)
        elif kind == "ImageObject" and not seen_through(element):
            add_picture(drawn, element, resources, way, own)
        elif kind in ("Layer", "PageBlock"):
            draw(drawn, element, resources, way, depth + 1)
        elif kind == "CompositeObject":
            unit = resources.units.get(element.get("ResourceID") or "")
            for content in children(child(unit, "Content"), "Layer", "PageBlock", "TextObject", "PathObject", "ImageObject",
                                    "CompositeObject"):
                draw(drawn, [content], resources, own, depth + 1)

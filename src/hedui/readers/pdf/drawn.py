"""What a page draws beside text -> straight pieces of lines and pictures, on the upright page.

A line is drawn in many ways: stroked, filled as a thin rectangle, as the outline of a rectangle or as the rim between
two, as a picture one pixel thick. White and see-through ones are left out, and paths that only clip.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hedui.readers.limits import MAX_NESTING, MAX_PAGE_OBJECTS
from hedui.readers.pdf.frame import Matrix, after, box_through, through

__all__ = ["Drawn", "Picture", "Stroke", "drawn_on"]

# in points: how thick a filled shape may be to count as a line, how much longer than thick it must be then, and what
# is small enough to be a dot of a dotted line
THICKEST, LONGER, DOT = 3.0, 3.0, 2.0
# how far the ends of a level line may differ in height: absolutely, and for its length
LEVEL, LEVEL_SHARE = 0.3, 0.01
WHITE, SEEN_THROUGH = 245, 12
# a path of more points than this is a drawing, not a frame
MAX_PATH_POINTS = 4000


class Stroke(NamedTuple):
    """A straight piece, level (`y0 == y1`), upright (`x0 == x1`), or a dot, of which both are true."""

    x0: float
    y0: float
    x1: float
    y1: float


class Picture(NamedTuple):
    """A picture on the page, how many pixels it has, the number of the object that it is (later ones are drawn over earlier
    ones), and whether something shows through it."""

    x0: float
    y0: float
    x1: float
    y1: float
    wide: int
    high: int
    order: int = 0
    sheer: bool = False

    @property
    def area(self) -> float:
        return (self.x1 - self.x0) * (self.y1 - self.y0)


@dataclass(kw_only=True, slots=True)
class Drawn:
    """What was found so far. `texts` numbers the text objects (by their address) as they are drawn, `outlines` counts the
    shapes that are neither lines nor frames (letters drawn as curves), `cut_short` tells that there were more objects than
    are read."""

    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    outlines: int = 0
    objects: int = 0
    cut_short: bool = False


Points = list[tuple[float, float]]


def seen(getter: Any, item: Any) -> bool:
    """Whether the colour that `getter` tells is neither white nor see-through."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not getter(item, *map(ctypes.byref, (r, g, b, a))):
        return True
    return a.value > SEEN_THROUGH and min(r.value, g.value, b.value) < WHITE


def matrix_of(item: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def subpaths(item: Any, way: Matrix) -> Iterator[tuple[Points, bool]]:
    """The parts of a path as points on the upright page, and whether all of their sides are straight."""
    points: Points = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    for index in range(min(raw.FPDFPath_CountSegments(item), MAX_PATH_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, straight
            points, straight = [], True
        raw.FPDFPathSegment_GetPoint(segment, to_x, to_y)
        points.append(through(way, x.value, y.value))
        straight = straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, straight


def stroked(points: Points) -> Iterator[Stroke]:
    """The level and upright ones among the sides of a stroked path."""
    for (x0, y0), (x1, y1) in pairwise(points):
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if wide == high == 0:
            continue
        if high <= max(LEVEL, LEVEL_SHARE * wide) and wide >= high:
            yield Stroke(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2)
        elif wide <= max(LEVEL, LEVEL_SHARE * high):
            yield Stroke((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1))


def bounds(points: Points) -> tuple[float, float, float, float]:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def thin(x0: float, y0: float, x1: float, y1: float) -> Stroke | None:
    """The line along the middle of a thin rectangle; None where it is not thin."""
    wide, high = x1 - x0, y1 - y0
    if max(wide, high) <= DOT:
        return Stroke((x0 + x1) / 2, (y0 + y1) / 2, (x0 + x1) / 2, (y0 + y1) / 2)
    if high <= THICKEST and wide >= LONGER * high:
        return Stroke(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    if wide <= THICKEST and high >= LONGER * wide:
        return Stroke((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    return None


def rim(outer: tuple[float, float, float, float], inner: tuple[float, float, float, float]) -> Iterator[Stroke]:
    """The lines between two rectangles, one close inside the other."""
    if all(0 <= gap <= THICKEST for gap in (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])):
        x0, y0, x1, y1 = ((a + b) / 2 for a, b in zip(outer, inner, strict=True))
        yield from (Stroke(x0, y0, x1, y0), Stroke(x0, y1, x1, y1), Stroke(x0, y0, x0, y1), Stroke(x1, y0, x1, y1))


def filled(parts: list[Points]) -> Iterator[Stroke]:
    """The lines that filled shapes make: thin ones, and rims of two rectangles one after the other."""
    boxes = [bounds(points) for points in parts]
    wide = []
    for box in boxes:
        line = thin(*box)
        if line is None:
            wide.append(box)
        else:
            yield line
    for first, second in pairwise(wide):
        yield from rim(first, second)
        yield from rim(second, first)


def add_path(drawn: Drawn, item: Any, way: Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    strokes = bool(stroke.value) and seen(raw.FPDFPageObj_GetStrokeColor, item)
    fills = bool(fill.value) and seen(raw.FPDFPageObj_GetFillColor, item)
    if not strokes and not fills:
        return
    parts = list(subpaths(item, after(matrix_of(item), way)))
    before = len(drawn.strokes)
    if strokes:
        drawn.strokes += [line for points, straight in parts if straight for line in stroked(points)]
    else:
        drawn.strokes += filled([points for points, straight in parts if straight or thin(*bounds(points))])
    if len(drawn.strokes) == before and any(not straight for _, straight in parts):
        drawn.outlines += 1


def add_picture(drawn: Drawn, item: Any, way: Matrix) -> None:
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(wide), ctypes.byref(high))
    box = box_through(after(matrix_of(item), way), 0, 0, 1, 1)
    line = thin(*box)
    if line is None:
        drawn.pictures.append(Picture(*box, wide.value, high.value, drawn.objects,
                                      bool(raw.FPDFPageObj_HasTransparency(item))))
    elif line.x0 != line.x1 or line.y0 != line.y1:
        drawn.strokes.append(line)


def add_objects(drawn: Drawn, count: int, getter: Any, holder: Any, way: Matrix, depth: int) -> None:
    for index in range(count):
        drawn.objects += 1
        if drawn.objects > MAX_PAGE_OBJECTS:
            drawn.cut_short = True
            return
        item = getter(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            drawn.texts[ctypes.addressof(item.contents)] = drawn.objects
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            add_path(drawn, item, way)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            add_picture(drawn, item, way)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
            add_objects(drawn, raw.FPDFFormObj_CountObjects(item), raw.FPDFFormObj_GetObject, item,
                        after(matrix_of(item), way), depth + 1)


def drawn_on(page: pdfium.PdfPage, frame: Matrix) -> Drawn:
    """What the page draws, on the way `frame`, objects inside form XObjects too."""
    drawn = Drawn()
    add_objects(drawn, raw.FPDFPage_CountObjects(page.raw), raw.FPDFPage_GetObject, page.raw, frame, 0)
    return drawn

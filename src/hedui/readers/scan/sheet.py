"""A picture of one page -> the sheet to read: clean, in grey, its ink and rules known, its lines level and not on end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedui.readers.scan.areas import Area, areas_of, cut_at_rules
from hedui.readers.scan.clean import despeckled, flattened, ink_of
from hedui.readers.scan.engine import Reading, engine
from hedui.readers.scan.rules import Ruling, erased, ruled
from hedui.readers.scan.seals import Seal, unsealed
from hedui.readers.scan.upright import rotated, tilt_of, turned

__all__ = ["Sheet", "crops_of", "upright_sheet"]

Picture = NDArray[np.uint8]

# lines of this shape, so many of them, say which way up a page is
SHAPE, TRIALS = 8.0, 5
# lines the right way up are read with this certainty even on bad pages; the other way up must be better by this
CERTAIN, BETTER = 0.85, 0.05
# a line on end is this much higher than wide; a page whose lines (by their length) mostly are lies on its side
ON_END, MOSTLY = 1.5, 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A page ready to be read: `grey` (h, w) on white without shadow, seals and rules; `ink` 1 where it is dark; the rules
    and seals that were there; the areas of its lines; what some of them say already; how it was put upright."""

    grey: Picture
    ink: Picture
    ruling: Ruling
    seals: list[Seal]
    areas: list[Area]
    known: dict[Area, Reading]
    turned: int
    tilt: float


def crops_of(grey: Picture, areas: list[Area]) -> list[Picture]:
    """The pictures of the areas (x0, y0, x1, y1) of a page."""
    return [grey[y0:y1, x0:x1] for x0, y0, x1, y1 in areas]


def cleaned(picture: Picture, dpi: float, quarters: int, tilt: float) -> Sheet:
    """The sheet of an upright picture in colour, its areas found."""
    grey, seals = unsealed(picture, dpi)
    grey = despeckled(flattened(grey, dpi), dpi)
    ink = ink_of(grey)
    ruling = ruled(ink, dpi)
    grey = erased(grey, ruling, dpi)
    ink = ink_of(grey)
    boxes = engine().detect(grey) if ink.any() else np.zeros((0, 4, 2), np.float32)
    areas = cut_at_rules(areas_of(boxes, grey.shape), ruling, ink)
    return Sheet(grey=grey, ink=ink, ruling=ruling, seals=seals, areas=areas, known={}, turned=quarters % 4, tilt=tilt)


def on_end(areas: list[Area]) -> bool:
    """Whether most lines run up and down."""
    long = [(max(x1 - x0, y1 - y0), y1 - y0 > ON_END * (x1 - x0)) for x0, y0, x1, y1 in areas]
    return sum(length for length, up in long if up) > MOSTLY * sum(length for length, _ in long)


def mean_score(readings: list[Reading]) -> float:
    return sum(reading.score for reading in readings) / len(readings)


def upside_down(sheet: Sheet) -> tuple[bool, dict[Area, Reading]]:
    """Whether the sheet stands on its head, by how surely some of its lines are read; and what they say if it does not."""
    trials = sorted((area for area in sheet.areas if area[2] - area[0] > 2 * (area[3] - area[1])),
                    key=lambda area: abs((area[2] - area[0]) / (area[3] - area[1]) - SHAPE))[:TRIALS]
    if not trials:
        return False, {}
    crops = crops_of(sheet.grey, trials)
    readings = engine().recognise(crops)
    score = mean_score(readings)
    if score < CERTAIN:
        other = engine().recognise([np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops])
        if mean_score(other) > score + BETTER:
            return True, {}
    return False, dict(zip(trials, readings, strict=True))


def upright_sheet(picture: Picture, dpi: float) -> Sheet:
    """The sheet that `picture` (h, w, 3) shows, whichever way it lies."""
    tilt, down = tilt_of(picture)
    quarters = int(down)
    sheet = cleaned(rotated(turned(picture, quarters), tilt), dpi, quarters, tilt)
    if on_end(sheet.areas):
        quarters += 1
        sheet = cleaned(rotated(turned(picture, quarters), tilt), dpi, quarters, tilt)
    over, known = upside_down(sheet)
    if over:
        quarters += 2
        return cleaned(rotated(turned(picture, quarters), tilt), dpi, quarters, tilt)
    return Sheet(grey=sheet.grey, ink=sheet.ink, ruling=sheet.ruling, seals=sheet.seals, areas=sheet.areas, known=known,
                 turned=sheet.turned, tilt=sheet.tilt)

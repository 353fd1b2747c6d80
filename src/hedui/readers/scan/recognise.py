"""A picture of one page -> the page: put upright, cleaned, its characters recognised and its ruled lines found."""

from __future__ import annotations

import cv2
import numpy as np

from hedui.readers.pages.page import Page, Rule
from hedui.readers.scan.areas import areas_of, completed, cut_at_rules
from hedui.readers.scan.clean import flattened, ink_of
from hedui.readers.scan.engine import Picture, engine
from hedui.readers.scan.lines import runs_of
from hedui.readers.scan.rules import Ruling, erased, ruled
from hedui.readers.scan.seals import unsealed
from hedui.readers.scan.upright import rotated, tilt_of, turned

__all__ = ["recognised_page"]

POINTS = 72.0
# what is read with less certainty than this is no text
LEAST_SCORE = 0.5


def rules_of(ruling: Ruling, dpi: float) -> tuple[Rule, ...]:
    scale = POINTS / dpi
    return (*(Rule(x0=x0 * scale, y0=y * scale, x1=x1 * scale, y1=y * scale) for y, x0, x1 in ruling.level),
            *(Rule(x0=x * scale, y0=y0 * scale, x1=x * scale, y1=y1 * scale) for x, y0, y1 in ruling.upright))


def recognised_page(picture: Picture, *, number: int, dpi: float) -> Page:
    """The page that `picture` (h, w, 3, red green blue) shows at `dpi` pixels an inch; `number` counts from 1."""
    tilt, down = tilt_of(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    quarters = 1 if down else 0
    picture = rotated(turned(picture, quarters), tilt)
    grey, seals = unsealed(picture, dpi)
    grey = flattened(grey, dpi)
    ink = ink_of(grey)
    ruling = ruled(ink, dpi)
    grey = erased(grey, ruling, dpi)
    ink = ink_of(grey)
    sheet = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    areas = cut_at_rules(areas_of(engine().detect(sheet), sheet.shape), ruling, ink)
    areas, alone = completed(areas, ink, ruling, dpi)
    areas += alone
    readings = engine().recognise([sheet[y0:y1, x0:x1] for x0, y0, x1, y1 in areas])
    runs = [run for reading, area in zip(readings, areas, strict=True) if reading.score >= LEAST_SCORE
            for run in runs_of(reading, area, ink, dpi)]
    height, width = grey.shape
    return Page(number=number, width=width * POINTS / dpi, height=height * POINTS / dpi, runs=tuple(runs),
                rules=rules_of(ruling, dpi), scanned=True, turned=quarters, tilt=round(tilt, 2))

"""A picture of one page -> the page: put upright, cleaned, its characters recognised and its ruled lines found."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from hedui.document import Issue
from hedui.readers.limits import MAX_PAGE_PIXELS
from hedui.readers.pages.page import Page, Rule, Run
from hedui.readers.scan.areas import completed
from hedui.readers.scan.engine import Picture, engine
from hedui.readers.scan.lines import runs_of
from hedui.readers.scan.photo import flat_page
from hedui.readers.scan.rules import Ruling
from hedui.readers.scan.seals import Seal
from hedui.readers.scan.sheet import Sheet, crops_of, upright_sheet
from hedui.readers.showing import show

__all__ = ["Straight", "recognised_page", "straightened"]

POINTS = 72.0
# finer pictures say nothing more to the engine; in coarser ones rules and letters are too thin to be told apart
FINEST, COARSEST = 300.0, 120.0
# a picture of fewer pixels than this on a side holds no letter; one that much longer than wide is a line, not a page
LEAST_SIDE, LONGEST = 8, 100
# what is read with less certainty than this is no text, and what the detector overlooked needs more
LEAST_SCORE, LEAST_ALONE = 0.5, 0.7
# a line with a character of less certainty, in percent, is told
DOUBTFUL = 50
# the longer side of A4 in inches, which a sheet in a photo is taken for, if it is of about that shape
A4, LONGEST_SHEET = 11.69, 1.7
# a tilt from here on is told
TOLD_TILT = 0.5


def rules_of(ruling: Ruling, dpi: float) -> tuple[Rule, ...]:
    scale = POINTS / dpi
    return (*(Rule(x0=x0 * scale, y0=y * scale, x1=x1 * scale, y1=y * scale) for y, x0, x1 in ruling.level),
            *(Rule(x0=x * scale, y0=y0 * scale, x1=x * scale, y1=y1 * scale) for x, y0, y1 in ruling.upright))


def runs_in(sheet: Sheet, dpi: float) -> list[Run]:
    """The runs of a sheet; lines known already are not read again."""
    areas, alone = completed(sheet.areas, sheet.ink, sheet.ruling, dpi)
    unread = [area for area in (*areas, *alone) if area not in sheet.known]
    readings = sheet.known | dict(zip(unread, engine().recognise(crops_of(sheet.grey, unread)), strict=True))
    sure = [area for area in areas if readings[area].score >= LEAST_SCORE]
    sure += [area for area in alone if readings[area].score >= LEAST_ALONE]
    return runs_of([readings[area] for area in sure], sure, sheet.ink, dpi)


def under(run: Run, seal: Seal, scale: float) -> bool:
    """Whether a run stands under a seal, at least in part."""
    return (run.x0 < seal.x1 * scale and run.x1 > seal.x0 * scale
            and run.y0 < seal.y1 * scale and run.y1 > seal.y0 * scale)


def issues_of(sheet: Sheet, runs: list[Run], number: int, dpi: float, *, photo: bool) -> tuple[Issue, ...]:
    """What was mended on the page and what is doubtful."""
    told: list[tuple[str, str]] = []
    if photo:
        told.append(("照片，已取出页面并拉平", "a photo; the page in it was cut out and laid flat"))
    if sheet.turned:
        told.append((f"扫描件，已转正 {90 * sheet.turned}°", f"a scan, turned by {90 * sheet.turned}°"))
    if abs(sheet.tilt) >= TOLD_TILT:
        told.append((f"扫描件歪斜 {abs(sheet.tilt):.1f}°，已扶正", f"a scan tilted by {abs(sheet.tilt):.1f}°, made level"))
    doubtful = [run for run in runs if run.scores and min(run.scores) < DOUBTFUL]
    sealed = [run for run in doubtful if any(under(run, seal, POINTS / dpi) for seal in sheet.seals)]
    if sheet.seals:
        told.append((f"有 {len(sheet.seals)} 处印章，已从文字上去除", f"{len(sheet.seals)} seal(s) lifted off the text"))
    if sealed:
        told.append((f"盖章处 {len(sealed)} 行不确定，请核对原件", f"{len(sealed)} line(s) under a seal are doubtful; see the page"))
    if len(doubtful) > len(sealed):
        rest = len(doubtful) - len(sealed)
        told.append((f"{rest} 行字迹不清，请核对原件", f"{rest} line(s) are hard to read; see the page"))
    if not told:
        return ()
    chinese, english = ("；".join(one[0] for one in told), "; ".join(one[1] for one in told))
    return (Issue(where=f"第 {number} 页 / page {number}", what=f"{chinese} / {english}"),)


def working_dpi(picture: Picture, dpi: float) -> float:
    """Pixels an inch at which a picture of `dpi` is recognised; it is made no larger than a page may be."""
    if dpi >= COARSEST:
        return min(FINEST, dpi)
    return max(dpi, min(COARSEST, dpi * math.sqrt(MAX_PAGE_PIXELS / (picture.shape[0] * picture.shape[1]))))


@dataclass(frozen=True, kw_only=True, slots=True)
class Straight:
    """A page put flat and upright, at `dpi` pixels an inch; `photo` where it was cut out of a photograph."""

    sheet: Sheet
    dpi: float
    photo: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.sheet.grey.shape
        return width * POINTS / self.dpi, height * POINTS / self.dpi


def straightened(picture: Picture, dpi: float) -> Straight | None:
    """The page that `picture` (h, w, 3, red green blue) shows at `dpi` pixels an inch, as it is read; None where it is too small or too long to
    be one."""
    high, wide = picture.shape[:2]
    if min(high, wide) < LEAST_SIDE * max(1.0, dpi / FINEST) or max(high, wide) > LONGEST * min(high, wide):
        return None
    flat = flat_page(picture)
    if flat is not None:
        dpi *= max(flat.shape[:2]) / max(picture.shape[:2])
        picture = flat
        if max(flat.shape[:2]) < LONGEST_SHEET * min(flat.shape[:2]):
            dpi = max(flat.shape[:2]) / A4
    working = working_dpi(picture, dpi)
    if working != dpi:
        how = cv2.INTER_AREA if working < dpi else cv2.INTER_CUBIC
        picture = np.asarray(cv2.resize(picture, None, fx=working / dpi, fy=working / dpi, interpolation=how), np.uint8)
    return Straight(sheet=upright_sheet(picture, working), dpi=working, photo=flat is not None)


def recognised_page(picture: Picture, *, number: int, dpi: float) -> Page:
    """The page that `picture` (h, w, 3, red green blue) shows at `dpi` pixels an inch; `number` counts from 1.

    Width, height and all places are those of the page put upright, in points.
    """
    found = straightened(picture, dpi)
    if found is None:
        high, wide = picture.shape[:2]
        return Page(number=number, width=wide * POINTS / dpi, height=high * POINTS / dpi, scanned=True)
    sheet, (width, height) = found.sheet, found.size
    runs = runs_in(sheet, found.dpi)
    show(number, sheet.grey, width, height)
    return Page(number=number, width=width, height=height, runs=tuple(runs), rules=rules_of(sheet.ruling, found.dpi), scanned=True,
                turned=sheet.turned, tilt=round(sheet.tilt, 2), issues=issues_of(sheet, runs, number, found.dpi, photo=found.photo))

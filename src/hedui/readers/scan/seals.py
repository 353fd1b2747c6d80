"""A page in colour -> the page in grey with red and blue seals lifted off the text that they cover.

Only what is shaped as a seal is lifted; coloured headings (红头文件) stay. In the channel of its own colour a seal is nearly
as bright as paper while black text under it stays dark, so that text is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Seal", "unsealed"]

Picture = NDArray[np.uint8]

# seals are looked for in a picture of so many pixels an inch
COARSE = 60
MILLIMETRES = 25.4
# an official seal is 30 to 60 mm wide (国发〔1999〕25号: 42 to 60 mm for offices); characters of a red heading stay under 22 mm
LEAST, MOST = 24.0, 70.0
# an oval seal is 45 x 30; a row of letters is far longer than high
LONGEST = 1.8
# letters and ring of a seal stand this close together, in mm
JOIN = 2.5
# a pixel is coloured if one channel is brighter than both others by this much; all seal from FULL on
COLOURED, FULL = 36, 70
# of 36 directions from its middle, a seal's rim is met in so many
RIM = 20


class Seal(NamedTuple):
    """Where a seal stands, in pixels of the page: its box and the channel (0 red, 2 blue) it is bright in."""

    x0: int
    y0: int
    x1: int
    y1: int
    channel: int


def colour_of(picture: Picture, channel: int) -> NDArray[np.int16]:
    """By how much the channel is brighter than both others."""
    one, two = (picture[..., other].astype(np.int16) for other in range(3) if other != channel)
    return picture[..., channel].astype(np.int16) - np.maximum(one, two)


def rim_met(mask: NDArray[np.uint8]) -> int:
    """In how many of 36 directions from the middle the outermost coloured point lies near the rim of the box."""
    y, x = np.nonzero(mask)
    across, down = (x + 0.5) / mask.shape[1] * 2 - 1, (y + 0.5) / mask.shape[0] * 2 - 1
    rim = np.hypot(across, down) > 0.8
    return len(np.unique(((np.arctan2(down, across)[rim] + np.pi) / (2 * np.pi) * 36).astype(int) % 36))


def seals_in(picture: Picture, dpi: float) -> list[Seal]:
    """The seals on a page."""
    scale = min(1.0, COARSE / dpi)
    small = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    unit = dpi * scale / MILLIMETRES
    reach = int(JOIN * unit) | 1
    found = []
    for channel in (0, 2):
        mask = np.asarray(colour_of(small, channel) > COLOURED, np.uint8)
        if mask.sum() < LEAST * unit:
            continue
        joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
        for x, y, width, height, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
            fits = LEAST * unit <= min(width, height) and max(width, height) <= MOST * unit
            if fits and max(width, height) <= LONGEST * min(width, height) and rim_met(
                    mask[y:y + height, x:x + width]) >= RIM:
                x0, y0, x1, y1 = (round(one / scale) for one in (x - 1, y - 1, x + width + 1, y + height + 1))
                found.append(Seal(x0, y0, x1, y1, channel))
    return found


def lifted(picture: Picture, grey: Picture, channel: int) -> Picture:
    """`grey` with what is coloured in `picture` made as bright as its own channel shows it, the seal's ink as paper."""
    colour = colour_of(picture, channel)
    own = picture[..., channel].astype(np.float32)
    seal = own[colour > FULL]
    full = max(1.0, float(np.percentile(seal, 30))) if len(seal) else 255.0
    paper = float(np.percentile(own, 75))
    share = np.clip((colour - COLOURED / 3) / (FULL - COLOURED / 3), 0, 1).astype(np.float32)
    bright = np.minimum(own / full, 1.0) * paper
    return np.asarray(np.clip(grey * (1 - share) + bright * share, 0, 255), np.uint8)


def unsealed(picture: Picture, dpi: float) -> tuple[Picture, list[Seal]]:
    """The page in grey without its seals, and where they stood."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    seals = seals_in(picture, dpi)
    for x0, y0, x1, y1, channel in seals:
        part = np.s_[max(0, y0):y1, max(0, x0):x1]
        grey[part] = lifted(picture[part], grey[part], channel)
    return grey, seals

"""A photo of a page on a darker ground -> the page alone, as if seen from straight above; any other picture as it is.

Only where all four sides of a bright sheet are clearly seen against the ground is anything done.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["flat_page"]

Picture = NDArray[np.uint8]
Corners = NDArray[np.float32]

# the longer side of the picture in which the sheet is looked for
SIDE = 600
# a sheet fills this part of the picture: less is a note on a desk, more is the page itself with its rim
LEAST, MOST = 0.3, 0.985
# ground is darker than paper by this much, across this part of every side, at this distance from it (of the picture's side)
DARKER, ALONG, BESIDE = 35, 0.85, 0.012
# no sheet that offices use is longer
LONGEST = 2.0


def ordered(corners: Corners) -> Corners:
    """Four corners from the top left clockwise."""
    middle = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def contrast(grey: Picture, start: NDArray[np.float32], end: NDArray[np.float32], middle: NDArray[np.float32]) -> float:
    """The part of a side along which the ground outside is clearly darker than the paper inside."""
    along = end - start
    inward = np.array((-along[1], along[0]), np.float32) / max(float(np.hypot(*along)), 1.0)
    if float(np.dot(inward, middle - start)) < 0:
        inward = -inward
    places = start + np.linspace(0.03, 0.97, 60, dtype=np.float32)[:, None] * along
    reach = BESIDE * max(grey.shape)

    def seen(points: NDArray[np.float32]) -> NDArray[np.int16]:
        x, y = np.clip(points.round().astype(int), 0, (grey.shape[1] - 1, grey.shape[0] - 1)).T
        return np.asarray(grey[y, x], np.int16)

    return float((seen(places + reach * inward) - seen(places - reach * inward) > DARKER).mean())


def sheet_corners(picture: Picture) -> Corners | None:
    """The corners of a sheet in the picture, None where none is clearly seen."""
    scale = min(1.0, SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), 5), np.uint8)
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = max(outlines, key=cv2.contourArea, default=None)
    if outline is None or not LEAST * grey.size <= cv2.contourArea(outline) <= MOST * grey.size:
        return None
    hull = cv2.convexHull(outline)
    four = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True).reshape(-1, 2).astype(np.float32)
    if len(four) != 4:
        return None
    corners = ordered(four)
    sides = list(zip(corners, np.roll(corners, -1, axis=0), strict=True))
    if any(contrast(grey, start, end, corners.mean(axis=0)) < ALONG for start, end in sides):
        return None
    return np.asarray(corners / scale, np.float32)


def flat_page(picture: Picture) -> Picture | None:
    """The sheet that is seen in `picture` (h, w, 3), laid flat; None where no sheet stands out from a ground."""
    corners = sheet_corners(picture)
    if corners is None:
        return None
    top, right, bottom, left = (float(np.hypot(*(corners[(at + 1) % 4] - corners[at]))) for at in range(4))
    wide, high = round(max(top, bottom)), round(max(left, right))
    if not wide or not high or max(wide, high) > LONGEST * min(wide, high):
        return None
    flat = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    return np.asarray(cv2.warpPerspective(picture, matrix, (wide, high), flags=cv2.INTER_CUBIC,
                                          borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)), np.uint8)

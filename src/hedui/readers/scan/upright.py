"""A picture of a page -> how far it is tilted, whether its lines run across or up and down, and the picture put upright."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["rotated", "tilt_of", "turned"]

Picture = NDArray[np.uint8]

# the longer side of the picture in which tilt is measured: there 0.05 degrees move the end of a line by half a pixel
SIDE = 1200
MOST_TILT = 15.0
# coarse to fine: half the range searched around the best angle so far, and the step
STEPS = ((MOST_TILT, 0.5), (0.5, 0.1), (0.1, 0.02))
# ink is darker than this share of the brightness around it
DARKER = 0.75
# as many points of ink tell the tilt as well as all of them
POINTS = 30_000
# a page of fewer points is blank, its tilt that of dust
LEAST_POINTS = 200
# a profile is sharper than the tilted ones beside it by this factor, or there are no lines to go by
SHARPER = 2.0
# less than this is no tilt but the limit of measuring
LEAST_TILT = 0.04


def ink_points(picture: Picture) -> NDArray[np.float32]:
    """Some of the dark points of a page as (n, 2) x and y from its middle, in pixels of the picture of SIDE."""
    scale = min(1.0, SIDE / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    small = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    around = cv2.blur(small, (41, 41))
    y, x = np.nonzero(small < around * DARKER)
    step = max(1, len(x) // POINTS)
    return np.stack((x[::step] - small.shape[1] / 2, y[::step] - small.shape[0] / 2), axis=1).astype(np.float32)


def sharpness(points: NDArray[np.float32], degrees: float, *, along: int) -> float:
    """How sharply the ink falls into lines when the page is turned back by `degrees`: the squared steps of its profile.
    `along` 0 asks for lines that run across, 1 for lines that run up and down."""
    angle = np.deg2rad(degrees)
    x, y = points[:, 0], points[:, 1]
    place = y * np.cos(angle) - x * np.sin(angle) if along == 0 else x * np.cos(angle) + y * np.sin(angle)
    profile = np.bincount((place + SIDE).astype(np.int32), minlength=2 * SIDE)
    return float((np.diff(profile).astype(np.float64) ** 2).sum())


def tilt_of(picture: Picture) -> tuple[float, bool]:
    """The degrees by which the lines of a picture in colour fall to the right (-15 to 15), and whether they run up and down.

    Both ways are tried, coarse to fine; a page without lines has no tilt.
    """
    points = ink_points(picture)
    if len(points) < LEAST_POINTS:
        return 0.0, False
    found: list[tuple[float, float]] = []
    for along in (0, 1):
        best, top, typical = 0.0, 0.0, 1.0
        for reach, step in STEPS:
            angles = best + np.arange(-reach, reach + step / 2, step)
            sharp = [sharpness(points, angle, along=along) for angle in angles]
            if reach == MOST_TILT:
                typical = float(np.median(sharp)) or 1.0
            top, best = max(zip(sharp, angles.tolist(), strict=True))
        found.append((top / typical, best))
    across, down = found
    sharper, tilt = max(across, down)
    if sharper < SHARPER or abs(tilt) < LEAST_TILT:
        tilt = 0.0
    return tilt, down[0] > across[0]


def rotated(picture: Picture, degrees: float) -> Picture:
    """The picture with lines that fall by `degrees` made level, on the same sheet with white corners."""
    if not degrees:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC,
                                     borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)), np.uint8)


def turned(picture: Picture, quarters: int) -> Picture:
    """The picture turned clockwise by so many quarters."""
    return np.ascontiguousarray(np.rot90(picture, -quarters)) if quarters % 4 else picture

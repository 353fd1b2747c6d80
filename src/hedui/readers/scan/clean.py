"""A picture of a page in colour -> the page in grey on white, without shadow and seals, and where its ink is."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["despeckled", "flattened", "ink_of"]

Picture = NDArray[np.uint8]

# letters are smaller than this part of an inch, shadows larger
LETTER = 0.3
# the background is estimated in a picture of about this many pixels an inch
COARSE = 40
# paper and letters part at this brightness once the shadow is gone, unless the page itself says otherwise
MOST_INK, LEAST_INK = 200, 110

# a speck is an inked spot of at most this many square inches, which a decimal point is not; a page is speckled if it has
# so many a square inch
SPECK, MANY = 2.5 / 150**2, 8.0


def flattened(grey: Picture, dpi: float) -> Picture:
    """`grey` with its background, slowly changing paper and shadow, made white."""
    scale = min(1.0, COARSE / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    reach = max(3, int(LETTER * dpi * scale) | 1)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    ground = cv2.GaussianBlur(cv2.medianBlur(ground, reach), (0, 0), reach / 3)
    ground = cv2.resize(ground, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(ground, 1), scale=255), np.uint8)


def ink_of(grey: Picture) -> Picture:
    """1 where the flattened page is dark, 0 elsewhere; parted where its brightness parts best (Otsu 1979)."""
    level, _ = cv2.threshold(grey[::2, ::2], 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(grey < min(MOST_INK, max(LEAST_INK, level)), np.uint8)


def despeckled(grey: Picture, dpi: float) -> Picture:
    """`grey` with specks of pepper made paper, if there are so many that they are noise; otherwise as it is. Spots that
    nearly touch are one: the pieces of a thin stroke are no specks."""
    ink = ink_of(grey)
    count, labels = cv2.connectedComponents(cv2.dilate(ink, np.ones((3, 3), np.uint8)))
    specks = np.bincount(labels[ink > 0], minlength=count) <= SPECK * dpi * dpi
    specks[0] = False
    if specks.sum() < MANY * grey.size / (dpi * dpi):
        return grey
    page = grey.copy()
    page[specks[labels]] = 255
    return page

"""A page of a PDF -> its picture, in the resolution that is in it and within a limit of pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from hedui.readers.limits import MAX_PAGE_PIXELS, MAX_PICTURE_PIXELS
from hedui.readers.pdf.drawn import Picture

__all__ = ["page_picture", "resolution", "too_large"]

POINTS = 72.0
# what letters drawn as curves are rendered at, and what is neither lost nor gained by for a scan
USUAL, LEAST, MOST = 200.0, 150.0, 300.0
# a picture that takes this share of the page tells the resolution: a scan may come in strips
COUNTS = 0.05


def resolution(pictures: Iterable[Picture], width: float, height: float) -> float:
    """Pixels an inch at which to render a page: its picture's own, where it shows any of some size."""
    own = [math.sqrt(picture.wide * picture.high / picture.area) * POINTS for picture in pictures
           if picture.area >= COUNTS * width * height and picture.wide and picture.high]
    wanted = min(max(own), MOST) if own else USUAL
    most = POINTS * math.sqrt(MAX_PAGE_PIXELS / max(width * height, 1.0))
    return min(max(wanted, LEAST), most)


def too_large(pictures: Iterable[Picture]) -> bool:
    """Whether a picture has more pixels than are unpacked."""
    return any(picture.wide * picture.high > MAX_PICTURE_PIXELS for picture in pictures)


def page_picture(page: pdfium.PdfPage, dpi: float) -> NDArray[np.uint8]:
    """The picture of a page (h, w, 3), red green blue, at `dpi` pixels an inch."""
    bitmap: Any = page.render(scale=dpi / POINTS, rev_byteorder=True, may_draw_forms=False, prefer_bgrx=False)
    try:
        return np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)
    finally:
        bitmap.close()

"""A page of a PDF -> its picture at a wanted width, for people to look at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hedui.errors import ReadError
from hedui.readers.limits import MAX_PAGE_PIXELS
from hedui.readers.pdf.opening import opened
from hedui.readers.pdf.picture import POINTS, page_picture

__all__ = ["drawn_page", "page_sizes"]


def drawn_page(data: bytes, number: int, *, wide: int) -> tuple[NDArray[np.uint8], float, float] | None:
    """Page `number` (from 1) as a picture (h, wide, 3) in red, green, blue, and its width and height in points; None where there is no
    such page, or the PDF cannot be opened."""
    try:
        with opened(data, "") as document:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(wide / max(width, 1.0), (MAX_PAGE_PIXELS / max(width * height, 1.0)) ** 0.5)
            return page_picture(page, scale * POINTS), width, height
    except ReadError:
        return None


def page_sizes(data: bytes) -> dict[int, tuple[float, float]]:
    """Width and height in points of every page, from 1; nothing where the PDF cannot be opened."""
    try:
        with opened(data, "") as document:
            return {number: document.get_page_size(number - 1) for number in range(1, len(document) + 1)}
    except ReadError:
        return {}

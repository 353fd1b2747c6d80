"""How a page of a PDF lies -> how it is read: points from the top left corner of the upright page, inside its crop box.

A matrix is `(a, b, c, d, e, f)` as in PDF: x' = ax + cy + e, y' = bx + dy + f (ISO 32000-2, 8.3.3).
"""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium

__all__ = ["UNMOVED", "Matrix", "after", "box_through", "level_frame", "page_frame", "through", "turned_back"]

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def after(first: Matrix, second: Matrix) -> Matrix:
    """One matrix that does what `first` does and then `second`.

    >>> after((1, 0, 0, 1, 5, 0), (2, 0, 0, 2, 0, 0))
    (2, 0, 0, 2, 10, 0)
    """
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def through(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_through(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """The upright rectangle around what becomes of a rectangle."""
    corners = [through(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def page_frame(page: pdfium.PdfPage) -> tuple[Matrix, float, float]:
    """The way from the page's own coordinates to those of the upright page, and its width and height in points. What is
    drawn counts from the lower left corner, and `/Rotate` turns it clockwise by quarters."""
    left, bottom, right, top = page.get_bbox()
    wide, high = right - left, top - bottom
    turns = page.get_rotation() // 90 % 4
    frames: Sequence[Matrix] = (
        (1, 0, 0, -1, -left, top), (0, 1, 1, 0, -bottom, -left), (-1, 0, 0, 1, right, -bottom), (0, -1, -1, 0, top, right))
    return (frames[turns], wide, high) if turns % 2 == 0 else (frames[turns], high, wide)


def level_frame(turns: int, width: float, height: float) -> Matrix:
    """The way to the page turned clockwise by so many quarters, so that print that ran up, down or upside down is level."""
    frames: Sequence[Matrix] = (UNMOVED, (0, 1, -1, 0, height, 0), (-1, 0, 0, -1, width, height), (0, -1, 1, 0, 0, width))
    return frames[turns % 4]


def turned_back(turns: int, width: float, height: float) -> Matrix:
    """The way back from `level_frame(turns, width, height)`.

    >>> box_through(turned_back(1, 100, 200), *box_through(level_frame(1, 100, 200), 10, 20, 30, 60))
    (10, 20, 30, 60)
    """
    wide, high = (width, height) if turns % 2 == 0 else (height, width)
    return level_frame(-turns % 4, wide, high)

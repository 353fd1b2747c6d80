"""A sheet on a desk, seen askew, is laid flat; other pictures stay as they are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from hedui.readers.scan.photo import flat_page, sheet_corners

CORNERS = np.array([(90, 70), (520, 50), (560, 720), (60, 690)], np.float32)


def photographed(page, ground: int = 90) -> np.ndarray:
    """The page on a darker ground of 640 x 800 pixels, its corners at CORNERS."""
    high, wide = page.shape[:2]
    matrix = cv2.getPerspectiveTransform(np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32), CORNERS)
    desk = np.full((800, 640, 3), ground, np.uint8)
    seen = cv2.warpPerspective(page, matrix, (640, 800))
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, (640, 800)) > 127
    desk[mask] = seen[mask]
    return desk


def test_a_sheet_is_laid_flat(draw_blank):
    page = draw_blank((440, 640))
    page[300:340, 200:240] = 0
    photo = photographed(page)
    assert np.abs(sheet_corners(photo) - CORNERS).max() <= 8
    flat = flat_page(photo)
    high, wide = flat.shape[:2]
    y, x = np.nonzero(flat[20:-20, 20:-20, 0] < 100)
    assert (y.mean() + 20) / high == pytest.approx(0.5, abs=0.02) and (x.mean() + 20) / wide == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("made", ["blank", "text", "shadow", "pale ground", "a dark picture on it"])
def test_what_is_no_photo_of_a_sheet(written, draw_blank, made):
    page = {
        "blank": lambda: draw_blank(),
        "text": lambda: written([(60, 60 + 40 * row, "绩效自评报告全年执行数与预算数对比") for row in range(12)]),
        "shadow": lambda: (draw_blank() * np.linspace(1, 0.3, 900)[None, :, None]).astype(np.uint8),
        "pale ground": lambda: photographed(draw_blank(), ground=235),
        "a dark picture on it": lambda: cv2.rectangle(draw_blank(), (100, 100), (800, 400), (40, 40, 40), -1),
    }[made]()
    assert flat_page(page) is None

"""Shadow flattened, pepper removed, points kept."""

from __future__ import annotations

import numpy as np
import pytest

from hedui.readers.scan.clean import despeckled, flattened, ink_of

DPI = 150.0
LINE = [(60, 100, "执行数1,180.25万元，执行率95.46%。")]


def test_shadow_is_flattened(written):
    page = written(LINE)[..., 0]
    shaded = (page * np.linspace(1, 0.4, page.shape[1])[None, :]).astype(np.uint8)
    flat = flattened(shaded, DPI)
    assert flat[300].min() > 235
    assert ink_of(flat).sum(dtype=int) == pytest.approx(ink_of(page).sum(dtype=int), rel=0.1)


def test_white_paper_stays(written):
    page = written(LINE)[..., 0]
    assert np.abs(flattened(page, DPI).astype(int) - page).max() <= 2


def test_pepper_goes_and_points_stay(written):
    page = written(LINE)[..., 0]
    dice = np.random.default_rng(2)
    peppered = np.where(dice.random(page.shape) < 0.003, 0, page).astype(np.uint8)
    cleaned = despeckled(peppered, DPI)
    away = ink_of(peppered)[200:].sum(), ink_of(cleaned)[200:].sum()
    assert away[0] > 300 and away[1] < 0.1 * away[0]
    assert ink_of(cleaned)[page < 60].all()


def test_a_clean_page_is_not_touched(written):
    page = written(LINE)[..., 0]
    assert despeckled(page, DPI) is page

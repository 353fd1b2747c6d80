"""How far a page is tilted and which way its lines run."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from hedui.readers.scan.upright import rotated, tilt_of, turned

TEXT = "财政资金 12.5 万元绩效，自评报告：全年执行数 9.8 与预算数对比情况说明，其中（一）省级 1 项"


@pytest.fixture(scope="module")
def page(font):
    image = Image.new("RGB", (1240, 1000), "white")
    for row in range(20):
        ImageDraw.Draw(image).text((120, 80 + 42 * row), (TEXT[7 * row % 31:] + TEXT)[:36 + row % 5], font=font(25), fill=0)
    return np.array(image)


@pytest.mark.parametrize("degrees", [-14.0, -3.0, -0.5, 0.0, 0.8, 2.0, 7.3, 14.0])
def test_tilt_is_measured(page, degrees):
    tilt, down = tilt_of(rotated(page, -degrees))
    assert abs(tilt - degrees) <= 0.06 and not down


@pytest.mark.parametrize("degrees", [0.0, 2.0, -5.0])
@pytest.mark.parametrize("quarters", [1, 3])
def test_lines_that_run_up_and_down(page, degrees, quarters):
    tilt, down = tilt_of(turned(rotated(page, -degrees), quarters))
    assert abs(tilt - degrees) <= 0.06 and down


def test_noise_alone_has_no_tilt():
    dice = np.random.default_rng(1)
    page = np.where(dice.random((600, 900, 1)) < 0.002, 0, 255).astype(np.uint8).repeat(3, axis=2)
    assert abs(tilt_of(page)[0]) == 0


def test_a_blank_page_has_no_tilt(draw_blank):
    assert tilt_of(draw_blank()) == (0.0, False)


def test_turned_clockwise():
    picture = np.zeros((2, 3, 3), np.uint8)
    picture[0, 0] = 9
    assert turned(picture, 1)[0, 1, 0] == 9 and turned(picture, 2)[1, 2, 0] == 9 and turned(picture, 4)[0, 0, 0] == 9

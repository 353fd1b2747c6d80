"""Seals are lifted off the text, coloured headings stay."""

from __future__ import annotations

import numpy as np
import pytest

from hedui.readers.scan.seals import seals_in, unsealed

DPI = 150.0
LINE = (100, 280, "经自评得分为九十八分等级为优秀")


def test_a_seal_is_lifted_and_the_text_under_it_kept(written, draw_seal):
    page = written([LINE])
    grey, seals = unsealed(draw_seal(page, (300, 300)), DPI)
    assert [seal.channel for seal in seals] == [0]
    black, was = grey < 128, page[..., 0] < 128
    assert (black & was).sum() > 0.95 * was.sum() and (black & ~was).sum() < 0.02 * was.sum()


def test_a_blue_stamp_too(written, draw_seal):
    page = draw_seal(written([LINE]), (300, 300))[..., ::-1]
    assert [seal.channel for seal in seals_in(page, DPI)] == [2]


@pytest.mark.parametrize("size", [25, 60, 120])
def test_a_red_heading_stays(written, size):
    page = written([(20, 100, "财政局文件")], size=size, colour=(220, 20, 30))
    grey, seals = unsealed(page, DPI)
    assert seals == [] and (grey < 160).sum() > 300


def test_a_page_without_colour_is_its_grey(written):
    page = written([LINE])
    grey, seals = unsealed(page, DPI)
    assert seals == [] and np.array_equal(grey, page[..., 0])

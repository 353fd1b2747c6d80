"""Scans: the same for the same seed, others for others; every flaw does what it says."""

import io

import numpy as np
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from hedui.synth.render import BAD_150, CLEAN_200, CLEAN_300, ScanLook, pdf_of_pictures, scans_of, tiff_of_pictures
from hedui.synth.seal import seal_ink, stamped

STILL = ScanLook(dpi=100, tilt=0, blur=0, noise=0, jpeg=95)


@pytest.fixture(scope="module")
def page() -> bytes:
    """A page of 300 × 200 points with black bars on it, as a PDF of one picture."""
    picture = np.full((200, 300, 3), 255, np.uint8)
    for top in range(20, 180, 20):
        picture[top:top + 8, 30:270] = 0
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    return pdf_of_pictures([out.getvalue()], 72)


def pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))


@pytest.mark.parametrize("look", [CLEAN_200, CLEAN_300, BAD_150], ids=["200", "300", "150"])
def test_one_seed_one_scan(page, look):
    assert scans_of(page, look=look, seed=3) == scans_of(page, look=look, seed=3)
    assert scans_of(page, look=look, seed=3) != scans_of(page, look=look, seed=4)


@pytest.mark.parametrize("look, size", [(STILL, (278, 417)), (ScanLook(dpi=100, tilt=0, turned=1), (417, 278)),
                                        (ScanLook(dpi=200, tilt=0), (556, 834))])
def test_size(page, look, size):
    high, wide = pixels(scans_of(page, look=look)[0]).shape[:2]
    assert abs(high - size[0]) <= 1 and abs(wide - size[1]) <= 1


def test_a_tilted_page_is_larger_and_loses_nothing(page):
    still, tilted = (pixels(scans_of(page, look=STILL, tilt=tilt)[0]) for tilt in (0, 3))
    assert tilted.shape[0] > still.shape[0] and tilted.shape[1] > still.shape[1]
    assert (255 - tilted.astype(int)).sum() == pytest.approx((255 - still.astype(int)).sum(), rel=0.01)


def test_turned_once_the_top_is_at_the_right(page):
    still, turned = (pixels(scans_of(page, look=STILL, turned=turns)[0]).astype(int) for turns in (0, 1))
    assert np.abs(np.rot90(still, -1) - turned).mean() < 2


@pytest.mark.parametrize("change, darker", [({"shadow": 0.5}, True), ({"noise": 20.0}, True), ({"salt": 0.02}, True), ({"grey": True}, False)])
def test_flaws_show(page, change, darker):
    still, flawed = (pixels(scans_of(page, look=STILL, **more)[0]).astype(int) for more in ({}, change))
    assert (flawed[:18].mean() < still[:18].mean() - 0.5) == darker


def test_the_seal_is_red_and_stands_on_the_text(page):
    picture = pixels(scans_of(page, look=STILL, dpi=150)[0])
    out = stamped(picture, dpi=150, dice=np.random.default_rng(1)).astype(int)
    red = (out[:, :, 0] > 150) & (out[:, :, 1] < 120)
    assert 0.01 < red.mean() < 0.4
    black = picture.max(axis=2) < 60
    assert out[black].max() < 60
    assert not np.array_equal(seal_ink("某县财政局", 200), seal_ink("", 200))


def test_pictures_become_pages_of_their_size(page):
    scans = scans_of(page, look=STILL) * 3
    file = PdfDocument(pdf_of_pictures(scans, 100))
    assert len(file) == 3
    assert file[0].get_size() == pytest.approx((300, 200), abs=1)
    assert file[0].get_textpage().get_text_range() == ""
    tiff = Image.open(io.BytesIO(tiff_of_pictures(scans, 100)))
    assert tiff.n_frames == 3 and tiff.info["dpi"] == (100, 100)

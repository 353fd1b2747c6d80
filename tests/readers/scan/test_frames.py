"""Files of pictures: sizes refused before they are unpacked, pages, transparency, what the camera says."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from hedui.errors import ReadError
from hedui.readers import limits
from hedui.readers.scan import frames
from hedui.readers.scan.frames import frame_count, frames_of, opened, resolution


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pages(data: bytes) -> list[tuple[int, frames.Frame | None]]:
    with opened(data, "a") as image:
        return list(frames_of(image, "a"))


def only(data: bytes) -> frames.Frame:
    (_, found), = pages(data)
    assert found is not None
    return found


def half(mode: str = "RGB") -> Image.Image:
    """Red on its left half, white on the right."""
    picture = np.full((40, 60, 3), 255, np.uint8)
    picture[:, :30] = (255, 0, 0)
    return Image.fromarray(picture).convert(mode)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF"])
def test_kinds(kind):
    picture = only(saved(half(), kind)).picture
    assert picture.shape == (40, 60, 3) and picture[20, 10, 0] > 230 > 60 > picture[20, 10, 2] and picture[20, 50].min() > 220


def test_what_the_camera_says():
    exif = Image.Exif()
    exif[274] = 6
    picture = only(saved(half().rotate(90, expand=True), "JPEG", exif=exif)).picture
    assert picture.shape == (40, 60, 3) and picture[20, 10, 2] < 60


def test_what_is_transparent_is_paper():
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    assert only(saved(image, "PNG")).picture.min() == 255


def test_sixteen_bits():
    values = np.full((40, 60), 60_000, np.uint16)
    values[:, :30] = 0
    picture = only(saved(Image.fromarray(values), "TIFF")).picture
    assert picture[20, 10].max() == 0 and picture[20, 50].min() > 220


def test_pages_of_a_tiff():
    data = saved(half(), "TIFF", save_all=True, append_images=[half("L"), half("1")])
    assert [(number, found is not None) for number, found in pages(data)] == [(1, True), (2, True), (3, True)]


def test_too_many_pages(monkeypatch):
    monkeypatch.setattr(frames, "MAX_PAGES", 2)
    data = saved(half(), "TIFF", save_all=True, append_images=[half(), half()])
    with opened(data, "a") as image, pytest.raises(ReadError, match="有 3 页"):
        frame_count(image, "a")


def test_a_large_picture_is_reduced(monkeypatch):
    monkeypatch.setattr(frames, "MAX_PAGE_PIXELS", 700)
    found = only(saved(half(), "PNG", dpi=(300, 300)))
    assert found.picture.shape[0] * found.picture.shape[1] <= 700


def png(wide: int, high: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("wide, high", [(50_000, 50_000), (limits.MAX_PICTURE_PIXELS // 1000 + 1, 1000)])
def test_too_many_pixels_are_refused_unread(wide, high):
    with pytest.raises(ReadError, match="百万像素"), opened(png(wide, high), "a"):
        pass


@pytest.mark.parametrize("data", [b"", b"BM", b"II*\x00", b"\x89PNG\r\n\x1a\n", b"GIF89a", saved(half(), "JPEG")[:30]])
def test_what_does_not_open(data):
    with pytest.raises(ReadError, match="损坏"), opened(data, "a"):
        pass


@pytest.mark.parametrize("part", range(1, 10))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF"])
def test_cut_off(kind, part):
    data = saved(half(), kind)
    try:
        found = pages(data[:len(data) * part // 10])
    except ReadError:
        return
    assert all(one is None or one.picture.shape == (40, 60, 3) for _, one in found)


@pytest.mark.parametrize("size, told, dpi", [
    ((1654, 2339), 0, 200), ((1654, 2339), 200, 200), ((1654, 2339), 72, 200), ((2339, 1654), 96, 200),
    ((1240, 1754), 150, 150), ((3508, 4961), 300, 300), ((800, 6000), 0, 97),
])
def test_resolution(size, told, dpi):
    assert round(resolution(*size, told)) == dpi

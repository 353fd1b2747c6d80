"""Pictures inside files: their size before they are unpacked, and their pixels."""

from __future__ import annotations

import struct
import zlib

import cv2
import numpy as np
import pytest

from hedui.readers import limits, pixels
from hedui.readers.pixels import pixels_of, size_said

PICTURE = np.zeros((30, 50, 3), np.uint8)
PICTURE[:, :25] = (0, 0, 255)  # red on the left, in OpenCV's order


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tiff", ".bmp", ".webp"])
def test_kinds_of_pictures(suffix: str) -> None:
    data = cv2.imencode(suffix, PICTURE)[1].tobytes()
    found = pixels_of(data)
    assert size_said(data) == (50, 30) and found is not None and found.shape == (30, 50, 3)
    assert found[5, 5, 0] > 200 and found[5, 5, 2] < 60 and found[5, 45].max() < 60


def png(wide: int, high: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize("data", [
    b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x00\xff\xff", b"II*\x00", b"II*\x00\xff\xff\xff\xff",
    b"BM", b"RIFF1234WEBPVP8 ", png(50_000, 50_000), png(0, 10), png(10, 10), b"\xd7\xcd\xc6\x9a",
    cv2.imencode(".jpg", PICTURE)[1].tobytes()[:40], cv2.imencode(".png", PICTURE)[1].tobytes()[:60],
])
def test_what_is_no_picture_gives_none(data: bytes) -> None:
    assert pixels_of(data) is None


def test_a_large_picture_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("unpacked"))
    assert pixels_of(png(50_000, 50_000)) is None
    assert limits.MAX_PICTURE_PIXELS < 50_000**2


def test_a_picture_is_made_smaller_where_it_is_more_than_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "MAX_PAGE_PIXELS", 600)
    found = pixels_of(cv2.imencode(".png", PICTURE)[1].tobytes())
    assert found is not None and found.shape[0] * found.shape[1] <= 700

"""Bytes of a picture that stands in a file (PNG, JPEG, TIFF, BMP, WebP) -> its pixels, within limits."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hedui.readers.limits import MAX_PAGE_PIXELS, MAX_PICTURE_PIXELS

__all__ = ["pixels_of", "size_said"]

Pixels = NDArray[np.uint8]
# JPEG markers that open a frame and tell its size (ITU-T T.81, table B.1): C0 to CF without C4, C8 and CC
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
WIDTH_TAG, HEIGHT_TAG = 256, 257


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in FRAMES:
            high, wide = struct.unpack_from(">HH", data, at + 5)
            return wide, high
        at += 1 if marker == 0xFF else 2 if marker in ALONE else 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None


def tiff_size(data: bytes) -> tuple[int, int] | None:
    order = "<" if data.startswith(b"II") else ">"
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, at)
    found = {}
    for index in range(count):
        tag, kind = struct.unpack_from(f"{order}HH", data, at + 2 + 12 * index)
        if tag in (WIDTH_TAG, HEIGHT_TAG):
            (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", data, at + 10 + 12 * index)
    return (found[WIDTH_TAG], found[HEIGHT_TAG]) if len(found) == 2 else None


def png_size(data: bytes) -> tuple[int, int]:
    wide, high = struct.unpack_from(">II", data, 16)
    return wide, high


def bmp_size(data: bytes) -> tuple[int, int]:
    wide, high = struct.unpack_from("<ii", data, 18)
    return abs(wide), abs(high)


def webp_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    wide, high = struct.unpack_from("<HH", data, 26)
    return wide & 0x3FFF, high & 0x3FFF


SIZES: Mapping[bytes, Callable[[bytes], tuple[int, int] | None]] = {
    b"\x89PNG\r\n\x1a\n": png_size, b"\xff\xd8\xff": jpeg_size, b"II*\x00": tiff_size, b"MM\x00*": tiff_size, b"BM": bmp_size,
    b"RIFF": webp_size}


def size_said(data: bytes) -> tuple[int, int] | None:
    """The width and height that a picture's own head tells; None where it is no picture we know."""
    reader = next((reader for mark, reader in SIZES.items() if data.startswith(mark)), None)
    try:
        return None if reader is None else reader(data)
    except struct.error:
        return None


def pixels_of(data: bytes) -> Pixels | None:
    """The first picture in `data` (h, w, 3), red green blue, made smaller where it has more than MAX_PAGE_PIXELS; None where
    it is damaged, of a kind that is not read, or larger than MAX_PICTURE_PIXELS."""
    import cv2

    size = size_said(data)
    if size is None or not 0 < size[0] * size[1] <= MAX_PICTURE_PIXELS:
        return None
    try:
        found: Any = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:
        return None
    if found is None:
        return None
    shrink = (MAX_PAGE_PIXELS / (found.shape[0] * found.shape[1])) ** 0.5
    if shrink < 1:
        found = cv2.resize(found, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(found[:, :, ::-1])

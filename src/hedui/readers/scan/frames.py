"""Bytes of a picture -> its pages as RGB arrays with their resolution, one at a time, never larger than is allowed."""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from hedui.errors import ReadError
from hedui.readers.limits import MAX_PAGE_PIXELS, MAX_PAGES, MAX_PICTURE_PIXELS

__all__ = ["Frame", "frame_at", "frame_count", "frames_of", "opened", "resolution"]

KINDS = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
# A4 in inches, and the sizes of sheets that offices scan, from a slip to A3
A4 = (8.27, 11.69)
SHORT, LONG = (4.0, 13.0), 18.5
DAMAGED = "图片打不开，可能损坏或不完整；请重新取得或重新扫描 / the picture is damaged or cut off; fetch it again or scan it anew"
TOO_LARGE = (f"图片超过 {MAX_PICTURE_PIXELS // 1_000_000} 百万像素；请用 300 dpi 重新扫描 / "
             f"over {MAX_PICTURE_PIXELS // 1_000_000} million pixels; scan it anew at 300 dpi")
TOO_MANY = ("有 {n} 页，超过 {most} 页，不像报告；请拆成单份报告再读 / "
            "{n} pages, over the limit of {most}; split it into single reports")
# what Pillow raises for bytes that are not what they pose as
BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, OverflowError, TypeError, struct.error)


class Frame(NamedTuple):
    """One page: (h, w, 3) red green blue, and its pixels an inch."""

    picture: NDArray[np.uint8]
    dpi: float


def checked(image: Image.Image, name: str) -> None:
    if image.width * image.height > MAX_PICTURE_PIXELS:
        raise ReadError(name, TOO_LARGE)


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Image.Image]:
    """The picture, its head read and its size found fit, its pixels not unpacked yet; ReadError otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=KINDS)
        except Image.DecompressionBombError as error:
            raise ReadError(name, TOO_LARGE) from error
        except BROKEN as error:
            raise ReadError(name, DAMAGED) from error
        with image:
            checked(image, name)
            yield image


def frame_count(image: Image.Image, name: str) -> int:
    """How many pages a picture has: those of a TIFF; of what moves the first is the page."""
    if image.format != "TIFF":
        return 1
    try:
        count = int(getattr(image, "n_frames", 1))
    except BROKEN as error:
        raise ReadError(name, DAMAGED) from error
    if count > MAX_PAGES:
        raise ReadError(name, TOO_MANY.format(n=count, most=MAX_PAGES))
    return count


def resolution(wide: int, high: int, told: float) -> float:
    """Pixels an inch: what the file says, if that makes a sheet of paper of it; else as if it were A4.

    >>> round(resolution(1654, 2339, 0)), round(resolution(1654, 2339, 72)), round(resolution(1240, 1754, 150))
    (200, 200, 150)
    """
    short, long = sorted((wide, high))
    if told > 0 and SHORT[0] <= short / told <= SHORT[1] and long / told <= LONG:
        return told
    return long / A4[1] if long <= 1.7 * short else short / A4[0]


def told_resolution(image: Image.Image) -> float:
    told = image.info.get("dpi")
    try:
        across, down = (float(one) for one in told)  # type: ignore[union-attr]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0
    return across if math.isfinite(across) and across > 0 and abs(across - down) < 0.02 * across else 0.0


def on_white(image: Image.Image) -> Image.Image:
    """The picture in RGB: what is transparent as paper, what has 16 bits a pixel brought to 8."""
    if image.mode.startswith("I"):
        values = np.asarray(image, np.float64)
        return Image.fromarray(np.asarray(values * (255 / max(values.max(), 255.0)), np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return image.convert("RGB")


def frame(image: Image.Image) -> Frame:
    """The page that `image` stands at, upright as the camera says, reduced to what one page may have."""
    told, size = told_resolution(image), image.size
    factor = math.ceil(math.sqrt(image.width * image.height / MAX_PAGE_PIXELS))
    if factor > 1 and image.format == "JPEG":
        image.draft("RGB", (image.width // factor, image.height // factor))
    upright = ImageOps.exif_transpose(image)
    factor = math.ceil(math.sqrt(upright.width * upright.height / MAX_PAGE_PIXELS))
    if factor > 1:
        upright = on_white(upright).reduce(factor)
    dpi = resolution(*size, told) * max(upright.size) / max(size)
    return Frame(np.asarray(on_white(upright), np.uint8), dpi)


def frames_of(image: Image.Image, name: str) -> Iterator[tuple[int, Frame | None]]:
    """Each page with its number from 1; None for one that is damaged or too large."""
    for number in range(1, frame_count(image, name) + 1):
        yield number, frame_at(image, number, name)


def frame_at(image: Image.Image, number: int, name: str) -> Frame | None:
    """Page `number` from 1; None where it is damaged or too large."""
    try:
        if number > 1:
            image.seek(number - 1)
        checked(image, name)
        return frame(image)
    except (*BROKEN, ReadError, Image.DecompressionBombError):
        return None

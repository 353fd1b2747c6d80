"""A picture of a page -> the same page with a red round seal (公章) on its text: a ring, a star, words along the ring."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["seal_ink", "stamped"]

Picture = NDArray[np.uint8]
Ink = NDArray[np.float32]
WORDS = "青禾县财政局绩效评价专用章"
DIAMETER = 4.2 / 2.54  # inches: seals of county offices are 4.2 cm across
RED = (205, 30, 40)
FONTS = ("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")


@cache
def font_file() -> str | None:
    """A font that has Chinese letters, None where none is installed."""
    for folder in map(Path, FONT_FOLDERS):
        for name in FONTS:
            found = sorted(folder.expanduser().rglob(name))
            if found:
                return str(found[0])
    return None


def star(middle: float, radius: float) -> list[tuple[float, float]]:
    """The corners of a five-pointed star that stands upright."""
    return [(middle + r * math.sin(step * math.pi / 5), middle - r * math.cos(step * math.pi / 5))
            for step in range(10) for r in [radius if step % 2 == 0 else radius * 0.382]]


def seal_ink(words: str, size: int) -> Ink:
    """How much ink a seal `size` pixels across leaves at each pixel, 0 to 1; without a Chinese font it has no words."""
    from PIL import Image, ImageDraw, ImageFont

    ink = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(ink)
    middle, thick = size / 2, max(2, size // 32)
    draw.ellipse((1, 1, size - 2, size - 2), outline=255, width=thick)
    draw.polygon(star(middle, size * 0.16), fill=255)
    path = font_file()
    if path is None:
        return np.asarray(ink).astype(np.float32) / np.float32(255)
    height = max(8, round(size * 0.12))
    font = ImageFont.truetype(path, height)
    radius, arc = middle - thick - height * 0.75, 270
    for index, letter in enumerate(words):
        degrees = (index / max(len(words) - 1, 1) - 0.5) * arc
        tile = Image.new("L", (2 * height, 2 * height), 0)
        ImageDraw.Draw(tile).text((height, height), letter, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-degrees, resample=Image.Resampling.BICUBIC)
        at = (round(middle + radius * math.sin(math.radians(degrees)) - height),
              round(middle - radius * math.cos(math.radians(degrees)) - height))
        ink.paste(255, (*at, at[0] + 2 * height, at[1] + 2 * height), tile)
    return np.asarray(ink).astype(np.float32) / np.float32(255)


def fullest(picture: Picture, size: int, dice: np.random.Generator) -> tuple[int, int]:
    """Where a square of `size` pixels lies on text: the best of several places thrown at random (row, column)."""
    dark = picture.min(axis=2) < 128
    places = [(int(dice.integers(0, max(1, picture.shape[0] - size))), int(dice.integers(0, max(1, picture.shape[1] - size))))
              for _ in range(12)]
    return max(places, key=lambda place: int(dark[place[0]:place[0] + size, place[1]:place[1] + size].sum()))


def stamped(picture: Picture, *, dpi: float, dice: np.random.Generator, words: str = WORDS) -> Picture:
    """The page with a seal over its text; the ink is uneven, and black print stays black under it."""
    size = min(round(DIAMETER * dpi), *picture.shape[:2])
    row, col = fullest(picture, size, dice)
    ink = seal_ink(words, size)[:, :, None] * (0.72 + 0.18 * dice.random((size, size, 1), np.float32))
    out = picture.copy()
    under = out[row:row + size, col:col + size].astype(np.float32)
    colour = np.array(RED, np.float32)
    out[row:row + size, col:col + size] = (under * (1 - ink) + np.minimum(under, colour) * ink).astype(np.uint8)
    return out

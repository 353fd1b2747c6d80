"""Pages drawn by the tests: lines of text, a ruled table, a seal."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
Writer = Callable[..., Picture]
DPI = 150
RED = (205, 30, 40)


def font_file() -> str | None:
    """A font that has Chinese letters, as fontconfig tells."""
    if not shutil.which("fc-list"):
        return None
    told = subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True, check=False).stdout
    files = sorted(line.split(":")[0] for line in told.splitlines())
    return next((file for file in files if "Serif" in file and "Bold" not in file), files[0] if files else None)


@pytest.fixture(scope="session")
def font() -> Callable[[int], ImageFont.FreeTypeFont]:
    file = font_file()
    if file is None:
        pytest.skip("no Chinese font on this machine (fc-list :lang=zh-cn finds none)")
    # the simplified glyphs of a collection of Noto CJK are the third
    return lambda size: ImageFont.truetype(file, size, index=2 if file.endswith(".ttc") and "CJK" in file else 0)


@pytest.fixture
def written(font: Callable[[int], ImageFont.FreeTypeFont]) -> Writer:
    """Draws lines on a sheet: `written([(x, y, text)], size=25, on=picture)`."""
    def write(lines: Sequence[tuple[int, int, str]], *, size: int = 25, on: Picture | None = None,
              sheet: tuple[int, int] = (900, 600), colour: tuple[int, int, int] = (0, 0, 0)) -> Picture:
        image = Image.fromarray(blank(sheet) if on is None else on)
        draw = ImageDraw.Draw(image)
        for x, y, text in lines:
            draw.text((x, y), text, font=font(size), fill=colour)
        return np.array(image)
    return write


def blank(sheet: tuple[int, int] = (900, 600)) -> Picture:
    """A white page of so many pixels, wide and high."""
    return np.full((sheet[1], sheet[0], 3), 255, np.uint8)


def ruled_sheet(columns: Sequence[int], rows: Sequence[int], *, on: Picture) -> Picture:
    """The page with a grid: uprights at `columns`, levels at `rows`."""
    image = Image.fromarray(on)
    draw = ImageDraw.Draw(image)
    for x in columns:
        draw.line((x, rows[0], x, rows[-1]), fill=(0, 0, 0), width=2)
    for y in rows:
        draw.line((columns[0], y, columns[-1], y), fill=(0, 0, 0), width=2)
    return np.array(image)


def sealed(picture: Picture, middle: tuple[int, int], radius: int = 120) -> Picture:
    """The page with a round red seal with a star on what is printed there."""
    ink = Image.new("RGB", (picture.shape[1], picture.shape[0]), (255, 255, 255))
    draw, (x, y) = ImageDraw.Draw(ink), middle
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=8)
    points = [(x + (radius / 3 if k % 2 == 0 else radius / 8) * math.sin(math.pi * k / 5),
               y - (radius / 3 if k % 2 == 0 else radius / 8) * math.cos(math.pi * k / 5)) for k in range(10)]
    draw.polygon(points, fill=RED)
    return (picture.astype(np.uint16) * np.asarray(ink) // 255).astype(np.uint8)


@pytest.fixture
def draw_blank() -> Callable[..., Picture]:
    return blank


@pytest.fixture
def draw_rules() -> Callable[..., Picture]:
    return ruled_sheet


@pytest.fixture
def draw_seal() -> Callable[..., Picture]:
    return sealed

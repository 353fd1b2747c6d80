"""A PDF -> pictures of its pages as a scanner or a phone makes them: tilted, blurred, noisy, shaded, stamped with a seal,
saved as JPEG; the same pictures for the same `seed`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hedui.synth.seal import stamped

__all__ = ["BAD_150", "CLEAN_200", "CLEAN_300", "ScanLook", "pdf_of_pictures", "scanned", "scans_of", "tiff_of_pictures"]

Picture = NDArray[np.uint8]
JPEG_START = b"\xff\xd8"


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanLook:
    """What becomes of a page: `tilt` in degrees anticlockwise; `blur` as the standard deviation in pixels at 200 dpi;
    `noise` as the standard deviation of grey levels; `jpeg` quality; `shadow` how much of the light is lost in the
    darkest corner (0 to 1); `salt` the share of pixels that turn white or black; `seal` whether a red seal stands on
    the text; `turned` quarter turns clockwise; `grey` a scanner without colours."""

    dpi: float = 200
    tilt: float = 0.8
    blur: float = 0.6
    noise: float = 6
    jpeg: int = 60
    shadow: float = 0
    salt: float = 0
    seal: bool = False
    turned: int = 0
    grey: bool = False


CLEAN_200 = ScanLook(dpi=200)
CLEAN_300 = ScanLook(dpi=300)
BAD_150 = ScanLook(dpi=150, tilt=2, noise=10, jpeg=35, shadow=0.45, salt=0.004, seal=True)


def page_pictures(pdf: bytes, dpi: float) -> Iterator[Picture]:
    """The pages of a PDF as RGB pictures, without flaws."""
    import pypdfium2

    file = pypdfium2.PdfDocument(pdf)
    try:
        for page in file:
            yield np.ascontiguousarray(page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3])
            page.close()
    finally:
        file.close()


def tilted(picture: Picture, degrees: float) -> Picture:
    """The picture turned about its middle on a larger white sheet, so that nothing is cut off."""
    import cv2

    high, wide = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    size = (int(np.ceil(wide * cos + high * sin)), int(np.ceil(wide * sin + high * cos)))
    turn[:, 2] += (size[0] - wide) / 2, (size[1] - high) / 2
    return np.asarray(cv2.warpAffine(picture, turn, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)), np.uint8)


def shaded(picture: Picture, depth: float, dice: np.random.Generator) -> Picture:
    """Light that falls off towards one corner."""
    high, wide = picture.shape[:2]
    across, down = np.linspace(0, 1, wide, dtype=np.float32), np.linspace(0, 1, high, dtype=np.float32)[:, None]
    if dice.random() < 0.5:
        across = across[::-1]
    if dice.random() < 0.5:
        down = down[::-1]
    light = 1 - depth * (across * 0.6 + down * 0.4) ** 1.5
    return np.asarray(picture * light[:, :, None], np.uint8)


def peppered(picture: Picture, share: float, dice: np.random.Generator) -> Picture:
    out = picture.copy()
    hit = dice.random(picture.shape[:2])
    out[hit < share / 2] = 0
    out[hit > 1 - share / 2] = 255
    return out


def grained(picture: Picture, depth: float, dice: np.random.Generator) -> Picture:
    noise = dice.standard_normal(picture.shape[:2], np.float32)[:, :, None] * depth
    return np.asarray(np.clip(picture + noise, 0, 255), np.uint8)


def jpeg(picture: Picture, quality: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality)
    return out.getvalue()


def scanned(picture: Picture, *, look: ScanLook, seed: int = 0) -> bytes:
    """One page picture as the scan `look` makes of it: a JPEG file."""
    import cv2

    dice = np.random.default_rng(seed)
    if look.seal:
        picture = stamped(picture, dpi=look.dpi, dice=dice)
    if look.tilt:
        picture = tilted(picture, look.tilt)
    if look.turned:
        picture = np.ascontiguousarray(np.rot90(picture, -look.turned))
    if look.blur:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), look.blur * look.dpi / 200), np.uint8)
    if look.shadow:
        picture = shaded(picture, look.shadow, dice)
    if look.noise:
        picture = grained(picture, look.noise, dice)
    if look.salt:
        picture = peppered(picture, look.salt, dice)
    if look.grey:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    return jpeg(picture, look.jpeg)


def scans_of(pdf: bytes, *, look: ScanLook = CLEAN_200, seed: int = 0, **changes: Any) -> list[bytes]:
    """The pages of a PDF as scans, one JPEG file a page; `changes` are fields of `ScanLook` to set otherwise.

    `scans_of(pdf, look=BAD_150, seal=False)` is the bad scan without the seal.
    """
    look = replace(look, **changes)
    return [scanned(picture, look=look, seed=seed * 10_000 + number)
            for number, picture in enumerate(page_pictures(pdf, look.dpi))]


def jpeg_of(picture: bytes) -> bytes:
    """The picture, a file of any kind that Pillow reads, as JPEG; one that is JPEG already stays as it is."""
    from PIL import Image

    return picture if picture[:2] == JPEG_START else jpeg(np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")), 95)


def pdf_of_pictures(pictures: Sequence[bytes], dpi: float) -> bytes:
    """A PDF whose pages are the pictures, as a scanner saves them: no text, and the JPEG files as they are."""
    import pypdfium2

    file = pypdfium2.PdfDocument.new()
    for picture in pictures:
        image = pypdfium2.PdfImage.new(file)
        image.load_jpeg(io.BytesIO(jpeg_of(picture)), inline=True)
        width, height = (side * 72 / dpi for side in image.get_px_size())
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page = file.new_page(width, height)
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    file.save(out)
    file.close()
    return out.getvalue()


def tiff_of_pictures(pictures: Sequence[bytes], dpi: float) -> bytes:
    """A TIFF with a page for each picture, packed without loss."""
    from PIL import Image

    first, *rest = [Image.open(io.BytesIO(picture)) for picture in pictures]
    out = io.BytesIO()
    first.save(out, "TIFF", compression="tiff_deflate", dpi=(dpi, dpi), save_all=True, append_images=rest)
    return out.getvalue()

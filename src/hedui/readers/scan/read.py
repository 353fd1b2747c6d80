"""Bytes of a scanned or photographed page (PNG, JPEG, TIFF of many pages, BMP, GIF, WebP) -> Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from PIL import Image

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import assemble
from hedui.readers.pages import Page, page_drafts
from hedui.readers.scan.frames import frame_count, frames_of, opened
from hedui.readers.scan.recognise import recognised_page

__all__ = ["read_image"]

MEDIA_TYPES = {"BMP": "image/bmp", "GIF": "image/gif", "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png",
               "TIFF": "image/tiff", "WEBP": "image/webp"}
NOT_READ = ("这一页的图像损坏或过大，没有读；请重新扫描这一页 / "
            "the picture of this page is damaged or too large and not read; scan it anew")
NO_WORDS = ("图片里没有认出文字；请提供清晰的扫描件或照片 / no words were recognised in the picture; give a clear scan or photo")


def pages_of(image: Image.Image, name: str, issues: list[Issue]) -> Iterator[Page]:
    """The recognised pages of a picture; what is told of them is kept in `issues`."""
    for number, frame in frames_of(image, name):
        if frame is None:
            issues.append(Issue(where=f"第 {number} 页 / page {number}", what=NOT_READ))
            continue
        page = recognised_page(frame.picture, number=number, dpi=frame.dpi)
        issues += page.issues
        yield page


def read_image(data: bytes, name: str) -> Document:
    """The page or pages that a picture shows, with the certainty of every character in the lines.

    Raises ReadError where it is damaged, has too many pixels or pages, or no words were recognised.
    """
    issues: list[Issue] = []
    with opened(data, name) as image:
        count, kind = frame_count(image, name), str(image.format)
        text, blocks, lines = assemble(page_drafts(pages_of(image, name, issues)))
    if not text.strip():
        damaged = next((issue for issue in issues if issue.what == NOT_READ), None)
        raise ReadError(name, damaged.what if damaged else NO_WORDS, where=damaged.where if damaged else "")
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPES[kind], text=text,
                    blocks=blocks, pages=count, lines=lines, issues=tuple(issues))

"""A picture that is a part of a package (docx, OFD) -> the page it shows, recognised."""

from __future__ import annotations

from hedui.errors import ReadError
from hedui.readers.limits import MAX_PART_BYTES
from hedui.readers.package import Package, has, part_bytes
from hedui.readers.pages import Page

__all__ = ["recognised_part"]


def recognised_part(package: Package, path: str, *, number: int, width: float | None = None) -> Page | None:
    """The page that the picture at `path` shows, in points from its own corner; None where the picture is damaged, too large
    or of a kind that is not read. `width` is how wide it is shown in points; without it its own resolution counts."""
    from hedui.readers import scan
    from hedui.readers.scan.frames import frames_of, opened

    if not has(package, path) or package.parts[path.lower()].file_size > MAX_PART_BYTES:
        return None
    try:
        with opened(part_bytes(package, path), package.name) as image:
            _, frame = next(frames_of(image, package.name))
    except ReadError:
        return None
    if frame is None:
        return None
    dpi = frame.picture.shape[1] / width * 72 if width else frame.dpi
    return scan.recognised_page(frame.picture, number=number, dpi=dpi)

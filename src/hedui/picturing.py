"""Reports as files in, pictures of their pages out, for who holds what was read against the page itself.

A file is found by the name that the store knows it by and shown only where its bytes are those that were read. It is drawn in a
process of its own, which is lost with a file made to harm and started anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from hashlib import file_digest
from multiprocessing import active_children, get_context
from pathlib import Path
from threading import Lock
from typing import TypeVar

from hedui.export.inspect import PagePicture

__all__ = ["Pictures", "drawn", "found", "sizes_of"]

T = TypeVar("T")
WIDE = 1400
AT_HAND, PATIENCE = 120, 30.0
PDF = ".pdf"
# scans are shown flat and upright, as they are read: there is where the places of what was read are
SCANS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")


def sizes_of(path: str) -> Mapping[int, tuple[float, float]]:
    """Width and height in points of every page of a PDF."""
    from hedui.readers.pdf.showing import page_sizes

    return page_sizes(Path(path).read_bytes())


def drawn(path: str, number: int) -> PagePicture | None:
    """Page `number` (from 1) of a PDF or scan, at most WIDE pixels across; None where the file has no such page."""
    from hedui.inspection import jpeg_of
    from hedui.readers.pdf.showing import drawn_page
    from hedui.readers.scan.showing import drawn_frame

    data = Path(path).read_bytes()
    found = drawn_page(data, number, wide=WIDE) if path.lower().endswith(PDF) else drawn_frame(data, number)
    if found is None:
        return None
    picture, width, height = found
    return PagePicture(jpeg=jpeg_of(picture, most=WIDE), width=width, height=height)


@lru_cache(maxsize=1024)
def digest(path: str, size: int, changed: int) -> str:
    with Path(path).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def found(folders: Sequence[str], names: Sequence[str], sha256: str) -> str | None:
    """The file below `folders` that goes by one of `names` and has these bytes; None where there is none."""
    for folder in folders:
        root = Path(folder).resolve()
        for name in names:
            path = (root / name).resolve()
            if path.is_relative_to(root) and path.is_file():
                told = path.stat()
                if digest(str(path), told.st_size, told.st_mtime_ns) == sha256:
                    return str(path)
    return None


class Pictures:
    """The pages of the files below some folders; the last ones are kept at hand."""

    def __init__(self, folders: Sequence[str | os.PathLike[str]]) -> None:
        self.folders = tuple(os.fspath(folder) for folder in folders)
        self.pool: ProcessPoolExecutor | None = None
        self.lock = Lock()
        self.drawn = lru_cache(maxsize=AT_HAND)(self.draw)
        self.sized = lru_cache(maxsize=AT_HAND)(self.measure)

    def path_of(self, names: Sequence[str], sha256: str) -> str | None:
        path = found(self.folders, names, sha256)
        return path if path is not None and path.lower().endswith((PDF, *SCANS)) else None

    def at_hand(self, names: Sequence[str], sha256: str) -> bool:
        """Whether the file is at hand and has pages to draw."""
        return self.path_of(names, sha256) is not None

    def sizes(self, names: Sequence[str], sha256: str, numbers: Iterable[int]) -> Mapping[int, tuple[float, float]]:
        """Width and height in points of the pages that are asked for, from 1; nothing of pages that cannot be drawn."""
        path = self.path_of(names, sha256)
        if path is None:
            return {}
        wanted = sorted(set(numbers))
        if path.lower().endswith(PDF):
            return {number: size for number, size in self.sized(path).items() if number in wanted}
        return {number: (page.width, page.height) for number in wanted if (page := self.drawn(path, number)) is not None}

    def picture(self, names: Sequence[str], sha256: str, number: int) -> PagePicture | None:
        """Page `number` of the file; None where it lies nowhere, has no such page or cannot be drawn."""
        path = self.path_of(names, sha256)
        return None if path is None else self.drawn(path, number)

    def draw(self, path: str, number: int) -> PagePicture | None:
        return self.ask(drawn, path, number)

    def measure(self, path: str) -> Mapping[int, tuple[float, float]]:
        return self.ask(sizes_of, path) or {}

    def ask(self, what: Callable[..., T], *given: object) -> T | None:
        """What the process that draws answers; None where it is lost or takes too long."""
        with self.lock:
            if self.pool is None:
                self.pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            waiting = self.pool.submit(what, *given)
        try:
            return waiting.result(timeout=PATIENCE)
        except (BrokenProcessPool, CancelledError, TimeoutError, OSError):
            self.close(broken=True)
            return None

    def close(self, *, broken: bool = False) -> None:
        """Ends the process that draws."""
        with self.lock:
            pool, self.pool = self.pool, None
        if pool is not None:
            for process in active_children() if broken else ():
                process.kill()
            pool.shutdown(wait=not broken, cancel_futures=True)

"""A file or its bytes -> Document, by the reader that fits the content; the name of the file decides nothing."""

from __future__ import annotations

from pathlib import Path

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers.archive import read_archive, spelled
from hedui.readers.detect import Kind, kind_of
from hedui.readers.formats import CONTAINERS, READERS, REFUSALS
from hedui.readers.limits import MAX_FILE_BYTES

__all__ = ["CONTAINERS", "Kind", "kind_of", "read", "read_bytes", "too_large"]


def too_large(name: str, size: int) -> ReadError:
    return ReadError(name, f"文件有 {size / 1e6:.0f} MB，超过 {MAX_FILE_BYTES / 1e6:.0f} MB；请拆成单份报告再读 / "
                           f"{size / 1e6:.0f} MB, over the limit of {MAX_FILE_BYTES / 1e6:.0f} MB; "
                           "split it into single reports")


def read_bytes(data: bytes, name: str) -> Document:
    """The document that `data` holds; `name` is what it is called in messages and results.

    Raises ReadError with one line that says what was found and what to do. What was read only in part is among the
    `issues` of the document.

    >>> read_bytes("一、基本情况\\n全年执行数98万元。".encode("gb18030"), "a.docx").media_type
    'text/plain'
    """
    if len(data) > MAX_FILE_BYTES:
        raise too_large(name, len(data))
    kind = kind_of(data)
    if kind in CONTAINERS:
        return read_archive(data, name, read_bytes)
    reader = READERS.get(kind)
    if reader is None:
        raise ReadError(name, REFUSALS[kind])
    return reader(data, name)


def read(path: str | Path) -> Document:
    """The document in the file at `path`; see `read_bytes`."""
    path = Path(path)
    name = spelled(path.name)
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise too_large(name, size)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(name, f"打不开这个文件 / cannot be opened: {error.strerror or error}") from error
    return read_bytes(data, name)

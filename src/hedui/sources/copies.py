"""A file wherever it lies in, a local copy of it for as long as it is read, or the digest of its content, out."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hedui.errors import PassingError, ReadError
from hedui.readers import too_large
from hedui.readers.limits import MAX_FILE_BYTES
from hedui.sources.address import is_remote, key_of, shown
from hedui.sources.filesystems import forget, opened
from hedui.sources.found import Found, Known
from hedui.sources.local import stamp_of
from hedui.sources.stock import Stock, in_stock
from hedui.sources.troubles import guarded, told

__all__ = ["CHANGED", "Hashed", "hashed", "local_copy"]

AT_ONCE = 8
CHUNK_BYTES = 4_000_000
CHANGED = "文件在列出之后变了，请重新运行 · changed since it was listed, run again"
CUT = "没有传完，请稍后再试 · the transfer was cut short, try again later"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hashed:
    """The SHA-256 of a file, or the cause why there is none (`passing` where another try may do); `stamp` is what it may be known
    by again, empty where that is not sure. `was_known` says that the file was not read for it."""

    sha256: str | None = None
    cause: str | None = None
    passing: bool = False
    stamp: str = ""
    was_known: bool = False


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def within_limit(url: str, size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise too_large(shown(url), size)


def streamed(fs: Any, path: str, place: Path, url: str) -> int:
    """Copies by reading, whatever `path` is a link to (`get` of SFTP would make the link anew, on this machine); the size told."""
    size: int = fs.info(path)["size"]
    within_limit(url, size)
    with fs.open(path, "rb") as there, place.open("wb") as here:
        while chunk := there.read(CHUNK_BYTES):
            here.write(chunk)
            within_limit(url, here.tell())
    return size


def got(fs: Any, path: str, place: Path, url: str) -> int:
    """Copies in one request; the size told."""
    from fsspec.callbacks import Callback

    class Ceiling(Callback):  # type: ignore[misc]  # without types
        def set_size(self, size: int | None) -> None:
            super().set_size(size)
            within_limit(url, size or 0)

        def call(self, *args: Any, **kwargs: Any) -> None:
            within_limit(url, self.value)

    ceiling = Ceiling()
    fs.get_file(path, str(place), callback=ceiling)
    return ceiling.size or 0


def fetch(url: str, place: Path) -> None:
    """Copies what lies at `url` to `place`, stopped at the limit of readers, whatever the server said of its size."""
    fs, path = opened(url, web=True)
    size = (streamed if url.lower().startswith("sftp:") else got)(fs, path, place, url)
    if place.stat().st_size < size:
        raise PassingError(shown(url), CUT)


def taken(stock: Path | None, url: str, sha256: str | None, place: Path) -> bool:
    """Copies to `place` what was fetched earlier and lies in `stock`; whether it does."""
    held = None if stock is None else in_stock(stock, url, sha256)
    if held is None:
        return False
    try:
        shutil.copyfile(held, place)
    except OSError:  # a run that ended took it away
        return False
    return True


@contextmanager
def local_copy(path: str, *, sha256: str | None = None, stock: Path | None = None) -> Iterator[Path]:
    """Where the file at `path`, local or a URL, can be read: itself, or a copy that is deleted afterwards, made of what lies in the folder
    `stock` (`hedui.sources.stock`) where that has it.

    ReadError where it is too large (`MAX_FILE_BYTES`), cannot be read or no longer has the `sha256` it was listed with,
    PassingError where another try may do.
    """
    if not is_remote(path):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="hedui-") as folder:
        copy = Path(folder) / "copy"
        try:
            with guarded(path):
                if not taken(stock, path, sha256, copy):
                    fetch(path, copy)
                found = digest(copy) if sha256 else None
        except PassingError:
            forget(path)
            raise
        if found != sha256:
            raise ReadError(shown(path), CHANGED)
        yield copy


def hashed_local(found: Found) -> Hashed:
    """The digest of a local file; one that changes meanwhile has no sure stamp."""
    try:
        with open(found.path, "rb") as file:
            before = stamp_of(os.fstat(file.fileno()))
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            after = stamp_of(os.fstat(file.fileno()))
    except OSError as error:
        cause, passing = told(error, found.path)
        return Hashed(cause=cause, passing=passing)
    return Hashed(sha256=sha256, stamp=found.stamp if found.sure and before == after == found.stamp else "")


def hashed_remote(found: Found, stock: Stock | None) -> Hashed:
    try:
        with local_copy(found.path) as copy:
            size, sha256 = copy.stat().st_size, digest(copy)
            if stock is not None:
                stock.keep(found.path, sha256, copy)
    except ReadError as error:
        return Hashed(cause=error.cause, passing=isinstance(error, PassingError))
    return Hashed(sha256=sha256, stamp=found.stamp if found.sure and size == found.size else "")


def hashed(files: Iterable[Found], known: Known = MappingProxyType({}), *, stock: Path | None = None) -> Iterator[tuple[Found, Hashed]]:
    """The digest of each file: from `known` where the stamp of the file stands there, else read; those on servers
    are fetched several at once, and kept in the folder `stock` where one is given."""
    remote = []
    for one in files:
        stamp, sha256 = known.get(key_of(one.path), ("", ""))
        if stamp and stamp == one.stamp:
            yield one, Hashed(sha256=sha256, stamp=stamp, was_known=True)
        elif is_remote(one.path):
            remote.append(one)
        else:
            yield one, hashed_local(one)
    if remote:
        held = None if stock is None else Stock(stock)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from zip(remote, pool.map(partial(hashed_remote, stock=held), remote), strict=True)

"""Bytes of a tar, or of one file packed by gzip, bzip2 or xz (which may be a tar) -> the members, one Slot each."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, cast

from hedui.errors import ReadError
from hedui.readers.archive.held import BOMB, CHUNK, DAMAGE, DAMAGED, Budget, Slot, inflated
from hedui.readers.archive.names import spelled
from hedui.readers.detect import is_tar

__all__ = ["packed_slots", "tar_slots"]

LINK = "是链接或设备，不是文件，未读 / a link or a device, not a file; not read"
HEAD = 512


class Stream(io.RawIOBase):
    """Pieces as a file that is read once, from front to back, and stops with ReadError when they pass `limit` bytes."""

    def __init__(self, pieces: Iterator[bytes], name: str, limit: int) -> None:
        self.pieces, self.name, self.left, self.rest, self.last = pieces, name, limit, b"", b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.left -= len(piece)
            if self.left < 0:
                raise ReadError(self.name, BOMB)
            self.rest += piece
        given, self.rest = self.rest[:size], self.rest[size:]
        self.last = (self.last + given)[-HEAD:]
        return given


def contents(tar: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    """The bytes of a member, piece by piece. Raises one of DAMAGE."""
    try:
        file = tar.extractfile(info)
        while file is not None and (piece := file.read(CHUNK)):
            yield piece
    except tarfile.TarError as error:
        raise EOFError("cut off") from error


def tar_slots(pieces: Iterator[bytes], name: str, budget: Budget) -> Iterator[Slot]:
    """The members of a tar in its order. ReadError where it breaks off; what stood before is given first."""
    try:
        stream = Stream(pieces, name, budget.bytes + CHUNK)
        with tarfile.open(fileobj=cast(IO[bytes], stream), mode="r|", bufsize=HEAD * 20) as tar:
            for info in tar:
                whole = info.isreg() or info.isdir()
                yield Slot(path=spelled(info.name) + ("/" if info.isdir() else ""), size=max(0, info.size),
                           cause="" if whole else LINK, pieces=partial(contents, tar, info))
    except (tarfile.TarError, *DAMAGE) as error:
        raise ReadError(name, DAMAGED) from error
    if stream.last.strip(b"\x00"):  # a whole tar ends in blocks of zeros
        raise ReadError(name, DAMAGED)


def packed_slots(data: bytes, name: str, kind: str, budget: Budget) -> Iterator[Slot]:
    """The members of a packed tar, or the one file that was packed, by the name of `name` without its suffix."""
    try:
        head = b""
        for piece in inflated(data, kind):
            head += piece
            if len(head) >= HEAD:
                break
    except DAMAGE as error:
        raise ReadError(name, DAMAGED) from error
    if is_tar(head):
        yield from tar_slots(inflated(data, kind), name, budget)
        return
    own = PurePosixPath(name.rpartition("!/")[2])
    inner = own.stem if own.suffix else f"{own.name} (1)"
    yield Slot(path=inner, packed=len(data), pieces=partial(inflated, data, kind))

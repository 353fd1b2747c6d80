"""What an archive tells of its members, one Slot each, in; the members' bytes, or why they are refused, out.

All formats go through here, so that one set of limits holds: names that lead out of the archive are refused, sizes are
held against what was declared and, while unpacking, against what truly comes. Nothing is written to disk.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import BadZipFile

from hedui.errors import ReadError
from hedui.progress import step
from hedui.readers.archive.names import is_clutter, plain_path, refusal
from hedui.readers.limits import (
    ARCHIVE_FROM_BYTES,
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_RATIO,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    RATIO_FROM_BYTES,
)

__all__ = ["BARE", "BOMB", "CHUNK", "DAMAGE", "DAMAGED", "ENCRYPTED", "Budget", "Held", "Need", "Slot", "deflated", "inflated", "unpacked"]

Need = Callable[[str], bool]
CHUNK = 1 << 18
# how zlib is told of the form (its manual, inflateInit2)
GZIP, BARE = 31, -15
LZMA_MEMORY = 256_000_000
DAMAGE = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
BOMB = ("展开后过大（超过压缩前的 100 倍或总量上限），疑为压缩炸弹，未读；请直接提供其中的报告 / "
        "unpacks to an unreasonable size (perhaps a zip bomb), not read; give the reports themselves")
DAMAGED = "压缩数据损坏或不完整，读不出；请重新压缩或下载 / damaged or truncated; pack or download it again"
ENCRYPTED = "有密码保护，未读；请解密后再放进来 / password-protected, not read; give it without a password"
TOO_MANY = (f"压缩包里超过 {MAX_MEMBERS} 个文件，其余未读；请分开压缩 / "
            f"over {MAX_MEMBERS} files in it, the others are not read; split it")


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """One member: its full name (`县.zip!/乡/报告.pdf`) with its bytes, or the `cause` why it was not unpacked."""

    name: str
    data: bytes = b""
    cause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A member before it is unpacked: its path as the archive has it, what it is said to take packed and unpacked, its
    bytes piece by piece, and `cause` where the format itself forbids it."""

    path: str
    pieces: Callable[[], Iterator[bytes]]
    packed: int | None = None
    size: int = 0
    cause: str = ""


@dataclass(kw_only=True, slots=True)
class Budget:
    """How much an archive, with all that lies in it, may still unpack."""

    bytes: int
    members: int = MAX_MEMBERS

    @classmethod
    def of(cls, size: int) -> Budget:
        """The budget of an archive of `size` bytes."""
        return cls(bytes=min(MAX_ARCHIVE_BYTES, max(ARCHIVE_FROM_BYTES, MAX_ARCHIVE_RATIO * size)))


def most(slot: Slot, budget: Budget) -> int:
    """How many bytes `slot` may unpack to."""
    fair = MAX_FILE_BYTES if slot.packed is None else max(RATIO_FROM_BYTES, MAX_ARCHIVE_RATIO * slot.packed)
    return min(MAX_FILE_BYTES, fair, budget.bytes)


def held(slot: Slot, name: str, budget: Budget) -> Held:
    """The member unpacked under the name `name`, counted as it comes."""
    limit = most(slot, budget)
    if slot.cause or slot.size > limit:
        return Held(name=name, cause=slot.cause or BOMB)
    data = bytearray()
    try:
        for piece in slot.pieces():
            budget.bytes -= len(piece)
            data += piece
            if len(data) > limit:
                return Held(name=name, cause=BOMB)
    except DAMAGE:
        return Held(name=name, cause=DAMAGED)
    return Held(name=name, data=bytes(data))


def own_name(path: str, taken: dict[str, int]) -> str:
    """The path a member goes by: its own, with a number where another has it; added to `taken`.

    >>> taken = {}
    >>> [own_name(path, taken) for path in ("报告.txt", "报告 (2).txt", "报告.txt")]
    ['报告.txt', '报告 (2).txt', '报告 (3).txt']
    """
    name, suffix = path, PurePosixPath(path).suffix
    while name in taken:
        taken[path] += 1
        name = f"{path.removesuffix(suffix)} ({taken[path]}){suffix}"
    taken[name] = 1
    return name


def unpacked(slots: Iterator[Slot], name: str, budget: Budget, need: Need) -> Iterator[Held]:
    """The members of the archive `name` in its order, without folders and what systems leave behind (`__MACOSX`,
    Thumbs.db, `~$…`). Members that `need` does not ask for are not unpacked. ReadError where they are too many."""
    taken: dict[str, int] = {}
    for slot in slots:
        budget.members -= 1
        if budget.members < 0:
            raise ReadError(name, TOO_MANY)
        path = plain_path(slot.path)
        forbidden = refusal(path)
        if not path or (path.endswith("/") and not forbidden) or is_clutter(path):
            continue
        inner = f"{name}!/{own_name(path.rstrip('/'), taken)}"
        if forbidden:
            yield Held(name=inner.replace("\x00", "␀"), cause=forbidden)
        elif need(inner):
            yield held(slot, inner, budget)
            step("member", MAX_MEMBERS - budget.members, 0)


def inflated(data: bytes, kind: str) -> Iterator[bytes]:
    """The bytes that `data` (kind bz2, xz or gz) unpacks to, piece by piece; never more than a piece at once, however
    dense. Raises one of DAMAGE."""
    rest = data
    while rest.strip(b"\x00"):
        if kind == "gz":
            rest = yield from deflated(rest, GZIP)
            continue
        machine = bz2.BZ2Decompressor() if kind == "bz2" else lzma.LZMADecompressor(memlimit=LZMA_MEMORY)
        feed = rest
        while not machine.eof:
            piece = machine.decompress(feed, CHUNK)
            feed = b""
            if piece:
                yield piece
            elif machine.needs_input and not machine.eof:
                raise EOFError("cut off")
        rest = machine.unused_data


def deflated(data: bytes, form: int) -> Generator[bytes, None, bytes]:
    """What `data` unpacks to, piece by piece: one member of a gzip file (`form` GZIP) or bare DEFLATE (BARE); returns what
    follows it. Raises one of DAMAGE."""
    machine = zlib.decompressobj(form)
    feed = data
    while not machine.eof:
        piece = machine.decompress(feed, CHUNK)
        feed = machine.unconsumed_tail
        if piece:
            yield piece
        elif not feed and not machine.eof:
            raise EOFError("cut off")
    return machine.unused_data

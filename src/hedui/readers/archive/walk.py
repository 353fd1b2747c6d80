"""Bytes of an archive -> its members and those of the archives in it, unpacked one at a time within limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hedui.errors import ReadError
from hedui.readers.archive.held import BOMB, Budget, Held, Need, Slot, unpacked
from hedui.readers.archive.mail import mail_slots
from hedui.readers.archive.sevens import seven_slots
from hedui.readers.archive.tars import packed_slots, tar_slots
from hedui.readers.archive.zips import zip_slots
from hedui.readers.detect import is_tar, kind_of
from hedui.readers.limits import MAX_ARCHIVE_DEPTH

__all__ = ["is_archive", "members"]

PACKED = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"))
RAR = "是 RAR 压缩包，读不了；请解压后重新压缩为 zip / a RAR archive, which cannot be read; unpack it and pack it as zip"
TOO_DEEP = (f"压缩包套了超过 {MAX_ARCHIVE_DEPTH} 层，未读；请先解压里层 / "
            f"an archive more than {MAX_ARCHIVE_DEPTH} deep in others, not read; unpack it first")


def is_archive(data: bytes) -> bool:
    """Whether `data` is an archive or a letter, whose members are read and not itself."""
    return kind_of(data) in {"archive", "mail"}


def slots_of(data: bytes, name: str, budget: Budget, need: Need) -> Iterator[Slot]:
    """The members of an archive by its format, as its first bytes tell it."""
    if data.startswith(b"PK"):
        return zip_slots(data, name)
    if data.startswith(b"7z\xbc\xaf\x27\x1c"):
        return seven_slots(data, name, budget, need)
    if data.startswith(b"Rar!"):
        raise ReadError(name, RAR)
    for mark, kind in PACKED:
        if data.startswith(mark):
            return packed_slots(data, name, kind, budget)
    return tar_slots(iter((data,)), name, budget) if is_tar(data[:512]) else mail_slots(data, name)


def inside(data: bytes, name: str, depth: int, budget: Budget, need: Need) -> Iterator[Held]:
    try:
        for one in unpacked(slots_of(data, name, budget, need), name, budget, need):
            if one.cause or not is_archive(one.data):
                yield one
            elif depth == MAX_ARCHIVE_DEPTH:
                yield Held(name=one.name, cause=TOO_DEEP)
            else:
                yield from inside(one.data, one.name, depth + 1, budget, need)
            if budget.bytes <= 0:
                raise ReadError(name, BOMB)
    except ReadError as error:
        yield Held(name=name, cause=error.cause)


def on_the_way(wanted: Iterable[str]) -> frozenset[str]:
    """The names of members and of all archives around them.

    >>> sorted(on_the_way(["县.zip!/乡.zip!/a.txt"]))
    ['县.zip', '县.zip!/乡.zip', '县.zip!/乡.zip!/a.txt']
    """
    return frozenset("!/".join(steps[:n]) for name in wanted if (steps := name.split("!/")) for n in range(1, len(steps) + 1))


def members(data: bytes, name: str, *, wanted: Iterable[str] | None = None) -> Iterator[Held]:
    """The members of the archive `data`, called `name`, and of archives in it, by their full names (`县.zip!/乡/报告.pdf`)
    and in their order; only those `wanted` where that is given.

    Each has its bytes, or the cause why it was not unpacked: too dense, too deep, protected, damaged, a name that leads
    out of the archive, a link. An archive that breaks off is told under its own name, after what could be read of it.
    """
    around = None if wanted is None else on_the_way(wanted)

    def need(inner: str) -> bool:
        return around is None or inner in around

    yield from inside(data, name, 1, Budget.of(len(data)), need)

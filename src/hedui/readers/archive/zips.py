"""Bytes of a zip -> its members, one Slot each, read from its table of contents and held against it."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from hedui.errors import ReadError
from hedui.readers.archive.held import BARE, DAMAGE, DAMAGED, ENCRYPTED, TOO_MANY, Slot, deflated, inflated
from hedui.readers.archive.names import name_of
from hedui.readers.limits import MAX_MEMBERS

__all__ = ["zip_slots"]

ENCRYPTED_FLAG, UTF8_FLAG = 0x1, 0x800
LOCAL = struct.Struct("<4s22x2H")
UNICODE_PATH = 0x7075
LINK = "是链接，不是文件，未读 / a link, not a file; not read"
METHOD = "压缩方式（{}）不支持；请用普通 zip 重新压缩 / packed by a method ({}) that is not supported; pack it as a plain zip"
OVERLAP = ("压缩包里的文件互相重叠，疑为压缩炸弹，未读；请重新压缩 / its members overlap (perhaps a zip bomb), not read; "
           "pack it again")


def unicode_path(info: ZipInfo, raw: bytes) -> str | None:
    """The name in the extra field of Info-ZIP (APPNOTE 4.6.9) where it belongs to `raw`."""
    at, extra = 0, info.extra
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        held = extra[at + 4:at + 4 + size]
        if kind == UNICODE_PATH and size > 5 and held[0] == 1 and held[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return held[5:].decode("utf-8", "replace")
        at += 4 + size
    return None


def path_of(info: ZipInfo) -> str:
    """The name of a member; without the mark for UTF-8 its bytes decide."""
    if info.flag_bits & UTF8_FLAG:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    return unicode_path(info, raw) or name_of(raw)


def data_start(data: bytes, info: ZipInfo) -> int:
    """Where the packed bytes of a member begin; BadZipFile where nothing of the kind stands there."""
    if info.header_offset < 0 or info.header_offset + 30 > len(data):
        raise BadZipFile("member outside")
    mark, name, extra = LOCAL.unpack_from(data, info.header_offset)
    if mark != b"PK\x03\x04":
        raise BadZipFile("no member there")
    return int(info.header_offset + 30 + name + extra)


def overlapping(data: bytes, infos: list[ZipInfo]) -> bool:
    """Whether two members share bytes, as no honest program packs them (D. Fifield, A better zip bomb, 2019)."""
    spans = []
    for info in infos:
        try:
            spans.append((info.header_offset, data_start(data, info) + info.compress_size))
        except BadZipFile:
            continue
    return any(end > start for (_, end), (start, _) in pairwise(sorted(spans)))


def pieces(data: bytes, info: ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, piece by piece, held against its check sum. Raises one of DAMAGE."""
    start = data_start(data, info)
    packed = data[start:start + info.compress_size]
    if len(packed) < info.compress_size:
        raise EOFError("cut off")
    found = 0
    for piece in unpack(packed, info.compress_type):
        found = zlib.crc32(piece, found)
        yield piece
    if found != info.CRC:
        raise BadZipFile("check sum")


def unpack(packed: bytes, method: int) -> Iterator[bytes]:
    if method == ZIP_STORED:
        yield packed
    elif method == ZIP_BZIP2:
        yield from inflated(packed, "bz2")
    else:
        yield from deflated(packed, BARE)


def cause_of(info: ZipInfo) -> str:
    if info.flag_bits & ENCRYPTED_FLAG:
        return ENCRYPTED
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return LINK
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2}:
        return METHOD.format(info.compress_type, info.compress_type)
    return ""


def zip_slots(data: bytes, name: str) -> Iterator[Slot]:
    """The members of a zip. ReadError where it is damaged, holds too many or is built to deceive."""
    try:
        infos = ZipFile(BytesIO(data)).infolist()
    except DAMAGE as error:
        raise ReadError(name, DAMAGED) from error
    if len(infos) > MAX_MEMBERS:
        raise ReadError(name, TOO_MANY)
    if overlapping(data, infos):
        raise ReadError(name, OVERLAP)
    for info in infos:
        yield Slot(path=path_of(info), packed=info.compress_size, size=info.file_size, cause=cause_of(info),
                   pieces=partial(pieces, data, info))

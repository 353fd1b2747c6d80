"""Bytes of a zip of parts (docx, xlsx) -> the parts of the package and how they are related, within limits.

Damage is told where it is met: `opened` raises for the package, `part` for one part, so that the caller decides whether
the rest can be read.
"""

from __future__ import annotations

import lzma
import posixpath
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from hedui.errors import ReadError
from hedui.readers.limits import MAX_ENTRIES, MAX_PACKAGE_BYTES, MAX_PART_BYTES, MAX_RATIO, RATIO_FROM_BYTES
from hedui.readers.safe_xml import Element, XMLError, parse

__all__ = ["Package", "Relation", "damage_of", "has", "main_target", "opened", "part", "part_bytes", "relations"]

ENCRYPTED_FLAG = 0x1
DAMAGE = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
PARTS_READ = (".xml", ".rels")
PROTECTED = "有密码保护，打不开；请取消密码后重新保存 / password-protected; remove the password and save it again"
TRUNCATED = ("文件不完整（压缩结构在中途断开），请重新下载或从原件另存 / "
             "truncated or damaged (its zip structure breaks off); download it again or save the original anew")
BOMB = ("展开后过大，疑为压缩炸弹，未读；请从原件另存 / "
        "unpacks to an unreasonable size (perhaps a zip bomb), not read; save the original anew")
DAMAGED = "此部分损坏，读不出；请用 Office 打开并修复后另存 / damaged part; open it in Office, repair and save it"
FORBIDDEN = "此部分含有不允许的文档类型声明（DOCTYPE），未读 / a part with a forbidden DOCTYPE, not read"


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """An open package: its name for messages, the zip, and its parts by lower-case path."""

    name: str
    archive: ZipFile
    parts: Mapping[str, ZipInfo]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """One relationship to a part inside the package; `kind` is the last word of its type (`styles`, `footer`)."""

    id: str
    kind: str
    target: str


def is_bomb(info: ZipInfo) -> bool:
    return info.file_size > MAX_PART_BYTES or (
        info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size))


def opened(data: bytes, name: str) -> Package:
    """The package in `data`. Raises ReadError where it is truncated, protected or unpacks out of proportion."""
    try:
        archive = ZipFile(BytesIO(data))
    except DAMAGE as error:
        raise ReadError(name, TRUNCATED) from error
    infos = archive.infolist()
    parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
    read = [info for path, info in parts.items() if path.endswith(PARTS_READ)]
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in read) > MAX_PACKAGE_BYTES:
        raise ReadError(name, BOMB)
    for info in read:
        if is_bomb(info):
            raise ReadError(name, BOMB, where=info.filename)
        if info.flag_bits & ENCRYPTED_FLAG:
            raise ReadError(name, PROTECTED, where=info.filename)
    return Package(name=name, archive=archive, parts=parts)


def has(package: Package, path: str) -> bool:
    return path.lower() in package.parts


def part_bytes(package: Package, path: str) -> bytes:
    """What the part at `path` holds. Raises ReadError with the part as its place where it is missing or damaged."""
    info = package.parts.get(path.lower())
    if info is None:
        raise ReadError(package.name, "缺少此部分 / this part is missing", where=path)
    try:
        return package.archive.read(info)
    except DAMAGE as error:
        raise ReadError(package.name, DAMAGED, where=path) from error


def damage_of(package: Package, path: str, error: Exception) -> ReadError:
    """What to tell of a part that is no XML, or no XML we read."""
    return ReadError(package.name, FORBIDDEN if str(error) == "DOCTYPE" else DAMAGED, where=path)


def part(package: Package, path: str, parsed: Callable[[bytes], Element] = parse) -> Element:
    """The root element of the part at `path`. Raises ReadError with the part as its place where it is damaged."""
    data = part_bytes(package, path)
    try:
        return parsed(data)
    except XMLError as error:
        raise damage_of(package, path, error) from error


def relations_path(path: str) -> str:
    folder, file = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relations(package: Package, path: str) -> tuple[Relation, ...]:
    """What the part at `path` (`""` for the package) refers to inside the package; external targets are ignored."""
    where = relations_path(path)
    if not has(package, where):
        return ()
    base = posixpath.dirname(path)
    found = []
    for item in part(package, where):
        target = item.get("Target") or ""
        if item.get("TargetMode") == "External" or not target:
            continue
        inside = posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/")
        found.append(Relation(id=item.get("Id") or "", kind=(item.get("Type") or "").rpartition("/")[2], target=inside))
    return tuple(found)


def main_target(package: Package, *usual: str) -> str | None:
    """The path of the part that holds the body: what the package names, else the first of the `usual` that is there."""
    try:
        named = [item.target for item in relations(package, "") if item.kind == "officeDocument"]
    except ReadError:
        named = []
    return next((path for path in (*named, *usual) if has(package, path)), None)

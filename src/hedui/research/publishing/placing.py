"""Files in a draft folder in, a folder that is there whole or not at all out; its digests, and the same as one zip.

A draft lies beside its place (`.<name>.part`); one that a stopped run left is removed by the next.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hedui.errors import StoreError, UsageError
from hedui.export.files import DRAFT

__all__ = ["SUMS", "checksums", "drafted", "files_in", "sha256_of", "zipped"]

SUMS, OLD = "SHA256SUMS", ".old"
OURS = "datapackage.json"
CHUNK = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell
SHOWN = 5


@contextmanager
def drafted(folder: Path, *, replace: bool = False) -> Iterator[Path]:
    """A draft folder that becomes `folder` when all went well, and is gone otherwise. UsageError where something lies there that may not be
    replaced: anything, unless `replace` and it is a data package; StoreError where it cannot be written."""
    draft, old = beside(folder, DRAFT), beside(folder, OLD)
    if old.exists() and not folder.exists():  # stopped between the two renames
        os.replace(old, folder)
    refuse(folder, replace=replace)
    try:
        for stale in (draft, old):
            shutil.rmtree(stale, ignore_errors=True)
        draft.mkdir(parents=True)
        try:
            yield draft
            if folder.exists():
                os.replace(folder, old)
            os.replace(draft, folder)
        finally:
            for stale in (draft, old):
                shutil.rmtree(stale, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{folder}: 写不进去 · cannot be written: {error.strerror or error}") from error


def beside(folder: Path, ending: str) -> Path:
    whole = Path(os.path.abspath(folder))
    return whole.with_name(f".{whole.name}{ending}")


def refuse(folder: Path, *, replace: bool) -> None:
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise UsageError(f"{folder}: 是文件，请给一个文件夹 · a file lies there, name a folder")
    there = sorted(path.name for path in folder.iterdir())
    if not there or (replace and OURS in there):
        return
    some = "、".join(there[:SHOWN]) + (f" … 共 {len(there)} 项" if len(there) > SHOWN else "")
    if OURS in there:
        raise UsageError(f"{folder}: 已有数据包（{some}）；要换掉它请加 --replace，或另给一个文件夹 · a data package lies there, add --replace or "
                         "name another folder")
    raise UsageError(f"{folder}: 不是空文件夹（有 {some}）；请另给一个 · not empty and no data package, name another folder")


def files_in(folder: Path) -> list[str]:
    """Every file below `folder`, by its path with `/`, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(folder: Path) -> None:
    """Writes SHA256SUMS of every file, as `sha256sum -c` reads it."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in files_in(folder) if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def zipped(folder: Path, path: Path) -> None:
    """The files of `folder` as one zip that depends on nothing but them."""
    draft = path.with_name(path.name + DRAFT)
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in files_in(folder):
                told = zipfile.ZipInfo(f"{folder.name}/{name}", EPOCH)
                told.compress_type, told.external_attr, told.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
                with (folder / name).open("rb") as source, archive.open(told, "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target, CHUNK)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(f"{path}: 写不进去 · cannot be written: {error.strerror or error}") from error

"""Archives to read, built as code."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest


def make_zip(files: Mapping[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def make_tar(files: Mapping[str, bytes], mode: str = "w", links: Mapping[str, tuple[bytes, str]] | None = None) -> bytes:
    """A tar of files, and of `links` as (type, target)."""
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for path, content in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
        for path, (kind, target) in (links or {}).items():
            info = tarfile.TarInfo(path)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    return make_zip


@pytest.fixture(scope="session")
def tarred() -> Callable[..., bytes]:
    return make_tar

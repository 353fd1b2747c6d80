"""A folder or URL in, the few things the lake does with files there: read, put whole, remove, list.

A file is there whole or not at all: on a local disk it is written beside its place and renamed over it (POSIX rename), in an object
store a put shows only when it is complete.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from hedui.export.files import put_file

__all__ = ["Folder", "folder_at"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """A folder of a file system, paths in it relative with `/`. OSError where the file system says no."""

    fs: Any
    root: str

    @property
    def local(self) -> bool:
        return isinstance(self.fs, LocalFileSystem)

    def at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def read(self, path: str) -> bytes:
        return bytes(self.fs.cat_file(self.at(path)))

    def put(self, path: str, data: bytes) -> None:
        if self.local:
            put_file(Path(self.at(path)), data)
        else:
            self.fs.pipe_file(self.at(path), data)

    def remove(self, path: str) -> None:
        """Removes a file that may be there, and on a local disk the folders that it leaves empty."""
        with contextlib.suppress(FileNotFoundError):
            self.fs.rm_file(self.at(path))
        if self.local:
            for above in list(PurePosixPath(path).parents)[:-1]:
                try:
                    os.rmdir(self.at(str(above)))
                except OSError:
                    return

    def sizes(self) -> dict[str, int]:
        """Every file of the folder with its size in bytes."""
        self.fs.invalidate_cache()
        try:
            found = self.fs.find(self.root, detail=True)
        except FileNotFoundError:
            return {}
        return {path[len(self.root) + 1:]: info["size"] for path, info in found.items() if path != self.root}


def folder_at(url: str) -> Folder:
    """The folder that a path or a URL of fsspec names: `out/lake`, `s3://bucket/lake`."""
    fs, root = url_to_fs(url)
    return Folder(fs=fs, root=root.rstrip("/"))

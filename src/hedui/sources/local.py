"""A local folder in, its files with their stamps out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from hedui.readers.archive import spelled
from hedui.readers.suffixes import is_document_name
from hedui.sources.found import Found, is_hidden, under
from hedui.sources.troubles import passes

__all__ = ["GRAIN", "files_under", "one_local", "stamp_of"]

# clocks of file systems go in steps of up to 2 s (FAT); within one a file may change without a trace
GRAIN = 2.0


def stamp_of(stat: os.stat_result) -> str:
    """What changes with the content of a file: size, time of the content, time of the entry (copies keep the first), inode."""
    return f"{stat.st_size}-{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_ino}"


def one_local(path: Path, *, name: str, root: Path, fits: bool) -> Found:
    """The file at `path`, which is there."""
    now = time.time()
    stat = path.stat()
    return Found(name=name, path=str(path), root=str(root), size=stat.st_size, stamp=stamp_of(stat), age=now - stat.st_mtime,
                 sure=now - max(stat.st_mtime, stat.st_ctime) >= GRAIN, fits=fits)


def unread(folder: Path, root: Path, error: OSError) -> Found:
    return Found(name=under(str(folder), str(root)) or spelled(root.name), path=str(folder), root=str(root), passing=passes(error),
                 cause=f"打不开这个文件夹 · the folder cannot be opened: {error.strerror or error}")


def files_under(root: Path, *, apart: Path | None) -> Iterator[Found]:
    """The files under the folder `root` without hidden ones, lock files of Office (`~$…`) and the folder `apart`.

    Every folder is walked once, whatever links lead to it, and under its own name where it has one here; folders that
    cannot be opened are told.
    """
    todo, linked, walked = [root], list[Path](), set[tuple[int, int]]()
    while todo or linked:
        folder = (todo or linked).pop()
        try:
            stat = folder.stat()
            here = stat.st_dev, stat.st_ino
            steps = sorted(os.scandir(folder), key=lambda step: step.name) if here not in walked else []
        except OSError as error:
            yield unread(folder, root, error)
            continue
        walked.add(here)
        for step in steps:
            path = folder / step.name
            if is_hidden(step.name) or path == apart:
                continue
            try:
                if step.is_dir():
                    (linked if step.is_symlink() else todo).append(path)
                elif step.is_file():
                    yield one_local(path, name=under(str(path), str(root)), root=root, fits=is_document_name(step.name))
            except FileNotFoundError:
                continue  # gone since the folder was looked at
            except OSError as error:
                yield unread(path, root, error)

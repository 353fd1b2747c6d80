"""Files and folders in, the files to read out: each with the name it goes by and the digest of its content."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hedui.errors import UsageError
from hedui.readers.archive import spelled
from hedui.readers.suffixes import is_document_name

__all__ = ["Entry", "Listing", "Piece", "list_files"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One file of a case: the file at `path`, or the member `name` (`县.zip!/乡/报告.docx`) of the `archive` there;
    `opening` is how it begins, where that was looked at."""

    name: str
    path: str
    sha256: str
    archive: str = ""
    opening: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing to read: a file, or the files of a case (`parts`, the report first) under the name of the first.

    `name` is unique in its listing, `sha256` None where it could not be opened, `cause` says why.
    """

    name: str
    path: str
    sha256: str | None = None
    cause: str | None = None
    parts: tuple[Piece, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What there is to read, in the order of names, and the names of files in folders that are no documents."""

    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...] = ()


def walk(folder: Path, *, apart: Path | None) -> Iterator[Path]:
    """The files under `folder` without hidden ones, lock files of Office (`~$…`) and the folder `apart`."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path == apart:
            continue
        if path.is_dir():
            yield from walk(path, apart=apart)
        elif path.is_file():
            yield path


def named(inputs: Sequence[str | Path], *, apart: Path | None) -> Iterator[tuple[str, Path, Path, bool]]:
    """Every file as (name under its input, path, the input's folder, whether it counts as a document)."""
    for given in inputs:
        root = Path(given).resolve()
        if root.is_dir():
            for path in walk(root, apart=apart):
                yield spelled(path.relative_to(root).as_posix()), path, root, is_document_name(path.name)
        elif root.exists():
            yield spelled(root.name), root, root.parent, True
        else:
            raise UsageError(f"{given}: 没有这个文件或文件夹 · no such file or folder")


def digest(path: Path) -> tuple[str | None, str | None]:
    """The SHA-256 of a file, or why there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), None
    except OSError as error:
        return None, f"打不开这个文件 · cannot be opened: {error.strerror or error}"


def list_files(inputs: Sequence[str | Path], *, apart: Path | None = None) -> Listing:
    """The files that `inputs` name or hold, each once; `apart` is a folder to leave out, such as that of the results.

    Two files of one name in two inputs go by the names of their folders too. UsageError where an input does not exist.
    """
    found = {path: (name, root, fits) for name, path, root, fits in named(inputs, apart=apart and apart.resolve())}
    taken = Counter(name for name, _, fits in found.values() if fits)
    entries = []
    for path, (name, root, fits) in found.items():
        if not fits:
            continue
        longer = f"{spelled(root.name)}/{name}"
        if taken[name] > 1:
            name = longer if taken[longer] == 0 else spelled(path.as_posix().lstrip("/"))
            taken[name] += 1
        sha256, cause = digest(path)
        entries.append(Entry(name=name, path=str(path), sha256=sha256, cause=cause))
    return Listing(
        entries=tuple(sorted(entries, key=lambda entry: entry.name)),
        passed_over=tuple(sorted(name for name, _, fits in found.values() if not fits)),
    )

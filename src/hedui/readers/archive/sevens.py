"""Bytes of a 7z -> its members, one Slot each. A 7z packs many files as one, so all are unpacked before the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from hedui.errors import ReadError
from hedui.readers.archive.held import BOMB, DAMAGED, ENCRYPTED, TOO_MANY, Budget, Need, Slot
from hedui.readers.archive.names import plain_path, refusal
from hedui.readers.limits import MAX_ARCHIVE_RATIO, MAX_FILE_BYTES, MAX_MEMBERS, RATIO_FROM_BYTES

__all__ = ["seven_slots"]

LINK = "是链接，不是文件，未读 / a link, not a file; not read"


class TooMuch(Exception):
    """More came out of an archive than may."""


class Kept:
    """The bytes of the members by name, as py7zr hands them over, and how many may still come."""

    def __init__(self, limit: int) -> None:
        self.limit, self.found = limit, dict[str, BytesIO]()

    def create(self, filename: str) -> Any:
        from py7zr.io import Py7zIO

        kept, file = self, self.found.setdefault(filename, BytesIO())

        class Writer(Py7zIO):
            def write(self, s: bytes | bytearray) -> int:
                kept.limit -= len(s)
                if kept.limit < 0:
                    raise TooMuch
                return file.write(s)

            def read(self, size: int | None = None) -> bytes:
                return file.read(size)

            def seek(self, offset: int, whence: int = 0) -> int:
                return file.seek(offset, whence)

            def flush(self) -> None:
                pass

            def size(self) -> int:
                return len(file.getbuffer())

        return Writer()


def nothing() -> Iterator[bytes]:
    return iter(())


def once(data: bytes) -> Iterator[bytes]:
    yield data


def seven_slots(data: bytes, name: str, budget: Budget, need: Need) -> Iterator[Slot]:
    """The members of a 7z. ReadError where it is damaged, protected as a whole or unpacks out of proportion."""
    from py7zr import SevenZipFile
    from py7zr.exceptions import PasswordRequired

    limit = min(MAX_FILE_BYTES, max(RATIO_FROM_BYTES, MAX_ARCHIVE_RATIO * len(data)), budget.bytes)
    kept = Kept(limit)
    try:
        with SevenZipFile(BytesIO(data)) as archive:
            files = list(archive.files)
            if len(files) > MAX_MEMBERS:
                raise ReadError(name, TOO_MANY)
            if sum(file.uncompressed or 0 for file in files) > limit:
                raise ReadError(name, BOMB)
            if archive.needs_password():
                raise ReadError(name, ENCRYPTED)
            good = {file.filename for file in files if is_file(file) and refusal(file.filename) is None
                    and need(f"{name}!/{plain_path(file.filename)}")}
            archive.extract(targets=good, factory=kept)
    except ReadError:
        raise
    except PasswordRequired as error:
        raise ReadError(name, ENCRYPTED) from error
    except TooMuch as error:
        raise ReadError(name, BOMB) from error
    except (Exception, MemoryError) as error:  # py7zr meets damage with whatever its parser stumbles over
        raise ReadError(name, DAMAGED) from error
    count: Counter[str] = Counter()
    for file in files:
        path = file.filename
        inside = kept.found.pop(path if not count[path] else f"{path}_{count[path] - 1}", None)
        count[path] += 1
        if file.is_directory:
            continue
        yield Slot(path=path, cause="" if is_file(file) else LINK,
                   pieces=nothing if inside is None else partial(once, inside.getvalue()))


def is_file(file: Any) -> bool:
    return not (file.is_directory or file.is_symlink or file.is_junction or file.is_socket)

"""Files as they were fetched in, copies of them in a folder for as long as a run lasts out, so that each is fetched once.

A copy lies under the place it was fetched from and bears the digest of its content: `folder/<place>/<sha256>`. Whoever does not find one
fetches the file himself.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from hedui.sources.address import key_of

__all__ = ["MOST_BYTES", "Stock", "clear", "in_stock", "stock_in"]

FOLDER = ".copies"
# copies take at most so much, and of what the disk has left at most this share
MOST_BYTES, SHARE = 4_000_000_000, 4


def stock_in(out: str | Path) -> Path:
    """Where the copies of a run lie whose results go to the folder `out`."""
    return Path(out).resolve() / FOLDER


def home_of(folder: Path, url: str) -> Path:
    return folder / hashlib.sha256(key_of(url).encode()).hexdigest()[:32]


def in_stock(folder: Path, url: str, sha256: str | None) -> Path | None:
    """The copy of the file at `url` with the content `sha256`, or whatever it held when it was fetched last; None where there is none."""
    home = home_of(folder, url)
    if sha256 is not None:
        return home / sha256 if (home / sha256).is_file() else None
    with suppress(OSError):
        return next((one for one in sorted(home.iterdir()) if not one.name.startswith(".")), None)
    return None


def bytes_in(folder: Path) -> int:
    try:
        return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    except OSError:  # another run into the same folder ended and took them away
        return 0


def clear(folder: Path) -> None:
    """Removes all copies."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def whole_or_none(place: Path) -> Iterator[Path]:
    """A place to write to, which becomes `place` when all is written."""
    draft = place.with_name(f".{place.name}")
    try:
        yield draft
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


class Stock:
    """The copies in a folder, which may grow by what is fetched while there is room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        held = bytes_in(folder)
        above = next(one for one in (folder, *folder.parents) if one.exists())
        self._room = min(MOST_BYTES - held, shutil.disk_usage(above).free // SHARE)
        self._lock = Lock()

    def keep(self, url: str, sha256: str, found: Path) -> None:
        """Keeps the file `found`, fetched from `url`, in place of what lay there before; nothing where there is no room or it cannot be
        written."""
        size, home = found.stat().st_size, home_of(self.folder, url)
        with self._lock:
            fits = size <= self._room
            self._room -= size if fits else 0
        with suppress(OSError):
            clear(home)
            if fits:
                home.mkdir(parents=True)
                with whole_or_none(home / sha256) as draft:
                    shutil.copyfile(found, draft)

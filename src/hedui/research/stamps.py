"""A folder of results in, a stamp out that changes with what lies there: for those who keep it open while others run."""

from __future__ import annotations

from pathlib import Path

from hedui.export.lake_manifest import MANIFEST

__all__ = ["stamp_of"]

LAKE = "lake"


def stamp_of(where: str | Path) -> tuple[int, ...] | None:
    """What changes with the lake in a folder of results (its manifest is put in place at one stroke); None where there is none on this machine."""
    try:
        told = Path(where, LAKE, MANIFEST).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino

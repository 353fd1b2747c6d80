"""Bytes in, a file out that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

__all__ = ["DRAFT", "put_file"]

DRAFT = ".part"


def put_file(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, whole or not at all. OSError, and nothing left beside it, where that fails."""
    draft = path.with_name(path.name + DRAFT)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.write_bytes(data)
        os.replace(draft, path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise

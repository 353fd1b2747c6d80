"""This process and all that it started in, the memory they hold together out."""

from __future__ import annotations

from contextlib import suppress

import psutil

__all__ = ["tree_memory"]


def tree_memory() -> int:
    """Bytes of memory of this process and its descendants; pages that several share count once where the system tells (PSS, proc(5)),
    and once for each of them where it does not."""
    here = psutil.Process()
    total = 0
    for process in (here, *here.children(recursive=True)):
        with suppress(psutil.Error):  # ended in between, or another user's
            told = process.memory_full_info()
            total += getattr(told, "pss", 0) or told.rss
    return total

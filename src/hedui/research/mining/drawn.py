"""Contents and how many of them are wanted in, the contents drawn out."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.errors import UsageError
from hedui.export.columnar import Key

__all__ = ["drawn_from"]


def drawn_from(keys: Sequence[Key], reports: int | None) -> tuple[Key, ...]:
    """`reports` of `keys` (all for None, or where there are no more), the first by SHA-256: contents come in no order there, so that this is a
    random sample, the same each time, and a smaller one is part of a larger one. UsageError for less than one."""
    if reports is not None and reports < 1:
        raise UsageError(f"reports 应为正整数，而不是 {reports!r} · how many reports to draw, say 1000")
    return tuple(sorted(keys)[:reports])

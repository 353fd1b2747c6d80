"""Contents and how many of them are wanted in, the contents drawn out."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.errors import UsageError
from hedui.export.columnar import Key

__all__ = ["drawn_from"]


def drawn_from(keys: Sequence[Key], count: int) -> tuple[Key, ...]:
    """`count` of `keys` (all where there are no more), the first by SHA-256: contents come in no order there, so that this is a random sample, the
    same each time, and a smaller one is part of a larger one. UsageError for less than one."""
    if count < 1:
        raise UsageError(f"抽取的份数应为正整数，而不是 {count!r} · how many contents to draw, say 1000")
    return tuple(sorted(keys)[:count])

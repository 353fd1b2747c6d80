"""A folder of results in, the address of its store out."""

from __future__ import annotations

from pathlib import Path

__all__ = ["STORE", "address_in"]

STORE = "hedui.sqlite"


def address_in(out: str, store: str | None) -> str:
    """Where the store of a folder of results lies: at the address given, else in it."""
    return store or str(Path(out) / STORE)

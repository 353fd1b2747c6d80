"""The dictionary that comes with jieba (dict.txt, MIT licence): words, how often a large corpus has them, and their kind."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

__all__ = ["counts", "kinds"]

# a line: 财政 4832 n
FIELDS = 3


def counts() -> tuple[dict[str, int], int]:
    """Word -> how often the corpus has it, and how many words that has (one that is listed twice counts twice)."""
    fields = entries()
    numbers = [int(field) for field in fields[1::FIELDS]]
    return dict(zip(fields[::FIELDS], numbers, strict=True)), sum(numbers)


def kinds() -> dict[str, str]:
    """Word -> its kind by the scheme of ICTCLAS: n, v, ns, …"""
    fields = entries()
    return dict(zip(fields[::FIELDS], fields[2::FIELDS], strict=True))


def entries() -> list[str]:
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba")
    return Path(found.origin).with_name("dict.txt").read_text(encoding="utf-8").split()

"""The columns of every table, what they hold and what that means (`columns.tsv`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Column", "columns_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: `dtype` is text, category, integer, decimal, float, texts (a list) or integers; `unit` of its figures, empty where it has
    none; what it means in Chinese and English."""

    name: str
    dtype: str
    unit: str
    zh: str
    en: str


@cache
def all_columns() -> dict[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    for line in files("hedui.research").joinpath("columns.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            tables, name, dtype, unit, zh, en = line.split("\t")
            for table in tables.split():
                found.setdefault(table, []).append(Column(name=name, dtype=dtype, unit=unit, zh=zh, en=en))
    return {table: tuple(held) for table, held in found.items()}


def columns_of(table: str) -> Sequence[Column]:
    """What `columns.tsv` tells of a table; nothing of one that it does not know."""
    return all_columns().get(table, ())

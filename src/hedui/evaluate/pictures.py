"""Reliabilities -> PNG files in a folder, where matplotlib is installed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from hedui.errors import StoreError, UsageError
from hedui.evaluate.reliability import Reliability

__all__ = ["write_pictures"]


def write_pictures(figures: Mapping[str, Reliability], out: Path) -> list[Path]:
    """Writes `reliability.png` and `risk_coverage.png` of the types, and `shift.png` of the types under shift where there are
    any, into the folder `out`. UsageError where matplotlib is missing, StoreError where the folder cannot be written."""
    try:
        drawings = import_module("hedui.evaluate.drawings")
    except ImportError as error:
        raise UsageError("画图要 matplotlib：pip install 'hedui[train]' · pictures need matplotlib: pip install 'hedui[train]'") from error
    types = {name: told for name, told in figures.items() if "@" not in name}
    shifts = {name: told for name, told in figures.items() if "@" in name and name.startswith(("record", "mention"))}
    pictures = {"reliability.png": drawings.reliability_png(types), "risk_coverage.png": drawings.risk_coverage_png(types)}
    if shifts:
        pictures["shift.png"] = drawings.reliability_png(shifts)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            (out / name).write_bytes(picture)
    except OSError as error:
        raise StoreError(f"{out}: 写不进去 · cannot be written: {error.strerror or error}") from error
    return [out / name for name in pictures]

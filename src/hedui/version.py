"""Which hedui read a file: the package version and a digest of its rules, word lists and models."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from hedui import __version__

__all__ = ["digest", "version"]

PACKAGES = ("hedui", "hedui.models")
SUFFIXES = (".py", ".tsv", ".json")
# what changes no finding: how results are kept, ordered, shown and asked for, and how models are made; a model that reads
# beside the rules is told by its own SHA-256
APART = frozenset({"store", "review", "corrections.py", "export", "opinion", "cli.py", "commands", "batch.py", "summary.py", "evaluate",
                   "pipelines", "models", "synth", "training", "hedui_zh"})
FIGURES = "metrics.json"


def tree(folder: Traversable, path: str, *, apart: frozenset[str] = frozenset()) -> list[tuple[str, bytes]]:
    """Every file of `folder` that bears on the findings, as (path, bytes), in the order of their names."""
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name in apart or entry.name == FIGURES or entry.name.startswith("."):
            continue
        if entry.is_dir():
            found += tree(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(SUFFIXES):
            found.append((f"{path}/{entry.name}", entry.read_bytes()))
    return found


@lru_cache(maxsize=1)
def digest() -> str:
    """Twelve hex digits that change with any rule, word list or model, and with nothing else."""
    total = hashlib.sha256()
    for package in PACKAGES:
        for path, content in tree(files(package), package, apart=APART):
            total.update(f"{path} {len(content)}\n".encode())
            total.update(content)
    return total.hexdigest()[:12]


def version(model: str | None = None) -> str:
    """What results are kept under: `0.1.0+3f2a9c0d1e2f`, with `.` and twelve digits of the SHA-256 of the model that read
    beside the rules."""
    return f"{__version__}+{digest()}" + (f".{model[:12]}" if model else "")

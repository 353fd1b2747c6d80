"""A folder of outputs, or a store, in; what it holds and the outputs themselves out, as JSON text of schema hedui/1."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from json import JSONDecoder
from pathlib import Path
from typing import Protocol

from hedui.export.columnar import Kept, Key
from hedui.export.json import SCHEMA
from hedui.store import Store
from hedui.store.results import held_results

__all__ = ["FolderTexts", "StoreTexts", "Texts"]

UNKNOWN = "json"
HEAD_BYTES, DECODER = 4096, JSONDecoder()
OPENING = f'{{"schema":"{SCHEMA}","source":'


class Texts(Protocol):
    """Where the whole outputs of contents come from."""

    def keys(self) -> tuple[Key, ...]:
        """What there is."""

    def outputs(self, keys: Collection[Key]) -> Iterator[Kept]:
        """The outputs of `keys`; those that are not there any more are left out."""


@dataclass(frozen=True, kw_only=True)
class FolderTexts:
    """The outputs in a folder, which says nothing of their versions."""

    folder: Path

    @cached_property
    def paths(self) -> Mapping[Key, Path]:
        found = {}
        for path in sorted(self.folder.rglob("*.json")):
            key = source_of(path)
            if key is not None:
                found[key] = path
        return found

    def keys(self) -> tuple[Key, ...]:
        return tuple(self.paths)

    def outputs(self, keys: Collection[Key]) -> Iterator[Kept]:
        by_content = {key.sha256: path for key, path in self.paths.items()}
        for key in keys:
            path = by_content.get(key.sha256)
            if path is not None and path.is_file():
                yield Kept(key=key, output=path.read_bytes())


@dataclass(frozen=True, kw_only=True)
class StoreTexts:
    """The outputs that a store keeps, of `version` where one is named, else the newest of each content."""

    store: Store
    version: str | None = None

    def keys(self) -> tuple[Key, ...]:
        return tuple(Key(*held) for held in held_results(self.store, version=self.version))

    def outputs(self, keys: Collection[Key]) -> Iterator[Kept]:
        for key in keys:
            yield Kept(key=key, output=self.store.output(key.sha256, version=key.version).encode())


def source_of(path: Path) -> Key | None:
    """The key of an output by how its file begins; None where it is another file."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES).decode("utf-8", "ignore")
    if not head.startswith(OPENING):
        return None
    try:
        source, _ = DECODER.raw_decode(head, len(OPENING))
        return Key(source["sha256"], UNKNOWN, source["name"])
    except (ValueError, KeyError):
        return None

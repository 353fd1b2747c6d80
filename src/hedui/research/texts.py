"""A folder of outputs, or a store, in; what it holds and the outputs themselves out, as JSON text of schema hedui/1."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from json import JSONDecoder
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hedui.export.columnar import Kept, Key
from hedui.export.json import SCHEMA
from hedui.export.json_files import json_names

if TYPE_CHECKING:
    from hedui.store import Store

__all__ = ["FolderTexts", "Texts"]

UNKNOWN = "json"
HEAD_BYTES, DECODER = 4096, JSONDecoder()
# a file that holds others lists them before its text, and may be long before it comes to an end
MEMBERS = b'"members":'
OPENING = f'{{"schema":"{SCHEMA}","source":'


class Texts(Protocol):
    """Where the whole outputs of contents come from; `full_text` is a database that indexes them by itself."""

    @property
    def full_text(self) -> Store | None: ...

    def keys(self) -> tuple[Key, ...]:
        """What there is."""

    def outputs(self, keys: Collection[Key]) -> Iterator[Kept]:
        """The outputs of `keys`; those that are not there any more are left out."""


@dataclass(frozen=True, kw_only=True)
class FolderTexts:
    """The outputs in a folder: `held` are their keys where these are known (OUT of a run, whose files are named by `json_names`); else all that
    lie there are taken, and nothing is known of their versions."""

    folder: Path
    held: tuple[Key, ...] = ()

    @property
    def full_text(self) -> None:
        """None: files are indexed by a file beside them."""

    @cached_property
    def paths(self) -> Mapping[Key, Path]:
        if self.held:
            names = json_names([key.file for key in self.held])
            return {key: self.folder / names[key.file] for key in self.held}
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


def source_of(path: Path) -> Key | None:
    """The key of an output by how its file begins; None where it is another file."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if not head.startswith(OPENING.encode()):
                return None
            if len(head) == HEAD_BYTES and MEMBERS in head:
                head += file.read()
    except OSError:
        return None
    try:
        source, _ = DECODER.raw_decode(head.decode("utf-8", "ignore"), len(OPENING))
        return Key(source["sha256"], UNKNOWN, source["name"])
    except (ValueError, KeyError):
        return None

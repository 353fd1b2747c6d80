"""A store of results in, what it holds and the outputs themselves out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from hedui.export.columnar import Kept, Key
from hedui.store import Store
from hedui.store.results import held_results

__all__ = ["StoreTexts"]


@dataclass(frozen=True, kw_only=True)
class StoreTexts:
    """The outputs that a store keeps, of `version` where one is named, else the newest of each content."""

    store: Store
    version: str | None = None

    @property
    def full_text(self) -> Store | None:
        """The database, where its own full text is searched: PostgreSQL, of which the newest results are asked."""
        return self.store if self.version is None and self.store.kind == "postgresql" else None

    def keys(self) -> tuple[Key, ...]:
        return tuple(Key(*held) for held in held_results(self.store, version=self.version))

    def outputs(self, keys: Collection[Key]) -> Iterator[Kept]:
        for key in keys:
            yield Kept(key=key, output=self.store.output(key.sha256, version=key.version).encode())

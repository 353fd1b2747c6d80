"""A store and what the files of a run came to in, their outputs out, under their present names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from hedui.export.columnar import NO_YEAR, NOWHERE, Key
from hedui.export.provinces import province_of
from hedui.export.tables import FileLine
from hedui.store import Store
from hedui.store.results import heads_of, packed_outputs

__all__ = ["Outputs"]

AT_ONCE = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Outputs:
    """The outputs of a run, read from the store as they are asked for, under their present names; `older` are contents whose newest result is of
    another version than the run's, with that version."""

    store: Store
    version: str
    lines: Sequence[FileLine]
    older: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What there are outputs of, in the order of the lines."""
        return tuple(Key(line.sha256, self.older.get(line.sha256, self.version), line.name)
                     for line in self.lines if line.state in ("read", "kept") and line.sha256)

    def packed(self, keys: Iterable[Key]) -> Iterator[tuple[Key, bytes]]:
        """The outputs of `keys` as they are kept, with the names they had when they were read."""
        rest = iter(keys)
        while some := list(islice(rest, AT_ONCE)):
            for version, alike in groupby(some, key=lambda key: key.version):
                of_version = list(alike)
                found = packed_outputs(self.store, [key.sha256 for key in of_version], version=version)
                yield from ((key, found[key.sha256]) for key in of_version)

    def by_home(self, keys: Iterable[Key]) -> list[Key]:
        """`keys` in the order of the homes that their first reports have in the lake."""
        heads = {sha256: head for version in {self.version, *self.older.values()} for sha256, head in heads_of(self.store, version=version).items()}

        def home(key: Key) -> tuple[int, str, Key]:
            year, *places = heads.get(key.sha256, (None,))
            return year or NO_YEAR, province_of(*places) or NOWHERE, key

        return sorted(keys, key=home)

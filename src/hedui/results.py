"""A store and what the files of a run came to in, their outputs out, under their present names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hedui.batch import ALLOWANCE, processes, workers_for
from hedui.export.columnar import NO_YEAR, NOWHERE, Kept, Key
from hedui.export.provinces import province_of
from hedui.export.tables import FileLine
from hedui.isolation import Crew, Lost
from hedui.store import Store
from hedui.store.packing import unpack
from hedui.store.results import heads_of

__all__ = ["Outputs"]

MANY = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Outputs:
    """The outputs of a run, read from the store one by one as often as they are asked for, under their present names; `older` are contents whose
    newest result is of another version than the run's, with that version."""

    store: Store
    version: str
    lines: Sequence[FileLine]
    older: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.of(self.keys)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What there are outputs of, in the order of the lines."""
        return tuple(Key(line.sha256, self.older.get(line.sha256, self.version), line.name)
                     for line in self.lines if line.state in ("read", "kept") and line.sha256)

    def texts(self, keys: Iterable[Key]) -> Iterator[Kept]:
        """The outputs of `keys` as they are kept, with the names they had when they were read."""
        for key in keys:
            yield Kept(key=key, output=self.store.output(key.sha256, version=key.version).encode())

    def texts_aside(self, keys: Sequence[Key]) -> Iterator[Kept]:
        """As `texts`, in whatever order they are done: many of them are unpacked in processes."""
        if len(keys) < MANY:
            yield from self.texts(keys)
            return
        with Crew(function=unpacked, workers=workers_for(len(keys)), allowance=ALLOWANCE, context=processes()) as crew:
            jobs = ((key, self.store.held(key.sha256, version=key.version)) for key in keys)
            for (key, held), text in crew.results(jobs):
                yield Kept(key=key, output=unpacked((key, held)) if isinstance(text, Lost) else text)

    def of(self, keys: Iterable[Key]) -> Iterator[dict[str, Any]]:
        """The outputs of `keys` under their present names."""
        for kept in self.texts(keys):
            output = json.loads(kept.output)
            output["source"]["name"] = kept.key.file
            yield output

    def by_home(self, keys: Iterable[Key]) -> list[Key]:
        """`keys` in the order of the homes that their first reports have in the lake."""
        heads = {sha256: head for version in {self.version, *self.older.values()} for sha256, head in heads_of(self.store, version=version).items()}

        def home(key: Key) -> tuple[int, str, Key]:
            year, *places = heads.get(key.sha256, (None,))
            return year or NO_YEAR, province_of(*places) or NOWHERE, key

        return sorted(keys, key=home)


def unpacked(job: tuple[Key, bytes]) -> bytes:
    """The output that the store keeps as `job` has it."""
    return unpack(job[1]).encode()

"""Outputs in, a lake of Parquet files out: five tables, parted by year and province, that grow and shrink by contents.

What the lake holds is what its manifest says. Every change writes new files first, then the manifest at one stroke, and removes what no
longer counts last; what a stop leaves over is removed by the next writer. One writer at a time.
`append` adds in small steps; `compact` brings the lake to its one form, which depends on nothing but the contents, their versions and names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from hedui.export.columnar import Held, Home, Key, by_home
from hedui.export.files import DRAFT
from hedui.export.lake_folder import Folder, folder_at
from hedui.export.lake_manifest import MANIFEST, dump_manifest, load_manifest
from hedui.export.lake_parts import Part, merged, name_of, ours, reader_of, write_part
from hedui.export.spread import Spread, in_turn

__all__ = ["Lake", "append", "compact", "open_lake"]

BATCH_BYTES, BATCH_FILES = 48_000_000, 512
# a file of a part holds at most about so many contents; beyond, it is cut by the first hex digits of their sha256
CONTENTS_A_PART = 256
# the parts of a home, and the cells of its contents that no part is yet
Unformed = tuple[Sequence[Part], Sequence[tuple[Key, ...]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lake:
    """A lake as its manifest tells it."""

    folder: Folder
    parts: tuple[Part, ...]

    @property
    def keys(self) -> frozenset[Key]:
        """What the lake holds."""
        return frozenset(key for part in self.parts for key in part.keys)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return sum(part.files[table][1] for part in self.parts if table in part.files)


def open_lake(url: str) -> Lake:
    """The lake at a path or URL, to be written to: what a stopped writer left over is removed, and contents whose files are missing or of
    another size than they had are held no longer, so that they are written again. OSError where it cannot be read or written."""
    folder = folder_at(url)
    sizes = folder.sizes()
    told = (load_manifest(folder.read(MANIFEST)) if MANIFEST in sizes else None) or ()
    there = tuple(part for part in told if all(sizes.get(path) == part.files[table][0] for table, path in part.paths.items()))
    lake = Lake(folder=folder, parts=there)
    if len(there) < len(told):
        lost = {key for part in told if part not in there for key in part.keys}
        lake = committed(lake, settled(folder, masked(there, lambda key: key not in lost)))
    counting = {path for part in lake.parts for path in part.paths.values()}
    for path in sizes:
        if (ours(path) and path not in counting) or path == MANIFEST + DRAFT:
            folder.remove(path)
    return lake


def append(lake: Lake, kept: Iterable[Held]) -> Lake:
    """The lake with the outputs `kept`, which take the place of others of their contents. What it holds already costs nothing.

    Memory is bounded by a batch of outputs, whatever there are of them; outputs of one home behind one another make fewer files.
    """
    added = written(lake, kept)
    return committed(lake, [*settled(lake.folder, still(lake.parts, added)), *added]) if added else lake


def compact(lake: Lake, *, keep: Collection[Key] | None = None, adding: Iterable[Held] = (), spread: Spread = in_turn) -> Lake:
    """The lake in its one form: with the outputs `adding`, in place of others of their contents, and of all these what is in `keep` alone
    (everything by default). Files that have their form already stay as they are; it all shows at one stroke."""
    added = written(lake, adding, spread)
    homes: dict[Home, list[Part]] = {}
    for part in (*still(lake.parts, added), *added):
        homes.setdefault(part.home, []).append(part)
    wanted = None if keep is None else set(keep)
    formed, unformed = list[Part](), list[Unformed]()
    for some in homes.values():
        there = {part.name: part for part in some if part.whole}
        named = {name_of(cell): cell for cell in cells(sorted({key for part in some for key in part.keys if wanted is None or key in wanted}))}
        formed += (there[name] for name in named if name in there)
        if missing := [cell for name, cell in named.items() if name not in there]:
            unformed.append((some, missing))
    formed += (part for made in spread(partial(form, lake.folder), unformed) for part in made)
    return committed(lake, formed, also=added)


def written(lake: Lake, kept: Iterable[Held], spread: Spread = in_turn) -> list[Part]:
    """New parts of what the lake does not hold, not yet in its manifest."""
    held = lake.keys
    return [part for parts in spread(partial(write_parts, lake.folder), batches(one for one in kept if one.key not in held)) for part in parts]


def write_parts(folder: Folder, kept: Sequence[Held]) -> list[Part]:
    """The parts that some outputs are, a part a home."""
    return [write_part(folder, home, tables) for home, tables in by_home(kept).items()]


def still(parts: Sequence[Part], added: Sequence[Part]) -> list[Part]:
    """What still counts of `parts` beside newer readings and names of their contents."""
    newer = {key.sha256 for part in added for key in part.keys}
    return masked(parts, lambda key: key.sha256 not in newer)


def masked(parts: Sequence[Part], counts: Callable[[Key], bool]) -> list[Part]:
    """Parts with the keys that count, without those that have none."""
    rest = ((part, tuple(filter(counts, part.keys))) for part in parts)
    return [part if len(keys) == len(part.keys) else replace(part, keys=keys) for part, keys in rest if keys]


def settled(folder: Folder, parts: Iterable[Part]) -> list[Part]:
    """Parts whose files hold what counts and nothing else."""
    found = (part if part.whole else merged(folder, part.home, [part], part.keys, reader_of(folder)) for part in parts)
    return [part for part in found if part is not None]


def batches(kept: Iterable[Held]) -> Iterator[list[Held]]:
    batch: list[Held] = []
    size = 0
    for one in kept:
        batch.append(one)
        size += one.size
        if size >= BATCH_BYTES or len(batch) >= BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def form(folder: Folder, home: Unformed) -> list[Part]:
    """A part of each cell of a home that has none yet, from the parts of that home."""
    parts, missing = home
    read = reader_of(folder)
    made = (merged(folder, parts[0].home, parts, cell, read) for cell in missing)
    return [one for one in made if one is not None]


def cells(keys: Sequence[Key]) -> list[tuple[Key, ...]]:
    """Sorted keys by as many first hex digits of their sha256 as keep a cell at `CONTENTS_A_PART` on average."""
    digits = 0
    while len(keys) > CONTENTS_A_PART * 16 ** digits:
        digits += 1
    found: dict[str, list[Key]] = {}
    for key in keys:
        found.setdefault(key.sha256[:digits], []).append(key)
    return [tuple(some) for some in found.values()]


def committed(lake: Lake, parts: Sequence[Part], *, also: Sequence[Part] = ()) -> Lake:
    """The lake of `parts`, whose files are written: the manifest changes at one stroke, then what no longer counts is removed, of the lake
    and of the files that were written `also`."""
    ordered = tuple(sorted(parts, key=lambda part: (part.home, part.name)))
    if ordered != lake.parts or not ordered:
        lake.folder.put(MANIFEST, dump_manifest(ordered))
    counting = {path for part in ordered for path in part.paths.values()}
    for path in sorted({path for part in (*lake.parts, *also) for path in part.paths.values()} - counting):
        lake.folder.remove(path)
    return replace(lake, parts=ordered)

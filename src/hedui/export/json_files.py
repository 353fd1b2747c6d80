"""Contents with their names in, json/<name>.json out: only what changed is written, and only what we wrote is removed."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from hedui.export.columnar import Key
from hedui.export.files import DRAFT, put_file
from hedui.export.json import renamed
from hedui.export.spread import Spread, in_turn
from hedui.findings import content_id
from hedui.progress import step
from hedui.store.packing import unpack

__all__ = ["KeptFile", "Known", "files_in", "fitting", "json_names", "write_json_files"]

MOST_STEP_BYTES = 200
FILES_AT_ONCE = 32
# a path under json/ with what was written to it and its bytes; None where that is not known, as a run was stopped
Known = Mapping[str, tuple[Key, int] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptFile:
    """The output of one content as it lies in a file of `size` bytes, and its key."""

    key: Key
    path: Path
    size: int

    @property
    def output(self) -> bytes:
        """The JSON text in UTF-8. OSError where the file cannot be read."""
        return self.path.read_bytes()


def json_names(names: Sequence[str]) -> dict[str, str]:
    """The path under json/ for each name: without its suffix where that tells it apart.

    >>> json_names(["a.txt", "b.txt", "b.docx"])
    {'a.txt': 'a.json', 'b.txt': 'b.txt.json', 'b.docx': 'b.docx.json'}
    """
    short = {name: "/".join(map(fitting, name.split("/"))) for name in names}
    stems = {name: PurePosixPath(path).with_suffix("").as_posix() for name, path in short.items()}
    taken = Counter(stems.values())
    paths = {name: f"{stem if taken[stem] == 1 else short[name]}.json" for name, stem in stems.items()}
    folders = {str(folder) for path in paths.values() for folder in PurePosixPath(path).parents}
    return {name: f"{path}.json" if path in folders else path for name, path in paths.items()}


def fitting(step: str) -> str:
    """One step of a path, so short that file systems take it (255 bytes): what is longer keeps its start and its suffix,
    with a digest of the whole between."""
    if len(step.encode("utf-8", "replace")) <= MOST_STEP_BYTES:
        return step
    start = step.encode("utf-8", "replace")[:MOST_STEP_BYTES - 40].decode("utf-8", "ignore")
    return f"{start}~{content_id('n', step)[-12:]}{PurePosixPath(step).suffix[:8]}"


def write_json_files(
    folder: Path, keys: Sequence[Key], known: Known, packed: Callable[[Iterable[Key]], Iterable[tuple[Key, bytes]]], note: Callable[[Known], None],
    *, spread: Spread = in_turn,
) -> Known:
    """Brings `folder` to one file for each of `keys`; what lies there now.

    `known` is what lay there as far as it was noted, `packed` gives the outputs of keys as a store keeps them, and `note` is told before
    anything changes what then is ours, so that nothing of ours is forgotten by a stop. OSError where a file cannot be written or removed.
    """
    names = json_names([key.file for key in keys])
    wanted = {names[key.file]: key for key in keys}
    sizes = sizes_under(folder)
    todo = {path: key for path, key in wanted.items() if (was := known.get(path)) is None or was != (key, sizes.get(path))}
    stale = sorted(known.keys() - wanted.keys())
    if not todo and not stale:
        return {path: known[path] for path in sorted(wanted)}
    note({**known, **dict.fromkeys(todo)})
    for path in stale:
        removed(folder, path)
    written = {path: known.get(path) for path in wanted}
    paths = {key: path for path, key in todo.items()}
    rest = ((paths[key], key.file, output) for key, output in packed(todo.values()))
    for sizes_written in spread(partial(put_outputs, folder), iter(lambda: list(islice(rest, FILES_AT_ONCE)), [])):
        written.update((path, (wanted[path], size)) for path, size in sizes_written.items())
    return dict(sorted(written.items()))


def put_outputs(folder: Path, some: Sequence[tuple[str, str, bytes]]) -> dict[str, int]:
    """Writes outputs, each given by its path, its name and as a store keeps it; the bytes of each path. OSError where one cannot be written."""
    sizes = dict[str, int]()
    for path, name, packed in some:
        step("file", len(sizes), len(some))
        data = renamed(unpack(packed), name).encode()
        put_file(folder / path, data)
        sizes[path] = len(data)
    return sizes


def files_in(folder: Path, known: Known) -> Callable[[Iterable[Key]], Iterator[KeptFile]]:
    """Gives outputs as they lie in `folder`, which is quicker than to unpack them once more."""
    laid = {held[0]: KeptFile(key=held[0], path=folder / path, size=held[1]) for path, held in known.items() if held is not None}
    return lambda keys: (laid[key] for key in keys)


def sizes_under(folder: Path) -> dict[str, int]:
    return {path: size for path, size in walk(folder, "")} if folder.is_dir() else {}


def walk(folder: str | Path, before: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walk(entry.path, f"{before}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield before + entry.name, entry.stat().st_size


def removed(folder: Path, path: str) -> None:
    """Removes a file and the folders that it leaves empty."""
    for one in (path, path + DRAFT):
        (folder / one).unlink(missing_ok=True)
    for above in list(PurePosixPath(path).parents)[:-1]:
        with contextlib.suppress(OSError):
            os.rmdir(folder / above)

"""Contents with their names in, json/<name>.json out: only what changed is written, and only what we wrote is removed."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from hedui.export.columnar import Kept, Key
from hedui.export.files import DRAFT, put_file
from hedui.export.json import renamed
from hedui.findings import content_id

__all__ = ["Known", "fitting", "json_names", "kept_in", "write_json_files"]

MOST_STEP_BYTES = 200
# a path under json/ with what was written to it and its bytes; None where that is not known, as a run was stopped
Known = Mapping[str, tuple[Key, int] | None]


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
    folder: Path, keys: Sequence[Key], known: Known, texts: Callable[[Sequence[Key]], Iterable[Kept]], note: Callable[[Known], None],
) -> Known:
    """Brings `folder` to one file for each of `keys`; what lies there now.

    `known` is what lay there as far as it was noted, `texts` gives the outputs of keys, and `note` is told before anything changes what
    then is ours, so that nothing of ours is forgotten by a stop. OSError where a file cannot be written or removed.
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
    for kept in texts(list(todo.values())):
        data = renamed(kept.output.decode(), kept.key.file).encode()
        put_file(folder / paths[kept.key], data)
        written[paths[kept.key]] = (kept.key, len(data))
    return dict(sorted(written.items()))


def kept_in(folder: Path, known: Known) -> Callable[[Iterable[Key]], Iterator[Kept]]:
    """Gives outputs as they lie in `folder`, which is quicker than to unpack them once more."""
    paths = {held[0]: path for path, held in known.items() if held is not None}
    return lambda keys: (Kept(key=key, output=(folder / paths[key]).read_bytes()) for key in keys)


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

"""Contents in, a table made of them out, as Parquet files that grow by what is new: each content is worked on once a version of the recipe.

`<home>/<name>/<digest>.parquet`, a file for some contents, and `index.json`, written whole and last, that says which files count and what
each holds. What a stop leaves over is made again; of two who make the same one waits for the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from hedui.errors import StoreError
from hedui.export.columnar import Key
from hedui.export.files import put_file
from hedui.progress import step
from hedui.research.workers import each_made

__all__ = ["Derived", "Told", "alone_in", "bring_up_to_date", "covering"]

INDEX, LOCK, SCHEMA = "index.json", ".lock", "hedui-derived/1"
BATCH, PART, WAIT_SECONDS = 500, 125, 3600
ROW_GROUP = 50_000
# the index names every content: it is written anew when a tenth of them are new, so that it costs no more a content the more there are
SELDOM = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """How a table is made of contents: `name` is that of its folder, `recipe` changes with whatever changes its rows; `make` turns what is told
    of contents (`Told.outputs`) into a table of Arrow that has a column sha256; it is a function of a module, since it may run in other
    processes."""

    name: str
    recipe: str
    schema: Any
    make: Callable[[Sequence[Any]], Any]


class Told(Protocol):
    """Where what a table is made of comes from: `Texts` for whole outputs."""

    def outputs(self, keys: Collection[Key]) -> Iterator[Any]:
        """Something a key, which bears it as `key`; what is not there any more is left out."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keeps others from making the same. StoreError where the folder cannot be written or another takes too long."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout as error:
        raise StoreError(f"{folder}: 另一个程序正在整理，请稍后再试 · another program is at work here, try again later") from error
    except OSError as error:
        raise StoreError(f"{folder}: 写不进去（{error.strerror or error}），请用 home= 另给一个文件夹 · cannot be written, "
                         "give another folder by home=") from error
    try:
        yield
    finally:
        lock.release()


def bring_up_to_date(derived: Derived, home: Path, keys: Sequence[Key], texts: Told) -> tuple[Path, ...]:
    """The files of the table for just `keys`, making what is not there yet and dropping what no longer counts. Contents whose outputs are gone
    have no rows until these are back; there is always a file."""
    folder = home / derived.name
    wanted = set(keys)
    held = index_of(folder, derived.recipe)
    if not held or {key for one in held.values() for key in one} != wanted:
        with alone_in(folder):
            held = made(derived, folder, keys, texts)
    return tuple(folder / name for name in sorted(held))


def covering(derived: Derived, home: Path, keys: Sequence[Key]) -> tuple[Path, ...]:
    """The files there are of the table where these have all of `keys`; none where they lack any."""
    folder = home / derived.name
    held = index_of(folder, derived.recipe)
    missing = set(keys).difference(*held.values())
    return () if missing else tuple(folder / name for name in sorted(held))


def made(derived: Derived, folder: Path, keys: Sequence[Key], texts: Told) -> Mapping[str, tuple[Key, ...]]:
    wanted = set(keys)
    held = dict(index_of(folder, derived.recipe))
    for name, some in list(held.items()):
        if not wanted.issuperset(some):
            del held[name]
            held |= kept_of(derived, folder, name, [key for key in some if key in wanted])
    there = {key for some in held.values() for key in some}
    todo = [key for key in keys if key not in there]
    done, untold, batch, rows = 0, 0, list[Key](), list[Any]()
    for part, table in each_made(derived.make, parts_of(texts.outputs(todo)), many=len(todo)):
        batch += [one.key for one in part]
        rows.append(table)
        done += len(part)
        if len(batch) >= BATCH:
            held |= written(derived, folder, batch, pa.concat_tables(rows))
            untold += len(batch)
            batch, rows = [], []
        if untold >= max(BATCH, (len(there) + done) // SELDOM):
            put_index(folder, derived.recipe, held)
            untold = 0
        step(derived.name, done, len(todo))
    if batch:
        held |= written(derived, folder, batch, pa.concat_tables(rows))
    if not held:
        held |= written(derived, folder, (), derived.schema.empty_table())
    put_index(folder, derived.recipe, held)
    for path in folder.glob("*.parquet"):
        if path.name not in held:
            path.unlink(missing_ok=True)
    return held


def kept_of(derived: Derived, folder: Path, name: str, keys: Sequence[Key]) -> Mapping[str, tuple[Key, ...]]:
    """What still counts of a file, as a file of its own."""
    if not keys or not (folder / name).is_file():
        return {}
    rows = pq.read_table(folder / name, schema=derived.schema, partitioning=None)
    return written(derived, folder, keys, rows.filter(pc.is_in(rows["sha256"], pa.array([key.sha256 for key in keys]))))


def written(derived: Derived, folder: Path, keys: Sequence[Key], rows: Any) -> dict[str, tuple[Key, ...]]:
    told = "\n".join((derived.recipe, *("\t".join(key) for key in sorted(keys))))
    name = f"{hashlib.sha256(told.encode()).hexdigest()[:16]}.parquet"
    with pa.BufferOutputStream() as buffer:
        pq.write_table(rows.cast(derived.schema), buffer, compression="zstd", row_group_size=ROW_GROUP)
        put_file(folder / name, bytes(buffer.getvalue()))
    return {name: tuple(keys)}


def index_of(folder: Path, recipe: str) -> Mapping[str, tuple[Key, ...]]:
    """The files that count with what they hold; none where there is no index, or one of another recipe."""
    try:
        told = json.loads((folder / INDEX).read_bytes())
        if (told["schema"], told["recipe"]) != (SCHEMA, recipe):
            return {}
        return {name: tuple(Key(*key) for key in keys) for name, keys in told["files"].items() if (folder / name).is_file()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def put_index(folder: Path, recipe: str, held: Mapping[str, Sequence[Key]]) -> None:
    put_file(folder / INDEX, json.dumps({"schema": SCHEMA, "recipe": recipe, "files": {name: list(map(list, keys)) for name, keys in
                                                                                      sorted(held.items())}}, ensure_ascii=False).encode())


def parts_of(told: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for one in told:
        part.append(one)
        if len(part) == PART:
            yield part
            part = []
    if part:
        yield part

"""Files and folders in, the files to read out: each with the name it goes by and the digest of its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from hedui.readers.archive import spelled
from hedui.sources import Found, Known, find, hashed, key_of

__all__ = ["Entry", "Listing", "Piece", "Place", "list_files"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One file of a case: the file at `path` (or URL), or the member `name` (`县.zip!/乡/报告.docx`) of the `archive` there;
    `opening` is how it begins, where that was looked at."""

    name: str
    path: str
    sha256: str
    archive: str = ""
    opening: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing to read: a file, or the files of a case (`parts`, the report first) under the name of the first.

    `name` is unique in its listing, `path` local or a URL, `sha256` None where it could not be opened, `cause` says why, and
    `passing` that another try may do.
    """

    name: str
    path: str
    sha256: str | None = None
    cause: str | None = None
    parts: tuple[Piece, ...] = ()
    passing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where content lies: the key (`sources.key_of` the path or URL) of a file, its name and size, and the stamp that it may be
    known by again, empty where that is not sure. `was_known` says that it was not read for its digest."""

    key: str
    name: str
    sha256: str
    stamp: str = ""
    size: int | None = None
    was_known: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What there is to read, in the order of names, the names of files in folders that are no documents, and the places of the
    files, archives whole."""

    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def unique(found: Iterable[Found]) -> Iterator[tuple[str, Found]]:
    """Each file with a name that no other has: its own, else with the folder it was found in before it, else its whole path."""
    files = list(found)
    taken = Counter(one.name for one in files)
    for one in files:
        name = one.name
        longer = f"{spelled(one.root.rstrip('/').rpartition('/')[2])}/{name}"
        if taken[name] > 1:
            name = longer if taken[longer] == 0 else spelled(one.path.lstrip("/"))
            taken[name] += 1
        yield name, one


def list_files(inputs: Sequence[str | Path], *, apart: str | Path | None = None, known: Known = MappingProxyType({}), web: bool = False,
               but: Container[str] = (), stock: Path | None = None) -> Listing:
    """The files that `inputs` name or hold, each once; `apart` is a folder to leave out, such as that of the results, `but` are
    paths to leave out, such as files that are still being written. URLs of the web are read only with `web`; what is fetched is kept in the
    folder `stock` where one is given.

    A file whose stamp stands in `known` is not read for its digest. Two files of one name in two inputs go by the names of their
    folders too. UsageError where an input does not exist, PassingError where a server cannot be reached just now.
    """
    found = {one.path: one for one in find(inputs, apart=apart, web=web) if one.path not in but}
    names = {one.path: name for name, one in unique(one for one in found.values() if one.fits)}
    listed = [one for one in found.values() if one.fits]
    entries = [Entry(name=names[one.path], path=one.path, cause=one.cause, passing=one.passing) for one in listed if one.cause is not None]
    places = []
    for one, told in hashed((one for one in listed if one.cause is None), known, stock=stock):
        name = names[one.path]
        entries.append(Entry(name=name, path=one.path, sha256=told.sha256, cause=told.cause, passing=told.passing))
        if told.sha256 is not None:
            places.append(Place(key=key_of(one.path), name=name, sha256=told.sha256, stamp=told.stamp, size=one.size, was_known=told.was_known))
    return Listing(
        entries=tuple(sorted(entries, key=lambda entry: entry.name)),
        passed_over=tuple(sorted(one.name for one in found.values() if not one.fits)),
        places=tuple(sorted(places, key=lambda place: place.key)),
    )

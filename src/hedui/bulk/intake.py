"""What a run is asked for in, its inputs in the ledger out: listed, put together to cases, each content once."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hedui.batch import looked
from hedui.bulk.address import address_in
from hedui.bulk.holders import gone, is_mine
from hedui.cases import Looked, cased, look_key, looked_json, looked_of, remembered
from hedui.errors import UsageError
from hedui.listing import Entry, Piece, list_files
from hedui.sources import is_remote, key_of
from hedui.sources.stock import stock_in
from hedui.store import Store
from hedui.store.ledger import Input, LedgerRow, Place, digests_of, enter, forget, free, known, names_in, remember, stay
from hedui.store.ledger_again import listing_run
from hedui.store.looks import keep_looks, looks_of
from hedui.store.runs import start_run
from hedui.version import Again, Versions, touched
from hedui.watching.inputs import Inputs, compared

__all__ = ["Entered", "Request", "entry_of", "inputs_of", "out_folder", "pieces_of", "request_of", "stage_after", "take_in"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What a run is asked for, in plain values, so that it can be sent elsewhere and asked for again: files and folders (`inputs`), the
    folder of the results, the store (OUT/hedui.sqlite where none is given), how many processes read (as many as pay where 0),
    the folder of the model that reads beside the rules, the file of the weights that findings are weighed by, whether addresses of the
    web may be read, where figures are served for Prometheus (host:port), the scheduler of the Dask cluster that reads, where
    one does, and where the lake lies (OUT/lake where nothing else is said)."""

    inputs: tuple[str, ...]
    out: str
    store: str | None = None
    workers: int = 0
    model: str | None = None
    weights: str | None = None
    web: bool = False
    metrics: str | None = None
    cluster: str | None = None
    lake: str | None = None

    @property
    def address(self) -> str:
        return address_in(self.out, self.store)

    @property
    def engine(self) -> str:
        return "dask" if self.cluster else "processes"

    def told(self) -> dict[str, Any]:
        """The request as it is kept: with whole paths, and without the store, whose address may hold a password."""
        inputs = [key_of(given) if is_remote(given) else str(Path(given).resolve()) for given in self.inputs]
        return {"inputs": inputs, "workers": self.workers, "model": self.model, "weights": self.weights, "web": self.web, "metrics": self.metrics,
                "cluster": self.cluster, "lake": self.lake}


def request_of(asked: Mapping[str, Any], *, out: str, store: str | None) -> Request:
    """The request of a run as it was kept, for results that lie at `out` and `store` now."""
    return Request(**{**asked, "inputs": tuple(asked["inputs"]), "out": out, "store": store})


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """A run that has begun: its id, the version it reads with, the names in folders that are no documents, and which inputs are others than
    in the last run; `places` is how many files it listed (0 where it listed none itself)."""

    run: str
    version: str
    passed_over: tuple[str, ...] = field(default=())
    inputs: Inputs | None = None
    places: int = 0


class Looks(dict[str, Looked]):
    """What was found in files when they were looked at, as the ledger keeps it; unpacked when asked for. `fresh` is what is new."""

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        super().__init__()
        self.kept = kept
        self.fresh: dict[str, bytes] = {}

    def __contains__(self, key: object) -> bool:
        return key in self.kept or super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        return looked_of(zlib.decompress(self.kept[key]).decode()) if key in self.kept else super().get(key, default)

    def __setitem__(self, key: str, found: Looked) -> None:
        self.fresh[key] = zlib.compress(looked_json(found).encode())


def place_of(piece: Piece) -> str:
    """Where a file lies, a member of an archive behind `!`."""
    place = key_of(piece.path) if piece.path else ""
    return f"{place}!{piece.name}" if piece.archive else place


def unopened(entry: Entry) -> str:
    """What stands for the digest of a file that could not be opened: that of its place."""
    return hashlib.sha256(f"unopened\n{entry.path}\n{entry.name}".encode()).hexdigest()


def pieces_of(entry: Entry) -> Sequence[Piece]:
    return entry.parts or (Piece(name=entry.name, path=entry.path, sha256=entry.sha256 or ""),)


def size_of(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def input_of(entries: Sequence[Entry], stamps: Mapping[str, str]) -> Input:
    """The input that entries of one content make, under the name of the first."""
    first = entries[0]
    places = tuple(Place(place=place or piece.name, name=piece.name, sha256=piece.sha256 or None, stamp=stamps.get(place, ""))
                   for entry in entries for piece in pieces_of(entry) for place in [place_of(piece)])
    return Input(sha256=first.sha256 or unopened(first), name=first.name, path=first.path, places=places, cause=first.cause or "",
                 parts=tuple((part.name, part.path, part.sha256, part.archive) for part in first.parts), bytes=size_of(first.path))


def inputs_of(entries: Iterable[Entry], stamps: Mapping[str, str] = MappingProxyType({})) -> tuple[Input, ...]:
    """Entries in the order of their names as inputs, with the stamps of their places: those of one content are one."""
    by_content: dict[str, list[Entry]] = {}
    for entry in entries:
        by_content.setdefault(entry.sha256 or unopened(entry), []).append(entry)
    return tuple(input_of(some, stamps) for some in by_content.values())


def entry_of(row: LedgerRow) -> Entry:
    """A row of the ledger as something to read."""
    parts = tuple(Piece(name=name, path=path, sha256=sha256, archive=archive) for name, path, sha256, archive in row.parts)
    return Entry(name=row.name, path=row.place, sha256=row.sha256, parts=parts)


def out_folder(out: str) -> Path:
    """The folder of the results, made where it is not there. UsageError where it cannot be."""
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{out}: 是文件，不是文件夹 · is a file, not a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: 建不了这个文件夹 · cannot be made: {error.strerror or error}") from error
    return folder


def take_in(request: Request, store: Store, versions: Versions, *, but: Collection[str] = ()) -> Entered:
    """Lists what `request` names and enters it into the ledger, to be read as `versions` do; what programs that are gone held is free again.
    OUT is left out where it lies inside the inputs, and so are the paths in `but`, where what was there before stays until they are listed
    again. UsageError where an input is not there."""
    held_under = str(versions)
    files = list_files(request.inputs, apart=request.out, known=known(store), web=request.web, but=but, stock=stock_in(request.out))
    looks = Looks(looks_of(store, [look_key(entry) for entry in files.entries]))
    listing = cased(files, remembered(partial(looked, stock=stock_in(request.out)), looks))
    keep_looks(store, looks.fresh)
    free(store, lambda holder: is_mine(holder) or gone(holder))
    remember(store, held_under, asdict(versions))
    before = named_in(store)
    run = start_run(store, request.told(), version=held_under)
    entered = inputs_of(listing.entries, {place.key: place.stamp for place in listing.places})
    lie = {place.place for one in entered for place in one.places}
    enter(store, entered, version=held_under, run=run, stage_of=partial(stage_after, store, versions),
          archives=[Place(place=one.key, name=one.name, sha256=one.sha256, stamp=one.stamp) for one in listing.places if one.key not in lie])
    stay(store, [key_of(path) for path in but], run=run)
    forget(store, [key_of(given if is_remote(given) else str(Path(given).resolve())) for given in request.inputs], run=run)
    now = {place.name: place.sha256 for one in entered for place in one.places}
    return Entered(run=run, version=held_under, passed_over=listing.passed_over, places=len(lie),
                   inputs=None if before is None else compared(before, now))


def named_in(store: Store) -> dict[str, str | None] | None:
    """The files of the last run by name, with their digests; None where there was none."""
    last = listing_run(store)
    return names_in(store, run=last.id) if last else None


def stage_after(store: Store, versions: Versions, old: str) -> Again:
    """What is left to do so that a result of the version `old` is one of `versions`; one that nothing has changed is weighed again, so that it
    stands under the new name."""
    if old == str(versions):
        return "nothing"
    digests = digests_of(store, old)
    again = "read" if digests is None else touched(Versions(**digests), versions)
    return "weigh" if again == "nothing" else again

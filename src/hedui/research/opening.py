"""Where results lie in, a `ResearchStore` out: OUT of `hedui run`, a folder of its JSON, a lake, or a database of results."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hedui.errors import StoreError, UsageError
from hedui.export.columnar import Key
from hedui.export.lake import compact, open_lake
from hedui.export.lake_folder import folder_at
from hedui.export.lake_manifest import MANIFEST, load_manifest
from hedui.export.lake_parts import Part
from hedui.research.derived import alone_in
from hedui.research.store import ResearchStore
from hedui.research.texts import FolderTexts, Texts

__all__ = ["open_store"]

LAKE, JSON, DATABASE, HOME = "lake", "json", "hedui.sqlite", "research"
DATABASES = ("sqlite", "postgresql", "postgres")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What lies at a place: the lake there is, the folder of outputs, the database; `home` is where derived files go."""

    home: Path
    lake: str | None = None
    folder: Path | None = None
    database: str | Path | None = None


def open_store(where: str | Path, *, home: str | Path | None = None, versions: str | None = None) -> ResearchStore:
    """The results at `where`, to be looked at: OUT of `hedui run`, a folder of its JSON, a lake (path or URL), or a database URL.

    Derived files go to OUT/research or `home`; of each content the newest result counts, or that of the version named by `versions` (the
    beginning of its name will do) where the database keeps it. UsageError where nothing of the kind is there or no such version,
    StoreError where it cannot be read or `home` not written.
    """
    found = look(str(where), home)
    if versions is not None:
        return of_version(found, str(where), versions)
    if found.lake is None:
        return of_texts(texts_of(found) or FolderTexts(folder=Path(where)), str(where), found.home, address=found.database)
    root, parts = local_lake(found.lake, found.home)
    keys = tuple(dict.fromkeys(key for part in parts for key in part.keys))
    return ResearchStore(place=shown(str(where)), home=found.home, root=root, parts=parts, texts=texts_of(found, keys), address=found.database)


def look(where: str, home: str | Path | None) -> Found:
    """What there is at a place."""
    if where.partition("+")[0].partition(":")[0] in DATABASES and "://" in where:
        return Found(home=Path(home) if home else cache_for(where), database=where)
    if "://" in where:
        return Found(home=Path(home) if home else cache_for(where), lake=where)
    path = Path(where)
    if path.is_file() and path.suffix in (".sqlite", ".db", ".sqlite3"):
        return Found(home=Path(home) if home else path.parent / HOME, database=path)
    if not path.is_dir():
        raise UsageError(f"{shown(where)}: 没有这个文件夹，请给 hedui run 的输出文件夹、数据湖或结果库的地址 · no such folder; "
                         "give OUT of hedui run, a lake, or the URL of a database")
    if (path / MANIFEST).is_file() and path.name == LAKE and any((path.parent / name).exists() for name in (JSON, DATABASE)):
        path = path.parent
    return in_folder(path, Path(home) if home else path / HOME)


def in_folder(path: Path, home: Path) -> Found:
    database = path / DATABASE if (path / DATABASE).is_file() else None
    folder = path / JSON if any((path / JSON).rglob("*.json")) else None
    lake = next((str(place) for place in (path / LAKE, path) if (place / MANIFEST).is_file()), None)
    if lake is None and folder is None and database is None:
        if not FolderTexts(folder=path).keys():
            raise UsageError(f"{path}: 这里没有 hedui 的结果（lake/、json/ 或 hedui.sqlite），请先运行 hedui run · no results of hedui here, "
                             "run hedui run first")
        folder = path
    return Found(home=home, lake=lake, folder=folder, database=database)


def texts_of(found: Found, keys: tuple[Key, ...] = ()) -> Texts | None:
    """Where whole outputs come from: files, or what a database keeps packed; `keys` as a lake beside them tells them."""
    if found.folder is not None:
        return FolderTexts(folder=found.folder, held=keys)
    if found.database is not None:
        from hedui.research.texts_stored import StoreTexts
        from hedui.store import Store

        return StoreTexts(store=Store(found.database, existing=True))
    return None


def shown(where: str) -> str:
    """An address without the name and password in it."""
    kind, between, place = where.partition("://")
    return f"{kind}{between}{place.rpartition('@')[2].partition('?')[0]}" if between else where


def cache_for(where: str) -> Path:
    """A folder of this user for what is derived of a URL."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "hedui" / f"research-{hashlib.sha256(where.encode()).hexdigest()[:12]}"


def of_version(found: Found, where: str, wanted: str) -> ResearchStore:
    """What one version read, which the database alone keeps."""
    from hedui.research.texts_stored import StoreTexts
    from hedui.store import Store
    from hedui.store.results import versions_held

    if found.database is None:
        raise UsageError(f"{shown(where)}: 这里只有一种版本的结果，旧版本在结果库里 · older versions are kept in the database alone")
    store = Store(found.database, existing=True)
    there = versions_held(store)
    chosen = [name for name in there if name.startswith(wanted)]
    if not chosen:
        raise UsageError(f"{wanted}: 结果库里没有这个版本，有 {'、'.join(there) or '—'} · no such version in the database")
    return of_texts(StoreTexts(store=store, version=chosen[0]), where, found.home / f"version-{chosen[0]}", address=found.database)


def of_texts(texts: Texts, where: str, home: Path, *, address: str | Path | None = None) -> ResearchStore:
    """Outputs without a lake get one under `home`, which grows by what is new."""
    try:
        with alone_in(home):
            lake, wanted = open_lake(str(home / LAKE)), texts.keys()
            if lake.keys != set(wanted):
                missing = set(wanted) - lake.keys
                lake = compact(lake, keep=wanted, adding=texts.outputs([key for key in wanted if key in missing]))
    except OSError as error:
        raise StoreError(f"{home}: 写不进去（{error.strerror or error}），请用 home= 另给一个文件夹 · cannot be written, "
                         "give another folder by home=") from error
    except ValueError as error:
        raise StoreError(f"{shown(where)}: 有文件不是 hedui/1 的结果（{error}）· a file is not of hedui/1") from error
    return ResearchStore(place=shown(where), home=home, root=str(home / LAKE), parts=lake.parts, texts=texts, address=address,
                         full_text=texts.full_text)


def local_lake(url: str, home: Path) -> tuple[str, tuple[Part, ...]]:
    """Where the files of a lake lie on this machine, and its parts. Files of a lake elsewhere are fetched once: what a name holds never changes."""
    try:
        folder = folder_at(url)
        parts = load_manifest(folder.read(MANIFEST))
    except (OSError, ImportError, ValueError) as error:
        raise StoreError(f"{shown(url)}: 没有数据湖，或读不到（{error}），请先运行 hedui run · no lake here, or it cannot be read") from error
    if parts is None:
        raise StoreError(f"{shown(url)}: 不是这一版的数据湖，请再运行 hedui run · not a lake of this version, run hedui run again")
    if folder.local:
        return folder.root, parts
    mirror = folder_at(str(home / "fetched"))
    there: Mapping[str, int] = mirror.sizes()
    for part in parts:
        for table, path in part.paths.items():
            if there.get(path) != part.files[table][0]:
                mirror.put(path, folder.read(path))
    return mirror.root, parts



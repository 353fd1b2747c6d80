"""A step's inputs and a function that fills a folder -> that folder, whole, made once; the next run finds it and goes on.

A step works in NN-name-digest.part and is renamed when it is done. The digest is of everything that bears on what it
makes: its settings, the digests of the steps before it and the code that it calls. What a killed step left is handed to it
again where it can go on from there (`resumes`), and cleared where it cannot.
"""

from __future__ import annotations

import ast
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hedui.errors import StoreError, UsageError

__all__ = ["Done", "OnLine", "Workshop", "code_digest", "open_workshop"]

SCHEMA = "hedui-training/1"
ABOUT, DONE = "about.json", "done.json"
OnLine = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """A finished step: the folder that it filled and the digest of what it was made from."""

    name: str
    folder: Path
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Workshop:
    """The folder of a run: `date` is the day it was begun, as ISO text. Whoever listens on `on_line` hears one line a step."""

    folder: Path
    date: str
    on_line: OnLine | None = None

    def say(self, line: str) -> None:
        if self.on_line is not None:
            self.on_line(line)

    def step(self, number: int, name: str, make: Callable[[Path], None], *, settings: object = None, after: Sequence[Done] = (),
             code: Sequence[str] = (), resumes: bool = False) -> Done:
        """The folder that `make` fills, made now or found.

        `settings` are fit for JSON, `after` are the steps whose folders it reads, `code` what it calls (see `code_digest`).
        StoreError where the disk does not take it.
        """
        digest = digest_of(settings, [one.digest for one in after], code_digest(tuple(sorted(code))))
        folder = self.folder / f"{number:02d}-{name}-{digest}"
        if (folder / DONE).is_file():
            self.say(f"{name}: 已有 kept")
            return Done(name=name, folder=folder, digest=digest)
        part = folder.with_name(f"{folder.name}.part")
        begun = time.monotonic()
        try:
            if part.exists() and not resumes:
                shutil.rmtree(part)
            part.mkdir(parents=True, exist_ok=True)
            make(part)
            write_json(part / DONE, {"name": name, "digest": digest, "settings": settings})
            if folder.exists():
                shutil.rmtree(folder)
            part.rename(folder)
        except OSError as error:
            raise unkept(part, error) from error
        self.say(f"{name}: {(time.monotonic() - begun) / 60:.1f} 分钟 minutes")
        return Done(name=name, folder=folder, digest=digest)


def unkept(path: Path, error: OSError) -> StoreError:
    """What a person is told where a step's files cannot be kept."""
    where = Path(error.filename) if isinstance(error.filename, str) else path
    if error.errno == errno.ENOSPC:
        return StoreError(f"{where}: 磁盘已满；腾出空间后再运行同一命令 · the disk is full; make room, then run the same command again")
    return StoreError(f"{where}: 写不进去 · cannot be written: {error.strerror or error}")


def open_workshop(folder: Path, *, date: str, on_line: OnLine | None = None) -> Workshop:
    """The workshop in `folder`, begun at `date` unless it was begun before.

    UsageError where another version of hedui made it or it is none; StoreError where it cannot be made.
    """
    about = folder / ABOUT
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not about.exists():
            if any(folder.iterdir()):
                raise UsageError(f"{folder}: 不是训练的工作文件夹 · not the working folder of a training run")
            write_json(about, {"schema": SCHEMA, "date": date})
        held = json.loads(about.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{about}: 读不出；请删去该文件夹重来 · cannot be read; delete the folder and begin again") from error
    except OSError as error:
        raise unkept(folder, error) from error
    if held.get("schema") != SCHEMA:
        raise UsageError(f"{folder}: 由另一版本写成（{held.get('schema')}），请删去重来 · "
                         f"made by another version (expected {SCHEMA}); delete it and begin again")
    return Workshop(folder=folder, date=held["date"], on_line=on_line)


def write_json(path: Path, held: object) -> None:
    """JSON at `path`, whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(held, file, ensure_ascii=False, indent=1, default=str)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def digest_of(*parts: object) -> str:
    """Ten hex digits of what `parts` say.

    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    told = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:10]


@lru_cache(maxsize=64)
def code_digest(names: tuple[str, ...]) -> str:
    """Ten hex digits that change with the code and word lists behind `names`: modules of hedui with all that they import
    (`neural.tagger`), or single files (`training/networks.py`)."""
    root = files("hedui")
    total = hashlib.sha256()
    for path in sorted({path for name in names for path in ([name] if "/" in name else reached(name))}):
        content = root.joinpath(path).read_bytes()
        total.update(f"{path} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:10]


def reached(module: str) -> set[str]:
    """The files of hedui that `module` imports, directly or by others, with the word lists that lie beside them."""
    found: set[str] = set()
    rest = [module]
    while rest:
        for path in files_of(rest.pop()):
            if path not in found:
                found.add(path)
                rest += imported(path)
    return found


@lru_cache(maxsize=1024)
def files_of(module: str) -> tuple[str, ...]:
    """The file of a module (of a package its __init__) and the word lists in its folder; nothing where there is none."""
    root, path = files("hedui"), module.replace(".", "/")
    place = next((name for name in (f"{path}.py", f"{path}/__init__.py") if root.joinpath(name).is_file()), None)
    if place is None:
        return ()
    folder = place.rpartition("/")[0]
    return (place, *(tables(folder) if folder else ()))


def tables(folder: str) -> list[str]:
    """The word lists in a folder of hedui and below it."""
    found: list[str] = []
    for one in sorted(files("hedui").joinpath(folder).iterdir(), key=lambda entry: entry.name):
        path = f"{folder}/{one.name}"
        found += tables(path) if one.is_dir() else [path] if one.name.endswith(".tsv") else []
    return found


@lru_cache(maxsize=1024)
def imported(path: str) -> tuple[str, ...]:
    """The modules of hedui that a file names in its imports."""
    if not path.endswith(".py"):
        return ()
    names: list[str] = []
    for node in ast.walk(ast.parse(files("hedui").joinpath(path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(name.removeprefix("hedui.") for name in names if name.startswith("hedui."))


def file_digests(paths: Sequence[Path]) -> Mapping[str, str]:
    """The digest of each file by its name, so that a step is made again when one changes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths}

"""The outputs of a run in, everything that lies in OUT beside the store out, and what is told of all reports at once.

json/<name>.json, lake/ (Parquet, see `export.lake`), hedui.xlsx and report.html. Only what changed is written: `.hedui.json` notes what
lies there and what it was made of. Each file is there whole or not at all, and what lies in OUT depends on the inputs and their version
alone, whatever was stopped when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from hedui.errors import StoreError
from hedui.export.columnar import Held, Key
from hedui.export.excel import write_excel
from hedui.export.files import put_file
from hedui.export.json_files import Known, files_in, write_json_files
from hedui.export.lake import Lake, compact, open_lake
from hedui.export.lake_read import whole_of_lake
from hedui.export.page import write_page
from hedui.export.spread import Spread, in_turn
from hedui.export.totals import Totals, Whole
from hedui.results import Outputs
from hedui.spreading import spread_for
from hedui.store.engine import shown

__all__ = ["Index", "write_json", "write_lake", "write_out"]

WORKBOOK, PAGE, LAKE, INDEX, LOCK = "hedui.xlsx", "report.html", "lake", ".hedui.json", ".lock"
SCHEMA = "hedui-out/1"
# beyond so many files, and so many characters of them, workbook and page hold the gravest alone; the workbook so many conflicts of all
FILES_SHOWN, CHARACTERS_SHOWN, CONFLICTS_SHOWN, TOLD_FIRST = 300, 4_000_000, 10_000, 20
WAIT_SECONDS = 30
Texts = Callable[[Iterable[Key]], Iterator[Held]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """What lies in OUT: `of` is a digest of what workbook and page were made of, `sizes` their bytes, `json` the files under json/,
    `whole` what was told of all reports, with the first few conflicts."""

    of: str = ""
    sizes: Mapping[str, int]
    json: Known
    whole: Whole | None = None


@contextmanager
def told(path: Path | str) -> Iterator[None]:
    """Turns what goes wrong while a result is written into StoreError with its path and what to do."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{shown(path)}: 写不进去（{error.strerror or error}），请看磁盘空间、权限，或文件是否正打开着 · cannot be written; "
                         "check space and permissions, and close it where it is open") from error


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keeps other runs from writing the same OUT. StoreError where one does."""
    with told(out):
        out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK)
    with told(out / LOCK):
        try:
            lock.acquire(timeout=WAIT_SECONDS)
        except Timeout as error:
            raise StoreError(f"{out}: 另一个 hedui 正在写这个文件夹，请稍后再运行 · another hedui writes this folder, run again later") from error
    try:
        yield
    finally:
        lock.release()


def write_out(outputs: Outputs, out: Path, *, lake: str | None = None) -> tuple[Whole, tuple[str, ...]]:
    """Brings OUT to the state of `outputs`: what is told of all reports (with the first few conflicts), and the names of what lies there.

    The lake lies in OUT/lake or at the URL `lake`. Where nothing changed nothing is written. StoreError, with what lay there before still
    whole, where something cannot be written.
    """
    with alone(out):
        spread = spread_for(len(outputs.keys))
        index = write_json(outputs, out, read_index(out), spread)
        texts = files_in(out / "json", index.json)
        held = write_lake(outputs, lake or str(out / LAKE), texts, spread)
        index = write_shown(outputs, held, out, index, texts)
        assert index.whole is not None
        names = (PAGE, WORKBOOK, (lake and shown(lake)) or f"{LAKE}/（{len(held.parts)}）", f"json/（{len(index.json)}）")
        return index.whole, names


def write_json(outputs: Outputs, out: Path, index: Index, spread: Spread = in_turn) -> Index:
    """One JSON a file under OUT/json, those that changed; files of inputs that are gone are removed."""
    def note(ours: Known) -> None:
        nonlocal index
        index = replace(index, json=ours)
        write_index(out, index)

    with told(out / "json"):
        known = write_json_files(out / "json", outputs.keys, index.json, outputs.packed, note, spread=spread)
        if known != index.json:
            note(known)
        return index


def write_lake(outputs: Outputs, url: str, texts: Texts, spread: Spread = in_turn) -> Lake:
    """The lake of the outputs, in its one form; what it holds already is not read again. A folder of this machine is written by processes."""
    with told(url):
        lake = open_lake(url)
        wanted = outputs.keys
        missing = outputs.by_home(set(wanted) - lake.keys)
        return compact(lake, keep=wanted, adding=texts(missing), spread=spread if lake.folder.local else in_turn)


def write_shown(outputs: Outputs, lake: Lake, out: Path, index: Index, texts: Texts) -> Index:
    """The workbook and the page, where what they show has changed or they are not there as they were written."""
    made_of = digest_of(outputs)
    sizes = {name: path.stat().st_size for name in (WORKBOOK, PAGE) if (path := out / name).is_file()}
    if index.of == made_of and index.whole is not None and dict(index.sizes) == sizes and len(sizes) == 2:
        return index
    with told(lake.folder.root):
        whole = whole_of_lake(lake, conflicts=CONFLICTS_SHOWN)
    with told(out / INDEX):
        write_index(out, replace(index, of="", sizes={}, whole=None))
    some = shown_of(outputs.keys, whole)
    with told(out / PAGE):
        write_page(parsed(texts(some)), out / PAGE, failures={line.name: line.cause for line in outputs.lines if line.state == "failed"}, whole=whole)
    with told(out / WORKBOOK):
        write_excel(parsed(texts(some)), out / WORKBOOK, lines=outputs.lines, whole=whole)
    index = replace(index, of=made_of, sizes={name: (out / name).stat().st_size for name in (WORKBOOK, PAGE)},
                    whole=replace(whole, conflicts=tuple(whole.conflicts[:TOLD_FIRST]), files={}, gravest=()))
    with told(out / INDEX):
        write_index(out, index)
    return index


def parsed(texts: Iterable[Held]) -> Iterator[dict[str, Any]]:
    return (json.loads(kept.output) for kept in texts)


def shown_of(keys: Sequence[Key], whole: Whole) -> list[Key]:
    """All of `keys`, or, where they are too many, the gravest."""
    if len(keys) <= FILES_SHOWN and sum(row["characters"] for row in whole.files.values()) <= CHARACTERS_SHOWN:
        return list(keys)
    by_content = {key.sha256: key for key in keys}
    found: list[Key] = []
    characters = 0
    for sha256 in whole.gravest[:FILES_SHOWN]:
        characters += whole.files[sha256]["characters"]
        if found and characters > CHARACTERS_SHOWN:
            break
        found.append(by_content[sha256])
    return found


def digest_of(outputs: Outputs) -> str:
    """Changes with what workbook and page are made of: the files of a run, what they came to, the version, and how it is shown."""
    total = hashlib.sha256(f"{SCHEMA} {code_digest()} {outputs.version}\n".encode())
    for line in outputs.lines:
        total.update(json.dumps([line.name, "read" if line.state == "kept" else line.state, line.sha256, line.cause, line.case]).encode())
    return total.hexdigest()


@cache
def code_digest() -> str:
    """Changes with anything in export/."""
    total = hashlib.sha256()
    for name, content in tree(files("hedui.export"), ""):
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()[:12]


def tree(folder: Traversable, before: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from tree(entry, f"{before}{entry.name}/")
        elif entry.is_file():
            yield before + entry.name, entry.read_bytes()


def read_index(out: Path) -> Index:
    """What OUT's index says; an empty one where there is none or it cannot be used, and then everything is written anew."""
    try:
        told = json.loads((out / INDEX).read_bytes())
        if told["schema"] != SCHEMA:
            return Index(sizes={}, json={})
        known = {path: held and (Key(*held[0]), held[1]) for path, held in told["json"].items()}
        whole = told["whole"] and Whole(**told["whole"] | {"totals": Totals(**told["whole"]["totals"])})
        return Index(of=told["of"], sizes=told["sizes"], json=known, whole=whole)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Index(sizes={}, json={})


def write_index(out: Path, index: Index) -> None:
    held = {"schema": SCHEMA, "of": index.of, "sizes": dict(index.sizes), "whole": None if index.whole is None else asdict(index.whole),
            "json": dict(sorted(index.json.items()))}
    put_file(out / INDEX, json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode())



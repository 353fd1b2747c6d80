"""What a command line names in, the outputs to be held against one another out: JSON files, or what a store keeps.

Of a content that several versions read, the store gives what was made last.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from hedui.errors import ReadError, StoreError, UsageError
from hedui.export.json import SCHEMA, load_output

__all__ = ["Input", "inputs_of", "json_files", "json_inputs"]

SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """One output (schema `hedui/1`), read when it is asked for: `load` raises ReadError where it cannot be used. `key` tells it from others."""

    key: str
    load: Callable[[], Mapping[str, Any]]


def inputs_of(given: Sequence[str | Path]) -> list[Input]:
    """The outputs that folders, JSON files, SQLite stores and database URLs name or hold, each once. UsageError where a path
    does not exist, StoreError where a store cannot be read."""
    found: dict[str, Input] = {}
    for one in given:
        some = stored(str(one)) if is_store(one) else json_inputs(json_files([one]))
        found |= {each.key: each for each in some}
    return list(found.values())


def json_inputs(paths: Sequence[Path]) -> list[Input]:
    """JSON files as inputs."""
    return [Input(key=path.as_posix(), load=partial(load_output, path)) for path in paths]


def json_files(inputs: Sequence[str | Path]) -> list[Path]:
    """The JSON files that `inputs` name or hold, each once, in order; of the folder of a run those in its json/. UsageError where one
    does not exist."""
    found: dict[Path, None] = {}
    for given in map(Path, inputs):
        if given.is_dir():
            folder = given / "json" if (given / "json").is_dir() else given
            found |= dict.fromkeys(sorted(p for p in folder.rglob("*.json") if not p.name.startswith((".", "~$"))))
        elif given.is_file():
            found[given] = None
        else:
            raise UsageError(f"{given}: 没有这个文件或文件夹 · no such file or folder")
    return list(found)


def is_store(given: str | Path) -> bool:
    """Whether a database URL or an SQLite file is named."""
    if "://" in str(given):
        return True
    path = Path(given)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def stored(address: str) -> list[Input]:
    """What a store keeps, one input a content."""
    from hedui.store import Store
    from hedui.store.engine import shown
    from hedui.store.results import newest_results, output_of

    path = Path(address.removeprefix("sqlite:///"))
    if address.startswith("sqlite:///") and not path.is_file():
        raise StoreError(f"{address}: 没有这个结果库 · there is no such store")
    store = Store(path if "://" not in address else address, existing=True)

    def load(result: str, key: str) -> Mapping[str, Any]:
        output = json.loads(output_of(store, result))
        if output.get("schema") != SCHEMA:
            raise ReadError(key, f"不是 {SCHEMA} 的结果，请重新运行 hedui run · not an output of {SCHEMA}, please run again")
        return dict(output)

    return [Input(key=key, load=partial(load, result, key))
            for sha256, result in newest_results(store).items() if (key := f"{shown(address)}#{sha256[:12]}")]

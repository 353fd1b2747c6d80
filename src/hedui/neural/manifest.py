"""The folder of a network in, the hashes that show it is whole out; one line says what is missing or was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hedui.errors import ReadError

__all__ = ["AGAIN", "MANIFEST", "json_in", "sha256", "whole"]

MANIFEST = "manifest.json"
AGAIN = "请重新安装或重新训练 · install or train it anew"


def whole(folder: Path) -> Mapping[str, Any]:
    """The hashes of all files of the network in `folder`, by name; ReadError where one is missing or is not the one written."""
    hashes = json_in(folder, MANIFEST)
    for name, held in hashes.items():
        path = folder / name
        if not path.is_file():
            raise ReadError(str(folder), f"缺少文件 {name}，{AGAIN}")
        if sha256(path) != held:
            raise ReadError(str(folder), f"文件 {name} 与清单的 sha256 不符，{AGAIN}")
    return hashes


def json_in(folder: Path, name: str) -> Mapping[str, Any]:
    try:
        held = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(str(folder), f"不是模型目录：读不出 {name}，{AGAIN}") from error
    if not isinstance(held, dict):
        raise ReadError(str(folder), f"{name} 不是模型的文件，{AGAIN}")
    return held


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

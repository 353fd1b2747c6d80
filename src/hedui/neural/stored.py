"""The folder of a trained network in; its settings, its vocabulary and an engine that reads with it out. Torch is not needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hedui.errors import ReadError
from hedui.neural.config import network_config
from hedui.neural.engine import BIO, Engine
from hedui.neural.pairs import LABELS
from hedui.neural.runtime import GRAPHS, GraphEngine
from hedui.neural.types import RELATIONS
from hedui.neural.vocabulary import Characters, Vocabulary
from hedui.neural.vocabulary_hub import HubVocabulary

__all__ = ["AGAIN", "CHARACTERS", "MANIFEST", "SCHEMA", "SETTINGS", "TOKENIZER", "WEIGHTS", "checked_settings", "json_in", "load_engine",
           "sha256", "vocabulary_in"]

SCHEMA = "hedui-network/1"
MANIFEST, SETTINGS, WEIGHTS, CHARACTERS, TOKENIZER = "manifest.json", "network.json", "network.safetensors", "vocabulary.txt", "tokenizer"
AGAIN = "请重新安装或重新训练 · install or train it anew"


def load_engine(folder: Path, *, threads: int | None = None) -> Engine:
    """The network in `folder` as its graphs, ready to read on `threads` threads (as many as there are cores by default).
    ReadError in one line where there is none, where it is not whole, or where another version made it."""
    settings = checked_settings(folder)
    if missing := [name for name in GRAPHS if not (folder / name).is_file()]:
        raise ReadError(str(folder), f"缺少文件 {missing[0]}，{AGAIN}")
    try:
        config = network_config(settings["network"])
    except (KeyError, TypeError) as error:
        raise ReadError(str(folder), f"模型的设置不合，{AGAIN} ({error})") from error
    return GraphEngine(folder, vocabulary_in(folder), length=config.length, around=config.hub is not None, threads=threads)


def vocabulary_in(folder: Path) -> Characters:
    return HubVocabulary(folder / TOKENIZER) if (folder / TOKENIZER).exists() else Vocabulary.load(folder / CHARACTERS)


def checked_settings(folder: Path) -> Mapping[str, Any]:
    """The settings of the model in `folder`, after all its files have been held against their hashes."""
    hashes, settings = json_in(folder, MANIFEST), json_in(folder, SETTINGS)
    if settings.get("schema") != SCHEMA:
        raise ReadError(str(folder), f"模型格式为 {settings.get('schema')}，本程序需要 {SCHEMA}，{AGAIN}")
    for name, held in hashes.items():
        path = folder / name
        if not path.is_file():
            raise ReadError(str(folder), f"缺少文件 {name}，{AGAIN}")
        if sha256(path) != held:
            raise ReadError(str(folder), f"文件 {name} 与清单的 sha256 不符，{AGAIN}")
    for name, expected in (("bio", BIO), ("labels", LABELS), ("relations", RELATIONS)):
        if settings.get(name) != list(expected):
            raise ReadError(str(folder), f"模型的标签表 {name} 与本程序不同，{AGAIN}")
    if WEIGHTS not in hashes:
        raise ReadError(str(folder), f"清单中没有 {WEIGHTS}，{AGAIN}")
    return settings


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

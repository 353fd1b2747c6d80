"""The folder of a trained network in; its settings, its vocabulary and an engine that reads with it out. Torch is not needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hedui.errors import ReadError
from hedui.neural.config import network_config
from hedui.neural.engine import BIO, Engine
from hedui.neural.manifest import AGAIN, json_in, whole
from hedui.neural.pairs import LABELS
from hedui.neural.runtime import GRAPHS, GraphEngine
from hedui.neural.types import RELATIONS
from hedui.neural.vocabulary import Characters, Vocabulary
from hedui.neural.vocabulary_hub import HubVocabulary

__all__ = ["CHARACTERS", "SCHEMA", "SETTINGS", "TOKENIZER", "WEIGHTS", "checked_settings", "load_engine", "vocabulary_in"]

SCHEMA = "hedui-network/2"
SETTINGS, WEIGHTS, CHARACTERS, TOKENIZER = "network.json", "network.safetensors", "vocabulary.txt", "tokenizer"


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
    settings = json_in(folder, SETTINGS)
    if settings.get("schema") != SCHEMA:
        raise ReadError(str(folder), f"模型格式为 {settings.get('schema')}，本程序需要 {SCHEMA}，{AGAIN}")
    hashes = whole(folder)
    for name, expected in (("bio", BIO), ("labels", LABELS), ("relations", RELATIONS)):
        if settings.get(name) != list(expected):
            raise ReadError(str(folder), f"模型的标签表 {name} 与本程序不同，{AGAIN}")
    if WEIGHTS not in hashes:
        raise ReadError(str(folder), f"清单中没有 {WEIGHTS}，{AGAIN}")
    return settings

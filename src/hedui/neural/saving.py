"""A network in, a folder of it out, and back: weights, settings, vocabulary, and the hashes that show the folder is whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from hedui.errors import ReadError, StoreError, UsageError
from hedui.neural.config import network_config
from hedui.neural.engine import BIO
from hedui.neural.manifest import AGAIN, MANIFEST, json_in, sha256
from hedui.neural.network import Network, empty_encoder
from hedui.neural.pairs import LABELS
from hedui.neural.stored import CHARACTERS, SCHEMA, SETTINGS, TOKENIZER, WEIGHTS, checked_settings, vocabulary_in
from hedui.neural.types import RELATIONS
from hedui.neural.vocabulary import Vocabulary
from hedui.neural.vocabulary_hub import HubVocabulary

__all__ = ["SCHEMA", "load_network", "made_from", "save_model", "weights_mark"]



def save_model(network: Network, folder: Path, *, half: bool = True, graphs: bool = False, mark: str = "") -> Path:
    """Writes `network` to `folder`, whole or not at all, in place of what stood there; weights as fp16, or as they are
    when not `half`, and with the graphs that `load_engine` reads where `graphs`.
    `mark` says what it was trained from. StoreError where the disk does not take it."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            write_files(network, draft, half=half, graphs=graphs, mark=mark)
            draft.chmod(0o755)
            put_in_place(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{folder}: 模型写入失败：{error.strerror} · the model could not be written") from error
    return folder


def write_files(network: Network, folder: Path, *, half: bool, graphs: bool, mark: str) -> None:
    weights = {name: (value.half() if half and value.is_floating_point() else value).detach().cpu().contiguous()
               for name, value in network.state_dict().items()}
    (folder / WEIGHTS).write_bytes(save(weights))
    settings = {"schema": SCHEMA, "network": asdict(network.config), "bio": BIO, "labels": LABELS, "relations": RELATIONS, "mark": mark}
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    if isinstance(network.vocabulary, HubVocabulary):
        network.vocabulary.tokenizer.save_pretrained(folder / TOKENIZER)
    elif isinstance(network.vocabulary, Vocabulary):
        network.vocabulary.save(folder / CHARACTERS)
    if graphs:
        from hedui.neural.export import export_network

        export_network(network, folder)
    hashes = {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    (folder / MANIFEST).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8", newline="\n")


def put_in_place(draft: Path, folder: Path) -> None:
    """`draft` becomes `folder`; between the two renames there is none, but never half of one."""
    old = draft.with_name(f"{draft.name}.old")
    if folder.exists():
        os.replace(folder, old)
    os.replace(draft, folder)
    shutil.rmtree(old, ignore_errors=True)


def load_network(folder: Path, *, device: torch.device | str | None = None) -> Network:
    """The network that `save_model` wrote, in full precision and ready to read; ReadError in one line for anything else."""
    settings = checked_settings(folder)
    try:
        config = network_config(settings["network"])
        weights = {name: value.float() if value.is_floating_point() else value
                   for name, value in load((folder / WEIGHTS).read_bytes()).items()}
        vocabulary = vocabulary_in(folder)
        network = Network(config, vocabulary, empty_encoder(config, vocabulary))
        network.load_state_dict(weights)
    except (KeyError, TypeError, ValueError, RuntimeError, SafetensorError) as error:
        cause = " ".join(str(error).split())[:200]
        raise ReadError(str(folder), f"模型的权重与设置不合，{AGAIN} ({cause})") from error
    return network.to(device or "cpu").eval()


def made_from(folder: Path, mark: str) -> bool:
    """Whether a finished stage with this mark stands in `folder`; UsageError where that of another run does."""
    if not folder.exists():
        return False
    if checked_settings(folder).get("mark") != mark:
        raise UsageError(f"{folder}: 此处是用其他设置或数据训练的模型，请换一个工作目录或删除它 · "
                         "this was trained with other settings or data: choose another working folder or remove it")
    return True


def weights_mark(folder: Path) -> str:
    """The hash of the weights in `folder`, for marks of what is trained from them."""
    return str(json_in(folder, MANIFEST).get(WEIGHTS, ""))

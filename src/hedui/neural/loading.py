"""A folder of a model in, the learned reading out; says in one line what is missing. ONNX Runtime is loaded only when a model is wanted."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hedui.errors import HeduiError, ReadError
from hedui.neural.fusion.files import CALIBRATOR, POLICY, digest_of
from hedui.neural.fusion.policy import load_policy

if TYPE_CHECKING:
    from hedui.neural.fusion.model import Model

__all__ = ["NONE", "Chosen", "choose_model", "load_model", "missing", "model_sha256", "weights_of", "weights_sha256"]

SHIPPED = "hedui_zh"
# what --model is told where rules alone are to read
NONE = "none"
NEEDED = ("torch", "transformers", "safetensors")


class Chosen(NamedTuple):
    """The folder of the model that is to read and its SHA-256, both None where rules alone do, and a line that says so."""

    folder: str | None
    sha256: str | None
    said: str


def missing() -> list[str]:
    """What training needs and is not installed."""
    return [name for name in NEEDED if find_spec(name) is None]


def load_model(folder: Path | str, *, threads: int | None = None) -> Model:
    """The model in `folder`, which reads with `threads` threads of the processor (as many as there are cores by default).

    ReadError where there is none, where it is not whole or was made by another version.
    """
    from hedui.neural.fusion.model import model_in

    return model_in(Path(folder), threads=threads)


def model_sha256(folder: Path | str) -> str:
    """The SHA-256 of the model in `folder`, which says what read; ReadError where it is not whole."""
    return digest_of(Path(folder))


def weights_of(folder: Path | str | None, given: Path | str | None = None) -> Path | None:
    """The file of weights that says how sure findings are: the one `given`, else that of the model in `folder`; None where the shipped
    one does."""
    if given is not None:
        return Path(given)
    own = None if folder is None else Path(folder) / CALIBRATOR
    return own if own is not None and own.is_file() else None


def weights_sha256(path: Path) -> str:
    """The SHA-256 of a file of weights; ReadError where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ReadError(path.name, f"读不出权重文件 · the weights cannot be read ({error.strerror or error})") from error


def choose_model(given: str | None) -> Chosen:
    """The model that is to read: the one `given` (`none` for rules alone), else the shipped one where it is there and beats the
    rules on anything. ReadError where the one given cannot be loaded."""
    if given == NONE:
        return Chosen(None, None, "只用规则读 · read by rules alone")
    if given is not None:
        return chosen(Path(given))
    place = Path(str(files("hedui.models").joinpath(SHIPPED)))
    if not (place / POLICY).is_file():
        return Chosen(None, None, "只用规则读（没有随程序安装的模型） · read by rules alone (no model is installed)")
    try:
        if not load_policy(place / POLICY).acts:
            return Chosen(None, None, "只用规则读（模型没有胜过规则之处） · read by rules alone (the model beats them nowhere)")
        return chosen(place)
    except HeduiError as error:
        return Chosen(None, None, f"只用规则读（{error}） · read by rules alone")


def chosen(folder: Path) -> Chosen:
    sha256 = digest_of(folder)
    load_policy(folder / POLICY)
    return Chosen(str(folder), sha256, f"规则与模型一起读（{folder.name} {sha256[:12]}） · read by rules and the model {folder.name}")

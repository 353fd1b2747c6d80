"""A trained network in, three graphs for ONNX Runtime out, so that reports are read without torch.

The encoder's matrices are stored as 8-bit integers with a scale for each (dynamic quantisation); the linker stays in full precision. What
that costs is measured where models are trained.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from hedui.neural.network import Network
from hedui.neural.runtime import BUCKETS, ENCODER, PAIRS, SPANS

__all__ = ["export_network"]

OPSET = 17


class Encoder(nn.Module):
    """ids, mask and signs (texts, longest) -> log-probabilities of tags and states."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shown: Tensor, signs: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.network.states(ids, shown, signs)
        return self.network.tag_scores(hidden).log_softmax(-1), hidden


class Spans(nn.Module):
    """States, mask and spans -> vectors of spans."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.linker = network.linker

    def forward(self, states: Tensor, shown: Tensor, spans: Tensor) -> Tensor:
        return self.linker.spans(states, shown, spans)


class Pairs(nn.Module):
    """Vectors of spans and what is plain to see of pairs of them -> probabilities of relations."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.linker = network.linker

    def forward(self, heads: Tensor, tails: Tensor, head: Tensor, tail: Tensor, *buckets: Tensor) -> Tensor:
        return self.linker.scored(heads, tails, head, tail, dict(zip(BUCKETS, buckets, strict=True))).sigmoid()


def export_network(network: Network, folder: Path, *, small: bool = True) -> None:
    """Writes the graphs of `network` to `folder`; the encoder in 8-bit integers where `small`."""
    with silence():
        write_graphs(network.cpu().eval(), folder, small=small)


@contextmanager
def silence() -> Iterator[None]:
    """Neither tracing nor quantising says anything that a person could act on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.WARNING)
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def write_graphs(network: Network, folder: Path, *, small: bool) -> None:
    ids, shown, signs = network.numbers(["核对绩效", "预算执行率"])
    states = network.states(ids, shown, signs)
    spans = torch.tensor([[0, 0, 2], [1, 1, 3]])
    vectors = network.linker.spans(states, shown, spans)
    index = torch.tensor([0, 1, 1])
    texts = {0: "texts", 1: "characters"}
    write(Encoder(network), (ids, shown, signs), folder / ENCODER, names=(["ids", "shown", "signs"], ["scores", "states"]),
          sizes={"ids": texts, "shown": texts, "signs": texts, "scores": texts, "states": texts})
    if small:
        quantize_dynamic(folder / ENCODER, folder / ENCODER, weight_type=QuantType.QInt8)
    write(Spans(network), (states, shown, spans), folder / SPANS, names=(["states", "shown", "spans"], ["vectors"]),
          sizes={"states": texts, "shown": texts, "spans": {0: "spans"}, "vectors": {0: "spans"}})
    given = ["heads", "tails", "head", "tail", *(f"{name}_bucket" for name in BUCKETS)]
    write(Pairs(network), (vectors, vectors, index, index, *(torch.zeros(3, dtype=torch.long) for _ in BUCKETS)), folder / PAIRS,
          names=(given, ["probabilities"]),
          sizes={"heads": {0: "heads"}, "tails": {0: "tails"}, **{name: {0: "pairs"} for name in (*given[2:], "probabilities")}})


def write(module: nn.Module, given: tuple[Tensor, ...], path: Path, *, names: tuple[list[str], list[str]],
          sizes: Mapping[str, Mapping[int, str]]) -> None:
    before = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)  # its one kernel has no form in ONNX
    try:
        with torch.no_grad():
            options: dict[str, Any] = {"dynamic_axes": sizes, "input_names": names[0], "output_names": names[1]}
            torch.onnx.export(module.eval(), given, path, opset_version=OPSET, dynamo=False, **options)
    finally:
        torch.backends.mha.set_fastpath_enabled(before)

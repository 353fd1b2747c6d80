"""The graphs of a trained network in, an engine out that ONNX Runtime drives: reports are read without torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import onnxruntime

from hedui.errors import ReadError
from hedui.neural.engine import Flags, Floats, Ints, numbered
from hedui.neural.pairs import PairFeatures
from hedui.neural.vocabulary import Characters

__all__ = ["BUCKETS", "ENCODER", "GRAPHS", "PAIRS", "SPANS", "GraphEngine"]

ENCODER, SPANS, PAIRS = GRAPHS = ("encoder.onnx", "spans.onnx", "pairs.onnx")
# the names of what is plain to see of a pair, in the order in which the graph takes them
BUCKETS = ("head", "tail", "distance", "heads_between", "tails_between", "overlap")


class GraphEngine:
    """An `Engine` over the graphs in a folder. `around` says that the encoder has marks of beginning and end around a text,
    `threads` how many threads of the processor it takes (as many as there are cores by default).

    ReadError where a graph cannot be loaded.
    """

    def __init__(self, folder: Path, vocabulary: Characters, *, length: int, around: bool, threads: int | None = None) -> None:
        self.vocabulary, self.length, self.around = vocabulary, length, around
        self.encoder, self.spans, self.pairs = (session(folder / name, threads) for name in GRAPHS)

    def read(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        ids, shown, signs = numbered(self.vocabulary, texts, length=self.length, around=self.around)
        scores, states = self.encoder.run(None, {"ids": ids, "shown": shown, "signs": signs})
        return scores, states

    def span_vectors(self, states: Floats, shown: Flags, spans: Ints) -> Floats:
        vectors: Floats = self.spans.run(None, {"states": states, "shown": shown, "spans": spans})[0]
        return vectors

    def pair_probabilities(self, heads: Floats, tails: Floats, features: PairFeatures) -> Floats:
        seen = {f"{name}_bucket": features.buckets[name] for name in BUCKETS}
        told: Floats = self.pairs.run(None, {"heads": heads, "tails": tails, "head": features.head, "tail": features.tail, **seen})[0]
        return told


def session(path: Path, threads: int | None) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads or 0
    try:
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own errors share no class that it makes public
        cause = " ".join(str(error).split())[:200]
        raise ReadError(str(path), f"模型的计算图读不出，请重新安装或重新训练 · not a graph that can be loaded: install or train anew ({cause})"
                        ) from error

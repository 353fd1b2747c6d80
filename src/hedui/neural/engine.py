"""What reading asks of a trained network, whoever runs it: texts, spans and pairs of spans in, plain arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.mentions.parts_of_speech import WORD_SIGNS, word_signs
from hedui.neural.enclosing import enclosing_signs
from hedui.neural.pairs import PairFeatures
from hedui.neural.types import TAGS
from hedui.neural.vocabulary import Characters

__all__ = ["BIO", "Engine", "Flags", "Floats", "Ints", "numbered"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
# O, then B and I of each tag
BIO: tuple[str, ...] = ("O", *(f"{mark}-{tag}" for tag in TAGS for mark in "BI"))


class Engine(Protocol):
    """A trained network, run by torch or by ONNX Runtime."""

    def read(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Log-probabilities of tags (texts, longest, BIO) and states (texts, longest, width); those of padding mean nothing."""
        ...

    def span_vectors(self, states: Floats, shown: Flags, spans: Ints) -> Floats:
        """(spans, span width) for `spans` (spans, 3): row of `states` (texts, longest, width), start, end; half-open, not
        empty. `shown` (texts, longest) is false for padding."""
        ...

    def pair_probabilities(self, heads: Floats, tails: Floats, features: PairFeatures) -> Floats:
        """(pairs, relations) for the pairs of `features` between vectors of spans."""
        ...


def numbered(vocabulary: Characters, texts: Sequence[str], *, length: int, around: bool) -> tuple[Ints, Flags, Ints]:
    """`texts` as ids (texts, longest), where they are no padding, and the signs of their characters (0 where there are none): of
    their words, and WORD_SIGNS times what encloses them; with marks of beginning and end where `around`. UsageError where one
    is longer than the `length` that is read at once."""
    pad, _, cls, sep, _ = vocabulary.special
    rows = [[cls, *ids, sep] if around else ids for ids in map(vocabulary.ids, texts)]
    lengths = np.array([len(row) for row in rows])
    longest = int(lengths.max())
    if longest > length + 2 * around:
        raise UsageError(f"窗口有 {longest} 个字符，网络最多读 {length} 个 · a window of {longest} characters "
                         f"is longer than the {length} that the network reads at once")
    ids = np.full((len(rows), longest), pad, dtype=np.int64)
    signs = np.zeros_like(ids)
    for i, (row, text) in enumerate(zip(rows, texts, strict=True)):
        ids[i, :len(row)] = row
        enclosing = np.frombuffer(enclosing_signs(text), dtype=np.uint8).astype(np.int64)
        signs[i, around:around + len(text)] = np.frombuffer(word_signs(text), dtype=np.uint8) + WORD_SIGNS * enclosing
    return ids, np.arange(longest)[None, :] < lengths[:, None], signs

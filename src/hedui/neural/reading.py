"""Windows in, what the network makes of each character out, in memory bounds whatever the length of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedui.neural.batches import even_batches
from hedui.neural.engine import Engine, Floats
from hedui.neural.types import Window

__all__ = ["Reading", "read_windows"]

Halves = NDArray[np.float16]
# characters, with padding, that the network reads at once
BATCH = 1024
# characters whose states are kept for the linker (512 bytes each at a width of 256); those of later windows are made again
KEPT = 250_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the network makes of `windows`: for each the log-probabilities (characters, BIO) and the encoder's states
    (characters, width), None where too many characters stand before it for its states to be kept."""

    windows: tuple[Window, ...]
    scores: tuple[Floats, ...]
    states: tuple[Halves | None, ...]


def read_windows(engine: Engine, windows: Sequence[Window], *, batch: int = BATCH, kept: int = KEPT) -> Reading:
    """Reads `windows` in batches of like length with at most `batch` characters."""
    scores: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(windows)
    states: list[Halves | None] = [None] * len(windows)
    before = np.cumsum([0, *(len(window.text) for window in windows)])
    for indices in even_batches([len(window.text) for window in windows], characters=batch):
        told, hidden = engine.read([windows[index].text for index in indices])
        for row, index in enumerate(indices):
            length = len(windows[index].text)
            scores[index] = told[row, :length].copy()
            if before[index + 1] <= kept:
                states[index] = hidden[row, :length].astype(np.float16)
    return Reading(windows=tuple(windows), scores=tuple(scores), states=tuple(states))

"""Short texts in, vectors by the shipped encoder out: the mean of its states of their characters, whitened.

States of an encoder crowd in a few directions, so that all texts look alike; centred and scaled to unit variance in each principal direction
they do not (Su et al. 2021, *Whitening Sentence Representations for Better Semantics and Faster Retrieval*).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hedui.neural.batches import even_batches
from hedui.neural.engine import Engine
from hedui.neural.manifest import MANIFEST
from hedui.neural.stored import load_engine
from hedui.progress import step

__all__ = ["DIMENSIONS", "Floats", "encoder_mark", "means", "whitened", "whitening"]

Floats = NDArray[np.float32]
DIMENSIONS = 128
LONGEST, BATCH = 64, 4096
# texts that the directions are learnt from, and under how many there is nothing to learn
LEARNT, FEWEST = 20_000, 300
SMALL = 1e-3


def folder() -> Path:
    return Path(str(files("hedui.models").joinpath("hedui_zh/hedui_network")))


def encoder_mark() -> str:
    """Which encoder there is; empty where none is installed."""
    found = folder() / MANIFEST
    return found.read_text(encoding="utf-8") if found.is_file() else ""


@cache
def engine() -> Engine:
    return load_engine(folder())


def means(texts: Sequence[str]) -> NDArray[np.float16]:
    """A row for each text: the mean of the states of its first characters. ReadError where the encoder cannot be loaded."""
    cut = [text[:LONGEST] or " " for text in texts]
    found: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(cut)
    done = 0
    for batch in even_batches([len(text) for text in cut], characters=BATCH):
        _, states = engine().read([cut[at] for at in batch])
        for row, at in enumerate(batch):
            found[at] = states[row, :len(cut[at])].mean(axis=0)
        done += len(batch)
        step("near", done, len(cut))
    return np.stack(found).astype(np.float16)


def whitening(vectors: Floats) -> tuple[Floats, Floats] | None:
    """The centre of vectors and what turns them into `DIMENSIONS` directions of unit variance; None of too few to tell."""
    if len(vectors) < FEWEST:
        return None
    taken = vectors[:: max(len(vectors) // LEARNT, 1)].astype(np.float32)
    centre = taken.mean(axis=0)
    values, directions = np.linalg.eigh(np.cov((taken - centre).T))
    order = np.argsort(values)[::-1][:DIMENSIONS]
    return centre, (directions[:, order] / np.sqrt(np.maximum(values[order], SMALL))).astype(np.float32)


def whitened(vectors: NDArray[np.float16], learnt: tuple[Floats, Floats]) -> NDArray[np.float16]:
    """The vectors in those directions, of length one."""
    centre, turn = learnt
    found = (vectors.astype(np.float32) - centre) @ turn
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), dtype=np.float16)

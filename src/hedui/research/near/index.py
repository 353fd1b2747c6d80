"""The claims of a store in, what their neighbours are found by out: each distinct wording once, with its vectors, kept beside the store.

Wordings that are new are read by the encoder; those it has read before, whatever reports they came from, are not read again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile as BadZip

import numpy as np
from numpy.typing import NDArray

from hedui.errors import StoreError
from hedui.research.near.grams import Weights, hashed, rarity
from hedui.research.near.meanings import LONGEST, encoder_mark, means, whitened, whitening

__all__ = ["WORDING", "Wordings", "wordings_of"]

SCHEMA = "hedui-near/1"
# how a claim is worded: the name of an indicator, the scope of a fund, the title or number of a document
WORDING = "coalesce(name, scope, title, number, grade)"
Halves = NDArray[np.float16]


@dataclass(frozen=True, kw_only=True, eq=False)
class Wordings:
    """Distinct wordings by type, in order; `grams` and `meanings` have a row for each. `meanings` is None without an encoder, or of too few."""

    types: tuple[str, ...]
    texts: tuple[str, ...]
    grams: Halves
    meanings: Halves | None
    weights: Weights
    unseen: float

    def at(self, type: str, text: str) -> int | None:
        return self.places.get((type, text))

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        return {held: at for at, held in enumerate(zip(self.types, self.texts, strict=True))}


def wordings_of(home: Path, cursor: Callable[[], Any]) -> Wordings:
    """The wordings of all claims, from `home` where they lie there. StoreError where it cannot be written."""
    rows = cursor().sql(f"select distinct type, {WORDING} as wording from claims where {WORDING} is not null order by all").fetchall()
    types, texts = (tuple(row[0] for row in rows), tuple(row[1] for row in rows))
    weights, unseen = rarity(texts)
    path = home / "near" / "wordings.npz"
    meanings = read_meanings(path, texts) if encoder_mark() and texts else None
    return Wordings(types=types, texts=texts, grams=hashed(texts, weights, unseen), meanings=meanings, weights=weights, unseen=unseen)


def read_meanings(path: Path, texts: tuple[str, ...]) -> Halves | None:
    """The meanings of wordings, whitened. The means of states of all wordings ever read are kept at `path`, by their hashes."""
    keys = np.array([key_of(text) for text in texts], dtype=np.uint64)
    wanted, first = np.unique(keys, return_index=True)
    held, vectors = kept(path)
    new = ~np.isin(wanted, held)
    if new.any():
        added = means([texts[at] for at in first[new]])
        held, vectors = np.concatenate([held, wanted[new]]), np.concatenate([vectors, added]) if len(vectors) else added
        order = np.argsort(held)
        held, vectors = held[order], vectors[order]
        keep(path, held, vectors)
    found = vectors[np.searchsorted(held, keys)]
    learnt = whitening(vectors[np.searchsorted(held, wanted)].astype(np.float32))
    return None if learnt is None else whitened(found, learnt)


def key_of(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text[:LONGEST].encode(), digest_size=8).digest(), "big")


def mark() -> str:
    return hashlib.sha256(f"{SCHEMA}\n{LONGEST}\n{encoder_mark()}".encode()).hexdigest()


def kept(path: Path) -> tuple[NDArray[np.uint64], Halves]:
    """The keys and vectors kept; none where there is no file, one of another encoder, or one that cannot be read."""
    try:
        with np.load(path) as held:
            if str(held["mark"]) == mark():
                return held["keys"], held["vectors"]
    except (OSError, ValueError, KeyError, EOFError, BadZip):
        pass
    return np.zeros(0, dtype=np.uint64), np.zeros((0, 0), dtype=np.float16)


def keep(path: Path, keys: NDArray[np.uint64], vectors: Halves) -> None:
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            np.savez(file, mark=np.array(mark()), keys=keys, vectors=vectors)
        new.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: 写不进去（{error.strerror or error}），请用 home= 另给一个文件夹 · cannot be written, give another folder "
                         "by home=") from error

"""A reading with typed spans in, what belongs together in it out, each with its probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from hedui.neural.batches import even_batches
from hedui.neural.engine import Engine, Flags, Floats
from hedui.neural.pairs import PairFeatures, ScoredLink, Typed, far_pairs, near_pairs
from hedui.neural.reading import Reading, read_windows
from hedui.neural.types import RELATIONS

__all__ = ["ScoredLink", "Typed", "links_of"]

# pairs that are scored at once, and characters of windows whose spans are read at once
PAIRS = 32_768
CHARACTERS = 1024


def links_of(engine: Engine, reading: Reading, heads: Sequence[Typed], tails: Sequence[Typed], *,
             at_least: float = 0.05) -> list[ScoredLink]:
    """The links between `heads` and `tails` that are allowed (relations.tsv) and at least so probable, each relation of a
    pair by itself. `heads` and `tails` may share spans."""
    pairs = [features for features in (near_pairs(heads, tails), far_pairs(heads, tails, reading.windows)) if len(features)]
    if not pairs:
        return []
    paired = np.concatenate([index for one in pairs for index in (one.head, one.tail + len(heads))])
    vectors = span_vectors(engine, reading, [*heads, *tails], np.unique(paired).tolist())
    return [link for features in pairs
            for link in scored_links(engine, vectors[:len(heads)], vectors[len(heads):], features, heads, tails, at_least)]


def span_vectors(engine: Engine, reading: Reading, ends: Sequence[Typed], wanted: Sequence[int]) -> Floats:
    """(ends, span width), windows read in batches of like length; zeros for what of `ends` is not `wanted`."""
    by_window: dict[int, list[int]] = {}
    for index in wanted:
        by_window.setdefault(ends[index].place.window, []).append(index)
    numbers = sorted(by_window)
    found: list[Floats] = []
    order: list[int] = []
    for batch in even_batches([len(reading.windows[number].text) for number in numbers], characters=CHARACTERS):
        chosen = [numbers[i] for i in batch]
        spans = np.array([(row, ends[index].place.start, ends[index].place.end)
                          for row, number in enumerate(chosen) for index in by_window[number]], dtype=np.int64)
        found.append(engine.span_vectors(*states_of(engine, reading, chosen), spans))
        order += [index for number in chosen for index in by_window[number]]
    told = np.concatenate(found)
    vectors = np.zeros((len(ends), told.shape[1]), dtype=told.dtype)
    vectors[order] = told
    return vectors


def states_of(engine: Engine, reading: Reading, chosen: Sequence[int]) -> tuple[Floats, Flags]:
    """The encoder's states of the windows `chosen`, padded, as kept in `reading` or read again, and where they are none."""
    held = [one for number in chosen if (one := reading.states[number]) is not None]
    if len(held) < len(chosen):
        again = read_windows(engine, [reading.windows[number] for number in chosen])
        held = [one for one in again.states if one is not None]
    lengths = np.array([len(one) for one in held])
    padded = np.zeros((len(held), lengths.max(), held[0].shape[1]), dtype=np.float32)
    for row, one in enumerate(held):
        padded[row, :len(one)] = one
    return padded, np.arange(lengths.max())[None, :] < lengths[:, None]


def scored_links(engine: Engine, heads: Floats, tails: Floats, features: PairFeatures, typed_heads: Sequence[Typed],
                 typed_tails: Sequence[Typed], at_least: float) -> Iterator[ScoredLink]:
    for begin in range(0, len(features), PAIRS):
        piece = features.only(slice(begin, begin + PAIRS))
        probabilities = engine.pair_probabilities(heads, tails, piece)
        for pair, relation in np.argwhere(piece.allowed & (probabilities >= at_least)).tolist():
            yield ScoredLink(relation=RELATIONS[relation], head=typed_heads[piece.head[pair]], tail=typed_tails[piece.tail[pair]],
                             probability=float(probabilities[pair, relation]))

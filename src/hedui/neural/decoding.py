"""What the network makes of each character goes in, tags that may stand together come out, each with its probability.

Tags are decoded by the Viterbi algorithm over BIO and their probabilities by the forward-backward algorithm over the same
lattice (Rabiner 1989), in which a tag begins with B, no tag ends or begins within a figure, a measure stands over a whole
amount and nowhere else, and what is context has no tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedui.neural.batches import even_batches
from hedui.neural.engine import BIO
from hedui.neural.reading import Reading
from hedui.neural.types import MEASURES, TAGS, Anchor, Place, TagLabel, Window

__all__ = ["ScoredTag", "label_probability", "tags_of"]

Floats = NDArray[np.float32]
BEGIN = np.array([BIO.index(f"B-{tag}") for tag in TAGS])
INSIDE = np.array([BIO.index(f"I-{tag}") for tag in TAGS])
ROLE = np.array([tag in MEASURES for tag in TAGS])
NUMBER = {tag: i for i, tag in enumerate(TAGS)}
FIGURES = frozenset({"AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO"})
NEVER = np.float32(-1e4)
CHARACTERS = 65_536


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoredTag:
    """A tag of one window's text, half-open; `probability` is that of exactly these characters under this label."""

    start: int
    end: int
    label: TagLabel
    probability: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """A batch of windows, time first: scores of O (T, B), of B and I of each tag (T, B, tags), where a tag may neither
    begin nor end because a figure goes on (T, B, bool), and the windows' lengths (B)."""

    out: Floats
    begin: Floats
    inside: Floats
    within: NDArray[np.bool_]
    lengths: NDArray[np.int64]


def tags_of(reading: Reading, anchors: Sequence[Sequence[Anchor]]) -> list[list[ScoredTag]]:
    """The tags of each window that begin in what it owns, in their order."""
    found: list[list[ScoredTag]] = [[] for _ in reading.windows]
    for indices in even_batches([len(window.text) for window in reading.windows], characters=CHARACTERS):
        lattice = lattice_of([reading.scores[i] for i in indices], [reading.windows[i] for i in indices], [anchors[i] for i in indices])
        paths = viterbi(lattice)
        sums = Sums(lattice)
        for column, index in enumerate(indices):
            begin, end = reading.windows[index].own
            found[index] = [
                ScoredTag(start=start, end=stop, label=TAGS[tag], probability=sums.probability(column, start, stop, tag))
                for start, stop, tag in spans_of(paths[:lattice.lengths[column], column]) if begin <= start < end]
    return found


def label_probability(reading: Reading, place: Place, label: TagLabel) -> float:
    """How probable the network holds it that exactly the characters of `place` bear `label`: B at the first, I at the
    others, no I behind the last, each by itself. It knows no anchors, so that any span may be asked for."""
    scores, tag = reading.scores[place.window], NUMBER[label]
    total = float(scores[place.start, BEGIN[tag]] + scores[place.start + 1:place.end, INSIDE[tag]].sum())
    if place.end < len(scores):
        total += float(np.log1p(-min(np.exp(scores[place.end, INSIDE[tag]]), 1 - 1e-6)))
    return float(np.exp(total))


def lattice_of(scores: Sequence[Floats], windows: Sequence[Window], anchors: Sequence[Sequence[Anchor]]) -> Lattice:
    """The scores of a batch with all that must not be taken out of them."""
    lengths = np.array([len(one) for one in scores])
    shape = (int(lengths.max()), len(scores))
    held = np.full((*shape, len(BIO)), NEVER, dtype=np.float32)
    held[..., 0] = 0
    amount = np.zeros((2, *shape), dtype=bool)
    within = np.zeros(shape, dtype=bool)
    for column, (one, window) in enumerate(zip(scores, windows, strict=True)):
        held[window.context:len(one), column] = one[window.context:]
        for anchor in anchors[column]:
            if anchor.label in FIGURES:
                within[anchor.start + 1:anchor.end, column] = True
            if anchor.label == "AMOUNT":
                amount[0, anchor.start, column] = True
                amount[1, anchor.start + 1:anchor.end, column] = True
    begin, inside = held[..., BEGIN], held[..., INSIDE]
    begin[within] = NEVER
    begin[..., ROLE] = np.where(amount[0][..., None], begin[..., ROLE], NEVER)
    inside[..., ROLE] = np.where(amount[1][..., None], inside[..., ROLE], NEVER)
    return Lattice(held[..., 0], begin, inside, within, lengths)


def viterbi(lattice: Lattice) -> NDArray[np.int64]:
    """The best path (T, B): 0 for O, 1 + tag for B, 1 + tags + tag for I. Behind its end a window goes on as O."""
    steps, batch, tags = lattice.begin.shape
    rows = np.arange(batch)
    state = np.concatenate((lattice.out[0][:, None], lattice.begin[0], np.full((batch, tags), NEVER)), 1)
    back = np.zeros((steps, batch, 2 + tags), dtype=np.int64)
    for t in range(1, steps):
        best = state.argmax(1)
        value = state[rows, best]
        held = lattice.within[t]
        went_on = state[:, 1 + tags:] > state[:, 1:1 + tags]
        back[t, :, 0], back[t, :, 1] = np.where(held, 0, best), best
        back[t, :, 2:] = np.arange(1, 1 + tags) + went_on * tags
        state = np.concatenate((
            (np.where(held, state[:, 0], value) + lattice.out[t])[:, None], value[:, None] + lattice.begin[t],
            np.maximum(state[:, 1:1 + tags], state[:, 1 + tags:]) + lattice.inside[t]), 1)
    path = np.zeros((steps, batch), dtype=np.int64)
    path[-1] = state.argmax(1)
    for t in range(steps - 1, 0, -1):
        here = path[t]
        kind = np.where(here == 0, 0, np.where(here <= tags, 1, here - tags + 1))
        path[t - 1] = back[t, rows, kind]
    return path


def spans_of(path: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """(start, end, tag) of each B with the I that follow it."""
    tags = len(TAGS)
    ends = np.append(np.flatnonzero(path <= tags), len(path))
    starts = np.flatnonzero((path > 0) & (path <= tags))
    stops = ends[np.searchsorted(ends, starts, side="right")]
    return [(int(start), int(stop), int(path[start]) - 1) for start, stop in zip(starts, stops, strict=True)]


class Sums:
    """The forward and backward sums of a lattice, in logarithms."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.before, self.total = forward(lattice)
        self.after = backward(lattice)
        self.inside = np.concatenate((np.zeros_like(lattice.inside[:1]), lattice.inside.cumsum(0, dtype=np.float64)))

    def probability(self, column: int, start: int, end: int, tag: int) -> float:
        """How much of all paths goes through exactly this tag."""
        inside = self.inside[end, column, tag] - self.inside[start + 1, column, tag]
        score = self.before[start, column] + self.lattice.begin[start, column, tag] + inside + self.after[end, column]
        return float(np.exp(min(0.0, score - self.total[column])))


def forward(lattice: Lattice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(T, B): the sum of all that may stand before each character; (B): the sum of all paths."""
    steps, batch, _ = lattice.begin.shape
    before = np.zeros((steps, batch))
    out = lattice.out[0].astype(np.float64)
    held = lattice.begin[0].astype(np.float64)
    for t in range(1, steps):
        before[t] = logsum(np.concatenate((out[:, None], held), 1))
        begun = before[t][:, None] + lattice.begin[t]
        out = np.where(lattice.within[t], out, before[t]) + lattice.out[t]
        held = np.logaddexp(begun, held + lattice.inside[t])
    return before, logsum(np.concatenate((out[:, None], held), 1))


def backward(lattice: Lattice) -> NDArray[np.float64]:
    """(T + 1, B): the sum of all that may follow when a tag has ended before each character."""
    steps, batch, tags = lattice.begin.shape
    after = np.zeros((steps + 1, batch))
    # what follows a character that was O, and one that was of each tag
    follows_out = np.zeros(batch)
    follows_tag = np.zeros((batch, tags))
    for t in range(steps - 1, -1, -1):
        fresh = lattice.begin[t] + follows_tag
        out = lattice.out[t] + follows_out
        begun = logsum(fresh)
        follows_out = np.logaddexp(out, begun)
        after[t] = np.where(lattice.within[t], begun, follows_out)
        follows_tag = np.logaddexp(after[t][:, None], lattice.inside[t] + follows_tag)
    return after


def logsum(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of the sum of exponentials over the last axis."""
    highest = values.max(-1)
    summed: NDArray[np.float64] = highest + np.log(np.exp(values - highest[..., None]).sum(-1))
    return summed

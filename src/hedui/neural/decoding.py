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

__all__ = ["FIGURES", "ScoredTag", "label_probability", "tags_of"]

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
    """A batch of windows, the longest first, time before windows: scores of O (T, B), of B and I of each tag (T, B, tags), where a
    tag may neither begin nor end because a figure goes on (T, B, bool), and the windows' lengths (B)."""

    out: Floats
    begin: Floats
    inside: Floats
    within: NDArray[np.bool_]
    lengths: NDArray[np.int64]

    def going_on(self) -> list[int]:
        """How many windows, from the first, are longer than each of T steps."""
        going: list[int] = np.searchsorted(-self.lengths, -np.arange(len(self.out))).tolist()
        return going


def tags_of(reading: Reading, anchors: Sequence[Sequence[Anchor]]) -> list[list[ScoredTag]]:
    """The tags of each window that begin in what it owns, in their order."""
    found: list[list[ScoredTag]] = [[] for _ in reading.windows]
    for shortest_first in even_batches([len(window.text) for window in reading.windows], characters=CHARACTERS, padding=CHARACTERS):
        indices = shortest_first[::-1]
        lattice = lattice_of([reading.scores[i] for i in indices], [reading.windows[i] for i in indices], [anchors[i] for i in indices])
        paths = viterbi(lattice)
        sums = Sums(lattice)
        for column, index in enumerate(indices):
            begin, end = reading.windows[index].own
            found[index] = [
                ScoredTag(start=start, end=stop, label=TAGS[tag], probability=sums.probability(column, start, stop, tag))
                for start, stop, tag in spans_of(paths[column]) if begin <= start < end]
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


def viterbi(lattice: Lattice) -> list[list[int]]:
    """The best path of each window: 0 for O, 1 + tag for B, 1 + tags + tag for I."""
    steps, batch, tags = lattice.begin.shape
    columns = np.arange(batch)
    state = np.concatenate((lattice.out[0][:, None], lattice.begin[0], np.full((batch, tags), NEVER)), 1)
    # the best of all that may stand before each character, and whether I rather than B stands before I
    before = np.zeros((steps, batch), dtype=np.int64)
    inside = np.zeros((steps, batch, tags), dtype=bool)
    for t, some in enumerate(lattice.going_on()):
        if t:
            now, held = state[:some], lattice.within[t, :some]
            before[t, :some] = best = now.argmax(1)
            value = now[columns[:some], best]
            begun, within = now[:, 1:1 + tags], now[:, 1 + tags:]
            np.greater(within, begun, out=inside[t, :some])
            np.maximum(begun, within, out=within)
            within += lattice.inside[t, :some]
            now[:, 0] = np.where(held, now[:, 0], value) + lattice.out[t, :some]
            np.add(value[:, None], lattice.begin[t, :some], out=begun)
    return [path_back(best, before[:length, column].tolist(), inside[:, column], lattice.within[:length, column].tolist())
            for column, (best, length) in enumerate(zip(state.argmax(1).tolist(), lattice.lengths.tolist(), strict=True))]


def path_back(last: int, before: Sequence[int], inside: NDArray[np.bool_], within: Sequence[bool]) -> list[int]:
    """The path of one window that ends in `last`."""
    tags = inside.shape[1]
    path = [last]
    for t in range(len(before) - 1, 0, -1):
        if last > tags:
            last = last if inside[t, last - tags - 1] else last - tags
        elif last or not within[t]:
            last = before[t]
        path.append(last)
    return path[::-1]


def spans_of(path: Sequence[int]) -> list[tuple[int, int, int]]:
    """(start, end, tag) of each B with the I that follow it.

    >>> tags = len(TAGS)
    >>> spans_of([0, 1, 1 + tags, 2, 0]) == [(1, 3, 0), (3, 4, 1)]
    True
    """
    tags = len(TAGS)
    begins = [at for at, kind in enumerate(path) if 0 < kind <= tags]
    return [(start, next((at for at in range(start + 1, len(path)) if path[at] <= tags), len(path)), path[start] - 1) for start in begins]


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
    before = np.zeros(lattice.out.shape)
    # all that ends in O, and in each tag
    held = np.concatenate((lattice.out[0][:, None], lattice.begin[0]), 1, dtype=np.float64)
    for t, some in enumerate(lattice.going_on()):
        if t:
            now = held[:some]
            before[t, :some] = summed = logsum(now)
            inside = now[:, 1:] + lattice.inside[t, :some]
            now[:, 0] = np.where(lattice.within[t, :some], now[:, 0], summed) + lattice.out[t, :some]
            np.logaddexp(summed[:, None] + lattice.begin[t, :some], inside, out=now[:, 1:])
    return before, logsum(held)


def backward(lattice: Lattice) -> NDArray[np.float64]:
    """(T + 1, B): the sum of all that may follow when a tag has ended before each character."""
    steps, batch, tags = lattice.begin.shape
    going = lattice.going_on()
    after = np.zeros((steps + 1, batch))
    # what follows a character that was O, and one that was of each tag
    follows_out = np.zeros(batch)
    follows_tag = np.zeros((batch, tags))
    for t in range(steps - 1, -1, -1):
        some = going[t]
        begun = logsum(lattice.begin[t, :some] + follows_tag[:some])
        follows_out[:some] = np.logaddexp(lattice.out[t, :some] + follows_out[:some], begun)
        after[t, :some] = ended = np.where(lattice.within[t, :some], begun, follows_out[:some])
        follows_tag[:some] = np.logaddexp(ended[:, None], lattice.inside[t, :some] + follows_tag[:some])
    return after


def logsum(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of the sum of exponentials over the last axis."""
    highest = values.max(-1)
    summed: NDArray[np.float64] = highest + np.log(np.exp(values - highest[..., None]).sum(-1))
    return summed

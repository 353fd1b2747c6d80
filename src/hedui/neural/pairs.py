"""Which spans may belong together: typed places go in, pairs with what is plain to see of them come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import numpy as np
from numpy.typing import NDArray

from hedui.neural.types import ANCHORS, MEASURES, RELATIONS, TAGS, AnchorLabel, Place, Relation, TagLabel, Window

__all__ = ["DISTANCES", "GAPS", "LABELS", "OVERLAPS", "PairFeatures", "ScoredLink", "Typed", "allowed", "far_pairs", "joined",
           "near_pairs"]

Ints = NDArray[np.int64]
Columns = tuple[Ints, Ints, Ints]
# a measure is the role of an amount: as an end of a link it is that amount
LABELS: tuple[str, ...] = (*(tag for tag in TAGS if tag not in MEASURES), *(label for label in ANCHORS if label not in TAGS))
NUMBER = {label: i for i, label in enumerate(LABELS)} | {measure: LABELS.index("AMOUNT") for measure in MEASURES}
# powers of two on either side of nothing, and one more for pairs of two windows
STEPS = np.array([1, 2, 4, 8, 16, 32, 64, 128])
ELSEWHERE = 2 * (len(STEPS) + 1)
DISTANCES = ELSEWHERE + 1
GAPS = 5
OVERLAPS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A span of a window with what is known of it: its tag, or the label of its anchor."""

    place: Place
    label: TagLabel | AnchorLabel


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoredLink:
    """`head` and `tail` belong together with this probability."""

    relation: Relation
    head: Typed
    tail: Typed
    probability: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PairFeatures:
    """Pairs by the indices of their ends; `buckets` holds for each name of the linker's tables a number for each pair,
    `allowed` (pairs, relations) which relations the two may have."""

    head: Ints
    tail: Ints
    buckets: dict[str, Ints]
    allowed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.head)

    def only(self, chosen: NDArray[np.bool_] | slice) -> PairFeatures:
        """Those pairs that `chosen` names."""
        return PairFeatures(head=self.head[chosen], tail=self.tail[chosen], allowed=self.allowed[chosen],
                            buckets={name: values[chosen] for name, values in self.buckets.items()})


@cache
def allowed() -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """(labels, labels, relations): which ends each relation may have; (relations,): how many characters may lie between
    them, 0 for a relation across windows. From relations.tsv."""
    table = np.zeros((len(LABELS), len(LABELS), len(RELATIONS)), dtype=bool)
    within = np.zeros(len(RELATIONS), dtype=np.int64)
    text = files("hedui.neural").joinpath("relations.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            relation, heads, tails, most = line.split("\t")
            number = RELATIONS.index(cast(Relation, relation))
            within[number] = int(most)
            table[np.ix_([NUMBER[one] for one in heads.split()], [NUMBER[one] for one in tails.split()], [number])] = True
    return table, within


def near_pairs(heads: Sequence[Typed], tails: Sequence[Typed]) -> PairFeatures:
    """All pairs of `heads` and `tails` within one window that some relation allows."""
    tails_by_window = indices_by_window(tails)
    columns_of_both = (columns(heads), columns(tails))
    found = [window_pairs(*columns_of_both, indices, tails_by_window[window])
             for window, indices in indices_by_window(heads).items() if window in tails_by_window]
    return joined([one for one in found if len(one)])


def indices_by_window(ends: Sequence[Typed]) -> dict[int, list[int]]:
    by_window: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(ends):
        by_window[one.place.window].append(index)
    return by_window


def window_pairs(heads: Columns, tails: Columns, head_indices: list[int], tail_indices: list[int]) -> PairFeatures:
    table, within = allowed()
    head, tail = (part.ravel() for part in np.meshgrid(head_indices, tail_indices, indexing="ij"))
    (head_start, head_end, head_label), (tail_start, tail_end, tail_label) = heads, tails
    gap = np.where(tail_start[tail] >= head_end[head], tail_start[tail] - head_end[head],
                   np.where(head_start[head] >= tail_end[tail], tail_end[tail] - head_start[head], 0))
    may = table[head_label[head], tail_label[tail]] & (np.abs(gap)[:, None] <= within) & (within > 0)
    apart = (tail_start[tail] >= head_end[head]) | (head_start[head] >= tail_end[tail])
    kept = may.any(1) & apart
    head, tail, gap, may = head[kept], tail[kept], gap[kept], may[kept]
    low = np.minimum(head_end[head], tail_end[tail])
    high = np.maximum(head_start[head], tail_start[tail])
    return PairFeatures(head=head, tail=tail, allowed=may, buckets={
        "head": head_label[head], "tail": tail_label[tail], "distance": distance_buckets(gap),
        "heads_between": between(head_start, head_label, head_label[head], head_indices, low, high),
        "tails_between": between(tail_start, tail_label, tail_label[tail], tail_indices, low, high),
        "overlap": np.zeros(len(head), dtype=np.int64)})


def columns(ends: Sequence[Typed]) -> Columns:
    """Starts, ends and labels as numbers."""
    held = np.array([(one.place.start, one.place.end, NUMBER[one.label]) for one in ends], dtype=np.int64).reshape(-1, 3)
    return held[:, 0], held[:, 1], held[:, 2]


def between(starts: Ints, labels: Ints, label: Ints, indices: list[int], low: Ints, high: Ints) -> Ints:
    """How many of `indices` with the label of the pair's own end begin from `low` up to `high`, at most `GAPS` - 1."""
    chosen, kinds = starts[indices], labels[indices]
    within = (chosen[None, :] >= low[:, None]) & (chosen[None, :] < high[:, None]) & (kinds[None, :] == label[:, None])
    counted: Ints = np.minimum(within.sum(1), GAPS - 1).astype(np.int64)
    return counted


def distance_buckets(gap: Ints) -> Ints:
    """Powers of two, those of tails before their head behind those of tails after it."""
    size: Ints = np.searchsorted(STEPS, np.abs(gap), side="right").astype(np.int64)
    return size + np.where(gap < 0, len(STEPS) + 1, 0).astype(np.int64)


def far_pairs(heads: Sequence[Typed], tails: Sequence[Typed], windows: Sequence[Window], *, most: int = 40) -> PairFeatures:
    """Pairs of a name in prose and a name in a row of the same part; of each head the `most` tails that share most
    characters with it (by the Dice coefficient of their pairs of neighbouring characters)."""
    found: list[PairFeatures] = []
    rows: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(tails):
        if windows[one.place.window].kind == "row" and one.label == "NAME":
            rows[windows[one.place.window].part].append(index)
    grams = {part: [bigrams(tails[index], windows) for index in indices] for part, indices in rows.items()}
    for index, one in enumerate(heads):
        window = windows[one.place.window]
        if window.kind == "prose" and one.label == "NAME" and window.part in rows:
            found.append(same_pairs(index, bigrams(one, windows), np.array(rows[window.part]), grams[window.part], most))
    return joined(found)


def bigrams(one: Typed, windows: Sequence[Window]) -> frozenset[str]:
    text = windows[one.place.window].text[one.place.start:one.place.end]
    return frozenset(text[i:i + 2] for i in range(max(1, len(text) - 1)))


def same_pairs(index: int, own: frozenset[str], tails: Ints, grams: Sequence[frozenset[str]], most: int) -> PairFeatures:
    table, _ = allowed()
    name = NUMBER["NAME"]
    dice = np.array([2 * len(own & other) / (len(own) + len(other)) for other in grams])
    chosen = np.sort(np.argsort(-dice, kind="stable")[:most])
    full = np.full(len(chosen), 1, dtype=np.int64)
    return PairFeatures(
        head=full * index, tail=tails[chosen], allowed=np.repeat(table[name, name][None, :], len(chosen), 0), buckets={
            "head": full * name, "tail": full * name, "distance": full * ELSEWHERE, "heads_between": full * 0,
            "tails_between": full * 0, "overlap": 1 + np.round(dice[chosen] * (OVERLAPS - 2)).astype(np.int64)})


def joined(parts: Sequence[PairFeatures]) -> PairFeatures:
    """`parts` one behind the other."""
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        names = ("head", "tail", "distance", "heads_between", "tails_between", "overlap")
        return PairFeatures(head=none, tail=none, buckets=dict.fromkeys(names, none),
                            allowed=np.zeros((0, len(RELATIONS)), dtype=bool))
    return PairFeatures(
        head=np.concatenate([one.head for one in parts]), tail=np.concatenate([one.tail for one in parts]),
        allowed=np.concatenate([one.allowed for one in parts]),
        buckets={name: np.concatenate([one.buckets[name] for one in parts]) for name in parts[0].buckets})

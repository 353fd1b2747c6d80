"""Texts -> which of them are the same wording, word for word or nearly: clusters that counts can be made by.

Texts that are equal once stops and white space are gone are one from the start. Of the others those whose sets of five characters in a row are
alike (Jaccard) in `threshold` are joined: MinHash signatures (Broder 1997; datasketch), cut into bands (Indyk & Motwani 1998) that are sorted, not
kept in dictionaries, so that a million texts fit into memory. In a bucket each text is held against the first and its neighbour, exactly, and what
is alike is joined; so a cluster may be a chain whose ends are less alike (`like` tells how far from its first text each is).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]
from numpy.typing import NDArray
from scipy.sparse import coo_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from hedui.across.shingles import plain, shingles
from hedui.errors import UsageError
from hedui.progress import OnStep

__all__ = ["copies", "near_duplicates"]

Whole = NDArray[np.int64]
PERMUTATIONS, SEED = 64, 20261123
SLACK = 0.2
# of false candidates and of misses: the first are weeded out exactly
MISSES_COUNT = (0.05, 0.95)
FIGURES = re.compile(r"\d+(?:点\d+)?")
PART = 100_000


def near_duplicates(frame: pd.DataFrame, text: str = "text", *, threshold: float = 0.8, figures: bool = True,
                    on_step: OnStep | None = None) -> pd.DataFrame:
    """By row of `frame`, in its index: `cluster` (the number of the first row of the same wording), `size` (rows in it) and `like` (Jaccard
    similarity to the first, 1 for the same text; missing where there is no text, which is in no cluster: -1). `figures` False: numbers do not
    matter, so that a phrase of every year is one wording. The same texts in the same order give the same clusters, on every machine.
    UsageError where there is no such column or `threshold` is no share.
    """
    if text not in frame.columns:
        raise UsageError(f"没有这一列：{text} · no such column")
    if not 0 < threshold <= 1:
        raise UsageError(f"threshold 应在 0 到 1 之间，而不是 {threshold!r} · between 0 and 1, say 0.8")
    told = frame[text].astype("string").fillna("").to_numpy(dtype=object)
    codes, names = pd.factorize(np.array([wording(one, figures) for one in told], dtype=object))
    wordings: list[str] = names.tolist()
    first = np.unique(codes, return_index=True)[1]
    joined = clusters_of(wordings, threshold, on_step)
    heads = np.full(len(wordings), len(told), dtype=np.int64)
    np.minimum.at(heads, joined, first)
    cluster = np.where(told == "", -1, heads[joined][codes]).astype(np.int64)
    sizes = pd.Series(cluster).map(pd.Series(cluster).value_counts()).to_numpy()
    like = likeness(wordings, codes, np.where(cluster < 0, np.arange(len(told)), cluster))
    return pd.DataFrame({"cluster": cluster, "size": np.where(cluster < 0, 0, sizes).astype(np.int64), "like": np.where(cluster < 0, np.nan, like)},
                        index=frame.index)


def wording(text: str, figures: bool) -> str:
    kept = plain(text)
    return kept if figures else FIGURES.sub("0", kept)


def clusters_of(wordings: Sequence[str], threshold: float, on_step: OnStep | None) -> Whole:
    """For each wording the number of its cluster."""
    numbers, signatures = signed(wordings, on_step)
    bands = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, weights=MISSES_COUNT)
    pairs = [alike_of(part, numbers, signatures, wordings, threshold) for part in candidates(signatures, bands.b, bands.r)]
    edges = np.concatenate([np.empty((0, 2), dtype=np.int64), *pairs])
    joined = coo_array((np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(len(wordings), len(wordings)))
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)


def signed(wordings: Sequence[str], on_step: OnStep | None) -> tuple[Whole, NDArray[np.uint32]]:
    """The wordings long enough to have a signature, and these, 32 bits a permutation."""
    known = MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme="affine64").permutations
    numbers, found = list[int](), np.empty((len(wordings), PERMUTATIONS), dtype=np.uint32)
    for number, one in enumerate(wordings):
        if len(hashes := shingles(one)):
            least = MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme="affine64", permutations=known, hashfunc=int)
            least.update_batch(hashes.tolist())
            found[len(numbers)] = (least.hashvalues >> np.uint64(32)).astype(np.uint32)
            numbers.append(number)
        if on_step and (number % 1000 == 999 or number + 1 == len(wordings)):
            on_step("text", number + 1, len(wordings))
    return np.array(numbers, dtype=np.int64), found[:len(numbers)]


def candidates(signatures: NDArray[np.uint32], bands: int, rows: int) -> Iterator[Whole]:
    """By band the pairs that share a bucket: each with the first of it, and with its neighbour."""
    for band in range(bands):
        keys = np.zeros(len(signatures), dtype=np.uint64)
        for column in signatures[:, band * rows:(band + 1) * rows].T:
            keys = (keys ^ column) * np.uint64(0x9E3779B97F4A7C15)
            keys ^= keys >> np.uint64(29)
        order = np.argsort(keys, kind="stable")
        held = keys[order]
        starts = np.maximum.accumulate(np.where(np.concatenate(([True], held[1:] != held[:-1])), np.arange(len(held)), 0)) if len(held) else order
        later = np.flatnonzero(starts < np.arange(len(held)))
        yield np.unique(np.concatenate([np.stack([order[starts[later]], order[later]], axis=1),
                                        np.stack([order[later - 1], order[later]], axis=1)]), axis=0)


def alike_of(pairs: Whole, numbers: Whole, signatures: NDArray[np.uint32], wordings: Sequence[str], threshold: float) -> Whole:
    """Those of pairs that are alike, by signature first and then exactly, as pairs of wordings."""
    near = [part[(signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1) >= threshold - SLACK]
            for part in (pairs[at:at + PART] for at in range(0, len(pairs), PART))]
    kept = numbers[np.concatenate([np.empty((0, 2), dtype=np.int64), *near])]
    return np.asarray(kept[np.array([jaccard(wordings[a], wordings[b]) >= threshold for a, b in kept.tolist()], dtype=bool)])


def jaccard(one: str, other: str) -> float:
    """How alike two wordings are.

    >>> jaccard("项目资金全部到位", "项目资金全部到位"), jaccard("项目资金全部到位", "满意度达到九成")
    (1.0, 0.0)
    """
    if one == other:
        return 1.0
    a, b = shingles(one), shingles(other)
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def likeness(wordings: Sequence[str], codes: Whole, heads: Whole) -> NDArray[np.float64]:
    pairs = pd.DataFrame({"one": codes, "head": codes[heads]})
    distinct = pairs.drop_duplicates()
    told = distinct.assign(like=[jaccard(wordings[a], wordings[b]) for a, b in distinct.to_numpy().tolist()])
    return np.asarray(pairs.merge(told, on=["one", "head"], how="left")["like"].to_numpy(dtype=np.float64))


def copies(frame: pd.DataFrame, clusters: pd.DataFrame, *, report: str = "report", unit: str = "report_unit",
           year: str = "report_year") -> pd.DataFrame:
    """A row a cluster of more than one row: `rows`, `reports`, `units`, `years`, and `kind`: `report` (repeated within one report),
    `carried_over` (one unit, in several reports or years), `shared` (by several units). The largest first."""
    held = frame[[report, unit, year]].assign(cluster=clusters["cluster"].to_numpy())
    by = held[held["cluster"] >= 0].groupby("cluster")
    found = pd.DataFrame({"rows": by.size(), "reports": by[report].nunique(), "units": by[unit].nunique(), "years": by[year].nunique()})
    kind = np.select([found["units"] > 1, found["reports"] > 1], ["shared", "carried_over"], "report")
    return found.assign(kind=kind)[found["rows"] > 1].sort_values(["rows", "cluster"], ascending=[False, True])

"""Items of several kinds -> the columns of one model over all of them, and that model's coefficients -> weights by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedui.confidence.items import Item

__all__ = ["Columns", "columns_of", "folds_of", "kind_weights", "matrix"]

Floats = NDArray[np.float64]
# how far a kind (its share, its use of a signal) may depart from its family, beside what the family shares
OWN_SHARE, OWN_SIGNAL = 1.0, 0.05
FEWEST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """`signals` and what each is divided by, `kinds`, and the pairs of kind and signal that occur often enough to learn."""

    signals: tuple[str, ...]
    widths: tuple[float, ...]
    kinds: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def columns_of(items: Sequence[Item]) -> Columns:
    """The columns that vary among `items`."""
    kinds = tuple(sorted({item.kind for item in items}))
    counts = Counter((item.kind, name) for item in items for name, value in item.signals.items() if value)
    names = sorted({name for _, name in counts})
    spread = {name: float(np.std([item.signals.get(name, 0.0) for item in items])) for name in names}
    kept = [name for name in names if spread[name] > 0]
    of = Counter(item.kind for item in items)
    pairs = tuple((kind, name) for kind in kinds for name in kept if counts[kind, name] >= FEWEST and len(kinds) > 1
                  and of[kind] >= FEWEST)
    return Columns(signals=tuple(kept), widths=tuple(spread[name] for name in kept), kinds=kinds, pairs=pairs)


def matrix(items: Sequence[Item], columns: Columns) -> Floats:
    """One row an item: its signals, its kind, its signals as those of its kind."""
    row = {kind: i for i, kind in enumerate(columns.kinds)}
    shared = np.array([[item.signals.get(name, 0.0) for name in columns.signals] for item in items], dtype=float)
    shared = shared.reshape(len(items), len(columns.signals)) / np.array(columns.widths, dtype=float)
    own = np.zeros((len(items), len(columns.kinds)))
    own[np.arange(len(items)), [row[item.kind] for item in items]] = OWN_SHARE
    at = {name: i for i, name in enumerate(columns.signals)}
    paired = [shared[:, at[name]] * own[:, row[kind]] * OWN_SIGNAL for kind, name in columns.pairs]
    return np.column_stack([shared, own, *paired])


def kind_weights(columns: Columns, coefficients: Floats, intercept: float) -> Mapping[str, tuple[float, Mapping[str, float]]]:
    """Bias and weights of each kind by the coefficients of the columns."""
    many = len(columns.signals)
    shared = dict(zip(columns.signals, coefficients[:many], strict=True))
    width = dict(zip(columns.signals, columns.widths, strict=True))
    own = dict(zip(columns.kinds, coefficients[many:many + len(columns.kinds)], strict=True))
    paired = dict(zip(columns.pairs, coefficients[many + len(columns.kinds):], strict=True))
    return {kind: (intercept + float(own[kind]) * OWN_SHARE,
                   {name: float(shared[name] + paired.get((kind, name), 0.0) * OWN_SHARE * OWN_SIGNAL) / width[name] for name in columns.signals})
            for kind in columns.kinds}


def folds_of(items: Sequence[Item], folds: int) -> NDArray[np.int64]:
    """The fold of each item: sources whole, the largest dealt out first, each to the fold with the fewest items."""
    sizes = Counter(item.source for item in items)
    filled = [0] * min(folds, len(sizes))
    fold: dict[str, int] = {}
    for source in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fold[source] = filled.index(min(filled))
        filled[fold[source]] += sizes[source]
    return np.array([fold[item.source] for item in items])

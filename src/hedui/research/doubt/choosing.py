"""A frame as read -> which of its reports people should check, so that few checks tell most.

Reports are drawn with a chance that goes with how far off they may put the figures: by the least variance (Neyman 1934), as auditors draw by
amount (monetary-unit sampling, ISA 530, appendix 1) and active inference by doubt (Zrnic & Candès, ICML 2024). What was surely read is drawn too,
now and then, since confidences may be wrong. One over the chance is the weight that `Checked` asks for, so that the choice biases nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.research.doubt.rows import Confidence, column_of, confidence_of, keys_of

__all__ = ["Chosen", "to_check", "weighed"]

Floats = NDArray[np.float64]
Chosen: TypeAlias = pd.DataFrame
EVEN = 0.2  # of what the squares of chances go by is the same for all
TAIL = 0.01
STANDS_FOR = "stands_for"


def to_check(frame: pd.DataFrame, of: str | Sequence[str], count: int, *, by: str = "report", confidence: Confidence = "confidence",
             seed: int = 0) -> pd.DataFrame:
    """`count` units of `frame` (what column `by` tells apart) to look at for figures of the columns `of`: a frame of `by` and `stands_for` (how many
    units each stands for, the `weight` of `Checked`), in the order of `frame`. The same seed chooses the same. All of them, each for itself, where
    there are no more than `count`. UsageError where a column is missing, `frame` has no rows or `count` is below 2.

    >>> from hedui.research.doubt import to_check
    >>> frame = pd.DataFrame({"report": list("abcd"), "yuan": [5, 6, 900, 7], "confidence": [0.99, 0.99, 0.5, 0.99]})
    >>> chosen = to_check(frame, "yuan", 2)
    >>> dict(zip(chosen["report"], chosen["stands_for"].round(1)))["c"]
    1.0
    """
    if count < 2:
        raise UsageError(f"to_check: 至少核两份，而不是 {count} · two at least")
    codes, names = pd.factorize(keys_of(frame, by))
    if not len(names):
        raise UsageError("to_check: 表里没有行，没有可核的 · no rows, nothing to check")
    off = np.zeros(len(names))
    for name in [of] if isinstance(of, str) else of:
        far = far_off(column_of(frame, name), confidence_of(frame, name, confidence))
        off += share_of(np.bincount(codes, weights=far, minlength=len(names)).astype(np.float64))
    chances = chances_of(np.sqrt((1 - EVEN) * share_of(off) + EVEN), count)
    chosen = drawn(chances, np.random.default_rng(seed))
    firsts = np.unique(codes, return_index=True)[1][chosen]
    return pd.DataFrame({by: frame[by].to_numpy()[firsts], STANDS_FOR: 1 / chances[chosen]})


def weighed(frame: pd.DataFrame, chosen: Chosen) -> tuple[pd.DataFrame, str]:
    """`frame` with how many units the `report` of each row stands for, as `to_check` told in `chosen`, and the name of that column: `weight` of
    `Checked`. UsageError where `chosen` has no such columns."""
    stands_for = dict(zip(keys_of(chosen, "report"), column_of(chosen, STANDS_FOR), strict=True))
    return frame.assign(**{STANDS_FOR: [stands_for[report] for report in keys_of(frame, "report")]}), STANDS_FOR


def share_of(units: Floats) -> Floats:
    """The same with a mean of 1, of nothing 0."""
    middle = units.mean() if len(units) else 0.0
    return units / middle if middle > 0 else np.zeros_like(units)


def far_off(values: Floats, sure: Floats) -> Floats:
    """The expected square of how far each value is off: by as much as it is itself, or as the middle one is; where nothing was read, as the
    mean one is, the outermost not counted, for they may be misread themselves."""
    told = np.abs(values[np.isfinite(values)])
    if not len(told):
        return np.zeros_like(values)
    usual = float(np.mean(np.clip(told, *np.quantile(told, (TAIL, 1 - TAIL)))))
    return np.asarray((1 - sure) * np.where(np.isfinite(values), values**2 + float(np.median(told))**2, usual**2))


def chances_of(sizes: Floats, count: int) -> Floats:
    """Chances in proportion to `sizes` (none 0) that sum to `count`, none above 1."""
    certain = np.zeros(len(sizes), dtype=bool)
    while certain.sum() < count < len(sizes):
        chances = np.where(certain, 1.0, sizes * ((count - certain.sum()) / sizes[~certain].sum()))
        if (chances <= 1).all():
            return chances
        certain |= chances >= 1
    return np.ones(len(sizes)) if count >= len(sizes) else certain.astype(np.float64)


def drawn(chances: Floats, rng: np.random.Generator) -> NDArray[np.int64]:
    """Places drawn with these chances, as many as they sum to, in order: systematically, of an order that is drawn (Madow 1949)."""
    order = rng.permutation(len(chances))
    sums = np.cumsum(chances[order])
    steps = np.arange(round(float(sums[-1]))) + rng.random()
    return np.sort(order[np.minimum(np.searchsorted(sums, steps, side="right"), len(order) - 1)])

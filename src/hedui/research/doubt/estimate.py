"""An estimate: a figure over many reports, the range that holds the truth, and what that range takes into account."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Estimate", "Figure"]

Figure = float | Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """`value` with the interval `low` … `high` that holds the truth in `level` of all cases; money as Decimal in yuan, to the fen, all else float.
    NaN (None for money) where nothing tells it.

    `as_read` is the same figure with everything taken as read. `n` rows of `reports` reports went in, `checked` of these were checked by hand;
    `n_effective` is how many independent, certain rows would tell as much (Kish 1965). `sampling`, `extraction` and `model` are the parts of the
    standard error: other reports might have been drawn, single values may be misread, and how often that happens is itself known roughly only.
    """

    value: Figure | None
    low: Figure | None
    high: Figure | None
    level: float
    n: int
    reports: int
    checked: int
    n_effective: float
    sampling: float
    extraction: float
    model: float
    as_read: Figure | None
    method: str
    note: str = ""

    @property
    def error(self) -> float:
        """The standard error, all parts together."""
        return float((self.sampling**2 + self.extraction**2 + self.model**2) ** 0.5)

    def __str__(self) -> str:
        if self.value is None or self.value != self.value:
            return f"– [n={self.n}]"
        form = ",.2f" if isinstance(self.value, Decimal) else ".4g"
        ends = " – ".join("?" if one is None else format(one, form) for one in (self.low, self.high))
        return f"{format(self.value, form)} [{ends}] ({self.level:.0%}, n={self.n:,}, {self.reports:,} 份报告 reports)"

"""What a short text means as a value: its kind, its number or ISO form, its unit, its comparison and its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

__all__ = ["Found", "Kind", "Number", "Op", "Value"]

Kind = Literal["AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG", "REGION"]
Op = Literal[">=", "<=", ">", "<", "~"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A numeral as stated: `step` is worth one in its last stated digit (1.8万: 1000), `op` is `>` for 余 and 多."""

    value: Decimal
    step: Decimal
    op: Op | None = None

    def times(self, factor: Decimal) -> Number:
        """The same digits in a unit `factor` times as large."""
        return Number(value=self.value * factor, step=self.step * factor, op=self.op)


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """What a text means.

    `value` is a Decimal in yuan (AMOUNT), a fraction of one (RATE) or a count (QUANTITY), the ISO form of a DATE, the
    normal form of a DOCNO. `low` and `high` bound what the stated digits allow (19.24 % lies in [0.19235, 0.19245]);
    counts of whole things are exact. `op` is the comparison stated beside the figure.
    """

    kind: Kind
    value: Decimal | str
    unit: str
    op: Op | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A value where it stands: `text[start:end]` of the text that was searched."""

    start: int
    end: int
    value: Value

"""Quotes of checks -> figures as they are written: numeral, unit, and what one of the numeral is worth, so that another numeral or
unit can be put in their place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from hedui.document import Layout, Span
from hedui.findings import Mention, Quote
from hedui.reconcile.formulas.enclosures import Bounds, bounds_of
from hedui.reconcile.formulas.intervals import Stated
from hedui.values import read_value
from hedui.view import view

__all__ = ["FigureReader", "Written"]

# 645.55 · 12,480 · -3.6
NUMERAL = re.compile(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?")
PERCENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A figure of a check: `head`, `number` and `tail` are its text without blanks, one of `number` is worth `scale` yuan, ones or
    things, `exact` where whole things are counted. `at` is where its numeral starts in the document, `spots` where each character
    of the numeral and of what follows it stands; `unit` and `label` as in Mention, "" where unknown."""

    at: int
    quote: Quote
    head: str
    number: str
    tail: str
    scale: Decimal
    exact: bool
    unit: str
    label: str
    spots: tuple[int, ...]

    @property
    def text(self) -> str:
        return f"{self.head}{self.number}{self.tail}"

    @cached_property
    def decimals(self) -> int:
        return len(self.number.partition(".")[2])

    @property
    def numeral(self) -> Decimal:
        return Decimal(self.number.replace(",", ""))

    @cached_property
    def stated(self) -> Stated:
        """What it means in yuan, ones or things, with the worth of its last digit."""
        step = Decimal(0) if self.exact and not self.decimals else Decimal(1).scaleb(-self.decimals) * self.scale
        return Stated(self.numeral * self.scale, step)

    @cached_property
    def bounds(self) -> Bounds:
        """All numbers that it may mean, rounded or cut off."""
        return bounds_of(self.stated)

    @property
    def significant(self) -> int:
        """How many digits its numeral has, leading noughts left out."""
        return len(re.sub(r"\D", "", self.number).lstrip("0")) or 1


class FigureReader:
    """The figures of a file's checks, each read once; a number of a cell takes its unit from the mention that stands there."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention]) -> None:
        self._text = layout.document.text
        self._mentions = sorted((m for m in mentions if isinstance(m.value, Decimal)), key=lambda m: m.span)
        self._starts = [m.span[0] for m in self._mentions]
        self._known: dict[Span, Written | None] = {}

    def figure(self, quote: Quote) -> Written | None:
        """The one figure that `quote` is, None for words, dates and what holds several numbers."""
        if quote.span not in self._known:
            self._known[quote.span] = self._read(quote)
        return self._known[quote.span]

    def _read(self, quote: Quote) -> Written | None:
        seen = view(self._text, quote.span)
        found = list(NUMERAL.finditer(seen.text))
        if len(found) != 1:
            return None
        start, end = found[0].span()
        at = seen.starts[start]
        n = bisect_right(self._starts, at) - 1
        mention = self._mentions[n] if n >= 0 and self._mentions[n].span[1] > at else None
        number, tail = found[0][0], seen.text[end:]
        value = mention.value if mention is not None else None
        exact = mention is not None and mention.low is not None and mention.low == mention.high
        unit, label = (mention.unit, mention.label) if mention is not None else ("", "")
        if not isinstance(value, Decimal) and (told := read_value(seen.text)) is not None and isinstance(told.value, Decimal):
            value, exact, unit, label = told.value, told.low == told.high, told.unit, told.kind
        numeral = Decimal(number.replace(",", ""))
        scale = abs(value / numeral) if isinstance(value, Decimal) and numeral else PERCENT if "%" in tail else Decimal(1)
        return Written(at=at, quote=quote, head=seen.text[:start], number=number, tail=tail, scale=scale or Decimal(1), exact=exact,
                       unit=unit, label=label, spots=tuple(seen.starts[start:]))

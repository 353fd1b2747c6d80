"""Mentions and checks -> every figure once, in floating point, by kind and in the order of the text: what a search has to choose from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hedui.document import Span
from hedui.findings import Check, Mention

__all__ = ["Figures", "Told", "figures_of"]

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SCALES = {"%": 0.01, "元": 1.0, "万元": 1e4, "亿元": 1e8}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One figure: its value in its base unit (yuan, fraction, one), what one in its last digit is worth, what one of its numeral
    is worth, and its kind (label and unit)."""

    span: Span
    kind: str
    value: float
    step: float
    scale: float

    @property
    def whole(self) -> bool:
        """Whether it counts whole things."""
        return self.kind.startswith("QUANTITY") and self.step == 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """`at` the figure of each span; `kinds` those of each kind in the order of the text, `starts` where they begin."""

    at: Mapping[Span, Told]
    kinds: Mapping[str, Sequence[Told]]
    starts: Mapping[str, Sequence[int]]

    def between(self, kind: str, first: int, last: int, *, least: int, most: int) -> Sequence[Told]:
        """The figures of a kind that begin from `first` to `last`; where these are fewer than `least` the ones before them too,
        where they are more than `most` the last ones."""
        one, two = bisect_left(self.starts[kind], first), bisect_right(self.starts[kind], last)
        return self.kinds[kind][max(0, min(one, two - least), two - most):two]


def figures_of(mentions: Iterable[Mention], checks: Iterable[Check]) -> Figures:
    """The figures that are mentioned, and those that only checks quote (points in cells)."""
    at = {told.span: told for told in (*quoted(checks), *mentioned(mentions))}
    kinds: dict[str, list[Told]] = defaultdict(list)
    for told in sorted(at.values(), key=lambda one: one.span):
        kinds[told.kind].append(told)
    return Figures(at=at, kinds=kinds, starts={kind: [one.span[0] for one in found] for kind, found in kinds.items()})


def mentioned(mentions: Iterable[Mention]) -> Iterator[Told]:
    for mention in mentions:
        if isinstance(mention.value, Decimal):
            yield told_in(mention.span, mention.text, float(mention.value), f"{mention.label} {mention.unit}")


def quoted(checks: Iterable[Check]) -> Iterator[Told]:
    for quote in (quote for check in checks for quote in (*check.inputs, check.stated)):
        found = NUMBER.search(quote.value or quote.text)
        if found:
            unit = (quote.value or quote.text)[found.end():].strip()
            scale = SCALES.get(unit, 1.0)
            label = "RATE 1" if unit == "%" else "AMOUNT CNY" if unit in SCALES else f"QUANTITY {unit or '1'}"
            yield told_in(quote.span, found[0], float(found[0].replace(",", "")) * scale, label)


def told_in(span: Span, text: str, value: float, kind: str) -> Told:
    """A figure of `value` as `text` writes it. A numeral that is not written in digits counts as whole."""
    found = NUMBER.search(text)
    number = float(found[0].replace(",", "")) if found else value
    scale = abs(value / number) if number and value else 1.0
    decimals = len(found[0].partition(".")[2]) if found else 0
    return Told(span=span, kind=kind, value=value, step=scale * 10.0 ** -decimals, scale=scale)

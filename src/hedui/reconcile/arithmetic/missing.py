"""Sums that do not close -> the figure of the same report that makes up the gap: one left out, one counted twice, or a part that is
told otherwise elsewhere.

Figures meet by chance, so the gap needs three digits and what replaces a part four, and of figures in more places than a few
none is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import Check, Quote
from hedui.reconcile.arithmetic.figures import Passage
from hedui.reconcile.cells import cell_figure
from hedui.reconcile.formulas.whereabouts import place_of

__all__ = ["with_missing_parts"]

GAP_DIGITS, DIGITS, FEW = 3, 4, 3
VALUE = re.compile(r"(?P<number>-?\d+(?:\.\d+)?)(?P<unit>.*)", re.DOTALL)
# what one of a unit is worth; the bare figures of a table stand for 万元, as almost all do
YUAN = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8, "": Decimal(10) ** 4}
Told = Mapping[tuple[str, Decimal], Sequence[Quote]]


def with_missing_parts(layout: Layout, passages: Sequence[Passage], checks: Sequence[Check]) -> list[Check]:
    """The checks; the notes of sums that do not close name what they lack where just one value of the report is that."""
    told: dict[int, Told] = {}
    found = []
    for check in checks:
        if check.kind == "sum" and check.verdict == "conflict" and check.formula.count("+") == len(check.inputs) - 1:
            if check.part not in told:
                told[check.part] = told_in(layout, passages, check.part)
            said = missing_part(layout, check, told[check.part])
            check = replace(check, note=f"{check.note}；{said}") if said else check
        found.append(check)
    return found


def told_in(layout: Layout, passages: Sequence[Passage], part: int) -> Told:
    """The figures of a part by unit and value, those of its text and those of its tables."""
    found: dict[tuple[str, Decimal], list[Quote]] = defaultdict(list)
    quotes = [Quote(span=f.span, text=f.text, value=f"{f.number}{f.suffix}") for p in passages if p.part == part for f in p.figures]
    text = layout.document.text
    cells = [figure for grid in layout.grids if grid.part == part for row in grid.rows for cell in row
             if cell.origin and (figure := cell_figure(text, cell)) is not None]
    quotes += [Quote(span=f.span, text=f.text, value=f"{f.number}{f.suffix}") for f in cells]
    for quote in quotes:
        if (read := read_value(quote)) is not None:
            found[read].append(quote)
    return found


def read_value(quote: Quote) -> tuple[str, Decimal] | None:
    """The unit and value of a quote; money in yuan."""
    read = VALUE.fullmatch(quote.value or "")
    if read is None:
        return None
    worth = YUAN.get(read["unit"])
    return ("元", Decimal(read["number"]) * worth) if worth else (read["unit"], Decimal(read["number"]))


def digits(value: Decimal) -> int:
    """How many digits say something: 3 of 3250000."""
    return len(value.normalize().as_tuple().digits)


def missing_part(layout: Layout, check: Check, told: Told) -> str:
    """What the note says of the gap, "" where nothing or too much fits it."""
    read = [read_value(q) for q in (check.stated, *check.inputs)]
    values = [r[1] for r in read if r is not None]
    if len({r and r[0] for r in read}) > 1 or len(values) < len(read):
        return ""
    unit, whole, parts = read[0][0] if read[0] else "", values[0], values[1:]
    gap = whole - sum(parts, Decimal(0))
    own = {q.span for q in (check.stated, *check.inputs)}
    like = VALUE.fullmatch(check.stated.value or "")
    suffix = like["unit"] if like else unit
    lacking = f"{'差' if gap > 0 else '多'} {(abs(gap) / YUAN.get(suffix, Decimal(1))).normalize():f}{suffix}"
    if digits(gap) >= GAP_DIGITS:
        if gap < 0 < whole and parts.count(-gap) == 1:
            return f"{lacking}，与所列 {check.inputs[parts.index(-gap)].value} 相同"
        if gap > 0 and (places := elsewhere(layout, told.get((unit, gap), ()), own)):
            return f"{lacking}，与{places} 相同"
    for value, quote in zip(parts, check.inputs, strict=True):
        if digits(value + gap) >= DIGITS and (places := elsewhere(layout, told.get((unit, value + gap), ()), own)):
            return f"{lacking}，{quote.value} 若为{places} 则相符"
    return ""


def elsewhere(layout: Layout, quotes: Sequence[Quote], own: set[Span]) -> str:
    """Where a value is told: `第 521 行 166.98万元`; "" where it is told in too many places, or by the sum itself."""
    others = [q for q in quotes if q.span not in own]
    return f"{place_of(layout, others[0].span)} {others[0].value}" if 0 < len(others) <= FEW else ""

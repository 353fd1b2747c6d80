"""Passages -> amounts in 元 among amounts in 万元 that close the sum of their row only at ten thousand times as much:
支出3794.38万元，其中甲1126.54万元…、丁73.42元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import CHANGE, PER
from hedui.reconcile.arithmetic.sums_checks import slip_check
from hedui.reconcile.arithmetic.sums_words import TEN_THOUSAND

__all__ = ["odd_unit_checks"]

BACK, WHOLES, RUN = 3, 24, 16
YUAN = "元"


def odd_unit_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """One check for every amount in 元 that no other amount of its sentence shares the unit with."""
    for n, passage in enumerate(passages):
        for odd in passage.figures:
            if odd.label != "AMOUNT" or odd.unit != "CNY" or odd.suffix != YUAN or not odd.value or PER.search(odd.before):
                continue
            row = [f for f in passage.figures if f.sentence == odd.sentence and f.label == "AMOUNT" and f.unit == "CNY"]
            above = [f for p in passages[max(0, n - BACK):n] if p.part == passage.part for f in p.figures]
            before = [f for f in (*above, *passage.figures) if f.label == "AMOUNT" and f.unit == "CNY" and f.value and not CHANGE.search(f.before)]
            found = closing(odd, row, before[-WHOLES:] if len(before) > WHOLES else before)
            if found is not None and (check := slip_check(layout, found[0], found[1], odd)) is not None:
                yield check


def closing(odd: Figure, row: Sequence[Figure], wholes: Sequence[Figure]) -> tuple[Figure, Sequence[Figure]] | None:
    """The whole and the longest run of neighbours around `odd` that come out once its unit is that of the others."""
    at = row.index(odd)
    for size in range(min(len(row), RUN), 1, -1):
        for start in range(max(0, at - size + 1), min(at, len(row) - size) + 1):
            parts = row[start:start + size]
            if len({p.suffix for p in parts if p is not odd} - {odd.suffix}) != 1 or any(p.suffix == odd.suffix for p in parts if p is not odd):
                continue
            added = sum((p.value for p in parts), Decimal(0)) + odd.value * (TEN_THOUSAND - 1)
            for whole in wholes:
                step = max(f.stated.step for f in (whole, *parts) if f is not odd)
                if abs(whole.value - added) <= step < odd.value * TEN_THOUSAND and whole not in parts:
                    return whole, parts
    return None

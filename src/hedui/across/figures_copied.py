"""Last year's figures told again: many exact figures of one unit and programme that do not change from one year to another.

A figure counts where it is not round, not what was aimed at, and has three digits or more. That one such figure stands still is
taken to happen in a share `STILL` of all cases; the odds that so many do follow from the binomial distribution.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import comb
from typing import NamedTuple

from hedui.across.shelf import Shelf, blocks, by_land
from hedui.across.told import check, money, quote
from hedui.across.types import CrossCheck

__all__ = ["figures_copied", "odds_of"]

STILL, LEAST, SHARE, RARE, BACK, MOST_BEFORE, MOST_QUOTED = 0.1, 4, 0.5, 1e-3, 3, 12, 8
MEASURES = {"received", "executed", "carried_out", "carried_in", "issued", "budget", "income"}


class Fact(NamedTuple):
    """One exact figure and where it stands."""

    value: Decimal
    shown: str
    start: int
    end: int
    text: str
    confidence: float


Facts = dict[str, list[Fact]]


def odds_of(alike: int, told: int) -> float:
    """The odds that `alike` or more of `told` figures stand still, each in `STILL` of all cases.

    >>> round(odds_of(3, 3), 4), odds_of(0, 5)
    (0.001, 1.0)
    """
    return sum(comb(told, k) * STILL**k * (1 - STILL) ** (told - k) for k in range(alike, told + 1)) if alike else 1.0


def exact(value: Decimal) -> bool:
    """Whether a number has three digits or more besides the zeros it ends on."""
    return len(value.normalize().as_tuple().digits) >= 3


def facts(shelf: Shelf, report: int) -> tuple[Facts, Facts]:
    """The exact amounts and the exact results of a report by what they say."""
    head = shelf.heads[report]
    money_told: Facts = defaultdict(list)
    results: Facts = defaultdict(list)
    for fund in shelf.funds(report):
        value = Decimal(fund.yuan)
        if fund.measure in MEASURES and fund.year == head.year and exact(value):
            key = f"{fund.measure} {fund.level} {fund.place} {fund.subject}"
            money_told[key].append(Fact(value, money(value), fund.start, fund.end, fund.text, fund.confidence))
    for row in shelf.indicators(report):
        value = Decimal(row.value)
        if exact(value) and row.text not in row.target and not aimed(row.text, row.target):
            results[row.name].append(Fact(value, row.text, row.start, row.end, row.text, row.confidence))
    return money_told, results


def aimed(text: str, target: str) -> bool:
    """Whether a result is the figure that was aimed at."""
    figures = re.findall(r"\d[\d,]*\.?\d*", text)
    return bool(figures) and figures[0] in re.findall(r"\d[\d,]*\.?\d*", target)


def figures_copied(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """Each report beside those of up to three years before it."""
    for block in blocks(((n, shelf.heads[n]) for n in reports), "owner", "topic").values():
        for group in by_land(shelf.heads, block):
            ordered = sorted((n for n in group if shelf.heads[n].year), key=lambda n: (shelf.heads[n].year, n))
            years = [shelf.heads[n].year for n in ordered]
            if len(set(years)) < 2:
                continue
            told = {n: facts(shelf, n) for n in ordered}
            for later, year in zip(ordered, years, strict=True):
                start, end = bisect_left(years, year - BACK), bisect_left(years, year)
                if end - start > MOST_BEFORE:
                    head = shelf.heads[later]
                    shelf.limit(f"{head.unit or head.owner}{year}年：前{BACK}年报告 {end - start} 份，只比较最近 {MOST_BEFORE} 份 · "
                                "only the latest of them are compared")
                for earlier in ordered[max(start, end - MOST_BEFORE):end]:
                    yield from alike(shelf, earlier, later, told)


def alike(shelf: Shelf, earlier: int, later: int, told: dict[int, tuple[Facts, Facts]]) -> Iterator[CrossCheck]:
    """Money and results apart: either may be told again while the other is new."""
    pairs: dict[Decimal, tuple[Fact, Fact]] = {}
    count, chance = 0, 1.0
    for before, after in zip(told[earlier], told[later], strict=True):
        shared = before.keys() & after.keys()
        again: dict[Decimal, tuple[Fact, Fact]] = {}
        for key in sorted(shared):
            values = {fact.value: fact for fact in before[key]}
            for fact in after[key]:
                if fact.value in values:
                    again.setdefault(fact.value, (values[fact.value], fact))
        figures = {fact.value for key in shared for fact in after[key]}
        odds = odds_of(len(again), len(figures))
        if len(again) >= LEAST and len(again) >= SHARE * len(figures) and odds <= RARE:
            pairs |= again
            count, chance = count + len(figures), min(chance, 2 * odds)
    if not pairs:
        return
    one, two = shelf.heads[earlier], shelf.heads[later]
    chosen = sorted(pairs.values(), key=lambda pair: pair[1].start)[:MOST_QUOTED]
    quotes = [quote(head, f.start, f.end, f.text, f.shown) for pair in chosen for head, f in zip((one, two), pair, strict=True)]
    yield check("figures_copied", "conflict", quotes,
                f"{two.unit or two.place}{two.year}年报告中 {count} 个可比数字有 {len(pairs)} 个与{one.year}年一字不差："
                f"{'、'.join(pair[1].shown for pair in chosen[:4])}…", chance=float(f"{chance:.2g}"))

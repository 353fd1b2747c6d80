"""What a unit carries out of one year against what it says it carried into the next: same programme, same money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from hedui.across.facts import FundRow
from hedui.across.shelf import Shelf, blocks, by_land
from hedui.across.told import Amount, amounts_of, check, fund_quotes, money, verdict_of
from hedui.across.types import CrossCheck
from hedui.findings import SIGNS

__all__ = ["carried_over"]

MOST_PAIRS = 400


def carried_over(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """Each unit and programme with reports of two years that follow one another; a unit of one name in several provinces is several."""
    for block in blocks(((n, shelf.heads[n]) for n in reports), "owner", "topic").values():
        for group in by_land(shelf.heads, block):
            years: dict[int, list[int]] = defaultdict(list)
            for n in group:
                if shelf.heads[n].year:
                    years[shelf.heads[n].year].append(n)
            for year in sorted(years):
                yield from next_year(shelf, years[year], years.get(year + 1, ()))


def next_year(shelf: Shelf, earlier: Sequence[int], later: Sequence[int]) -> Iterator[CrossCheck]:
    """Every report of a year beside every one of the next; where one name stands for many units, nothing says which is which."""
    if not later:
        return
    if len(earlier) * len(later) > MOST_PAIRS:
        head = shelf.heads[later[0]]
        shelf.limit(f"{head.unit or head.owner}{head.year}年：上下年报告 {len(earlier)} × {len(later)} 份，未核对结转 · "
                    "too many reports of two years to tell what was carried over")
        return
    for before in earlier:
        for after in later:
            yield from between(shelf, before, after)


def by_subject(rows: Sequence[FundRow], measure: str, year: int) -> dict[tuple[str, str], list[FundRow]]:
    found: dict[tuple[str, str], list[FundRow]] = defaultdict(list)
    for row in rows:
        if row.measure == measure and row.year == year and not row.place:
            found[row.subject, row.level].append(row)
    return found


def between(shelf: Shelf, before: int, after: int) -> Iterator[CrossCheck]:
    """What left the first year and what came into the second, by what the money is for; money taken back is not carried on."""
    first, second = shelf.heads[before], shelf.heads[after]
    rows = shelf.funds(before)
    out = by_subject(rows, "carried_out", first.year)
    into = by_subject(shelf.funds(after), "carried_in", second.year)
    back = amounts_of(r for r in rows if r.measure == "recovered")
    for key in sorted(out):
        subject, level = key
        came = into.get(key) or (into.get((subject, "")) if level else [r for (s, _), found in into.items() if s == subject for r in found])
        if not came:
            continue
        left, arrived = amounts_of(out[key]), amounts_of(came)
        rest = [Amount(a.yuan - b.yuan, a.low - b.high, a.high - b.low, (*a.rows, *b.rows)) for a in left for b in back]
        pairs = [(verdict_of(a, b), a, b) for a in (*left, *rest) for b in arrived]
        verdict, one, two = min(pairs, key=lambda pair: ("consistent", "rounding", "conflict").index(pair[0]))
        if verdict == "conflict" and (len(left) > 1 or len(arrived) > 1):
            continue  # 结转 and 结余 are told apart in one of them: which is meant is not said
        sign = SIGNS[verdict]
        gap = f"，差 {money(abs(one.yuan - two.yuan))}" if verdict == "conflict" else ""
        yield check("carried_over", verdict, [*fund_quotes(first, one), *fund_quotes(second, two)],
                    f"{first.unit or first.place}{f'（{subject}）' if subject else ''}：{first.year}年结转下年 {money(one.yuan)} {sign} "
                    f"{second.year}年上年结转 {money(two.yuan)}{gap}",
                    confidences=[row.confidence for row in (*one.rows, *two.rows)])

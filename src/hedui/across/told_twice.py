"""The same fund or indicator of one unit and year, told in two files with other figures.

Two files tell of one thing where unit, year, what the money is for, measure and level are the same; a file that is undecided in
itself is left to its own checks.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from hedui.across.facts import FundRow, Head, IndicatorRow
from hedui.across.names import WHOLE, programme_key
from hedui.across.shelf import Shelf, blocks, by_land
from hedui.across.told import amounts_of, check, fund_quotes, money, quote, settled, verdict_of
from hedui.across.types import CrossCheck
from hedui.findings import SIGNS, Verdict

__all__ = ["told_twice"]

Rows = TypeVar("Rows")
MEASURES = {"budget": "预算", "issued": "下达", "received": "到位", "executed": "执行", "carried_in": "上年结转", "carried_out": "结转下年",
            "income": "收入", "saved": "结余", "recovered": "收回", "contract": "合同", "other": "金额"}
# 培训|人次 · 改造|数量 · 宣传栏个数（个）
COUNTING, BRACKETS = re.compile(r"(?:数量?|人数|人次数?|次数|个数|户数|总数)$"), re.compile(r"[(（][^()（）]{1,6}[)）]")
FundKey = tuple[str, str, str, str]


def told_twice(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """What the reports of one unit and year in several files tell: each beside one that tells as most do."""
    for block in blocks(((n, shelf.heads[n]) for n in reports), "owner", "year").values():
        for group in by_land(shelf.heads, block):
            if len({shelf.heads[n].file for n in group}) > 1:
                yield from money_told(shelf, group)
                yield from results_told(shelf, group)


def beside_usual(shelf: Shelf, told: Sequence[tuple[int, Rows]], value: Callable[[Rows], Decimal | None],
                 ) -> Iterator[tuple[tuple[int, Rows], tuple[int, Rows]]]:
    """Pairs of tellings (report, rows) in two files: every one beside the first that tells the value most often told."""
    values = [value(rows) for _, rows in told]
    usual = next(iter(Counter(v for v in values if v is not None).most_common(1)), (None, 0))[0]
    hubs = [at for at, v in enumerate(values) if v == usual]
    seen: set[tuple[int, int]] = set()
    for at, (n, _) in enumerate(told):
        hub = next((h for h in hubs if shelf.heads[told[h][0]].file != shelf.heads[n].file), None)
        if hub is not None and (pair := (min(at, hub), max(at, hub))) not in seen:
            seen.add(pair)
            yield told[pair[0]], told[pair[1]]


def fund_facts(shelf: Shelf, report: int) -> dict[FundKey, list[FundRow]]:
    """Amounts by (what for, place, measure, level): the programme's own money under the programme."""
    head = shelf.heads[report]
    found: dict[FundKey, list[FundRow]] = defaultdict(list)
    for row in shelf.funds(report):
        if row.year == head.year:
            topic = f"{head.topic} {row.subject}".strip() if head.topic != WHOLE else (programme_key(row.subject) if row.subject else WHOLE)
            found[topic, row.place, row.measure, row.level].append(row)
    return found


def money_told(shelf: Shelf, group: Sequence[int]) -> Iterator[CrossCheck]:
    told: dict[FundKey, list[tuple[int, list[FundRow]]]] = defaultdict(list)
    for n in group:
        for key, found in fund_facts(shelf, n).items():
            told[key].append((n, found))
    for key in sorted(told):
        for (a, first_rows), (b, second_rows) in beside_usual(shelf, told[key], settled_yuan):
            yield from amount_told(shelf.heads[a], shelf.heads[b], key, (first_rows, second_rows))


def settled_yuan(rows: list[FundRow]) -> Decimal | None:
    amount = settled(rows)
    return amount.yuan if amount else None


def amount_told(one: Head, two: Head, key: FundKey, rows: tuple[list[FundRow], list[FundRow]]) -> Iterator[CrossCheck]:
    """One amount as two files tell it."""
    pairs = [(verdict_of(x, y), x, y) for x in amounts_of(rows[0]) for y in amounts_of(rows[1])]
    holding = [pair for pair in pairs if pair[0] != "conflict"]
    chosen = settled(rows[0]), settled(rows[1])
    if holding:
        verdict, first, second = min(holding, key=lambda pair: pair[0] != "consistent")
    elif chosen[0] is not None and chosen[1] is not None:
        verdict, first, second = "conflict", chosen[0], chosen[1]
    else:
        return
    topic, place, measure, level = key
    what = MEASURES.get(measure, measure)
    name = "".join((level, topic.replace(" ", "·") if topic != WHOLE else "部门整体", place))
    yield check("told_twice", verdict, [*fund_quotes(one, first), *fund_quotes(two, second)],
                f"{one.unit or one.place}{one.year}年{name}{what}：{money(first.yuan)} {SIGNS[verdict]} {money(second.yuan)}",
                confidences=[row.confidence for row in (*first.rows, *second.rows)])


def indicator_facts(shelf: Shelf, report: int) -> dict[str, list[IndicatorRow]]:
    found: dict[str, list[IndicatorRow]] = defaultdict(list)
    for row in shelf.indicators(report):
        found[told_name(row.name)].append(row)
    return found


def told_name(name: str) -> str:
    """A key under which 培训安全管理员 and 安全管理员培训人次（人次） are one: its letters in order, without what only counts."""
    return "".join(sorted(COUNTING.sub("", BRACKETS.sub("", name)))) or name


def results_told(shelf: Shelf, group: Sequence[int]) -> Iterator[CrossCheck]:
    """Results of one programme under one name, where each report is decided."""
    told: dict[tuple[str, str], list[tuple[int, list[IndicatorRow]]]] = defaultdict(list)
    for n in group:
        if shelf.heads[n].topic != WHOLE:
            for name, found in indicator_facts(shelf, n).items():
                told[shelf.heads[n].topic, name].append((n, found))
    for key in sorted(told):
        for (a, first_rows), (b, second_rows) in beside_usual(shelf, told[key], only_value):
            yield from result_told(shelf.heads[a], shelf.heads[b], (first_rows, second_rows))


def only_value(rows: list[IndicatorRow]) -> Decimal | None:
    values = {Decimal(row.value) for row in rows}
    return values.pop() if len(values) == 1 else None


def result_told(one: Head, two: Head, rows: tuple[list[IndicatorRow], list[IndicatorRow]]) -> Iterator[CrossCheck]:
    """One result as two files tell it."""
    values = [{Decimal(r.value) for r in found} for found in rows]
    units = {r.unit for found in rows for r in found} - {""}
    if len(units) > 1 or (not values[0] & values[1] and max(map(len, values)) > 1):
        return
    verdict: Verdict = "consistent" if values[0] & values[1] else "conflict"
    first, second = rows[0][0], rows[1][0]
    yield check("told_twice", verdict, [quote(head, r.start, r.end, r.text, r.text) for head, r in ((one, first), (two, second))],
                f"{one.unit or one.place}{one.year}年{rows[0][0].name}：{first.text} {SIGNS[verdict]} {second.text}",
                confidences=(first.confidence, second.confidence))

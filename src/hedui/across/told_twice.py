"""The same fund or indicator of one unit and year, told in two files with other figures.

Two files tell of one thing where unit, year, what the money is for, measure and level are the same; a file that is undecided in
itself is left to its own checks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from hedui.across.carried_over import one_land
from hedui.across.facts import FundRow, IndicatorRow
from hedui.across.names import WHOLE, programme_key
from hedui.across.shelf import Shelf, blocks
from hedui.across.told import amounts_of, check, fund_quotes, money, quote, settled, verdict_of
from hedui.across.types import CrossCheck
from hedui.findings import SIGNS, Verdict

__all__ = ["told_twice"]

MOST = 30
MEASURES = {"budget": "预算", "issued": "下达", "received": "到位", "executed": "执行", "carried_in": "上年结转", "carried_out": "结转下年",
            "income": "收入", "saved": "结余", "recovered": "收回", "contract": "合同", "other": "金额"}
# 培训|人次 · 改造|数量 · 宣传栏个数（个）
COUNTING, BRACKETS = re.compile(r"(?:数量?|人数|人次数?|次数|个数|户数|总数)$"), re.compile(r"[(（][^()（）]{1,6}[)）]")
FundKey = tuple[str, str, str, str]


def told_twice(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """Each pair of reports of one unit and year in two files."""
    for group in blocks(((n, shelf.heads[n]) for n in reports), "owner", "year").values():
        if len({shelf.heads[n].file for n in group}) < 2:
            continue
        funds = {n: fund_facts(shelf, n) for n in group[:MOST]}
        results = {n: indicator_facts(shelf, n) for n in group[:MOST]}
        for a, b in combinations(group[:MOST], 2):
            if shelf.heads[a].file != shelf.heads[b].file and one_land(shelf.heads[a], shelf.heads[b]):
                yield from money_told(shelf, a, b, funds)
                yield from results_told(shelf, a, b, results)


def fund_facts(shelf: Shelf, report: int) -> dict[FundKey, list[FundRow]]:
    """Amounts by (what for, place, measure, level): the programme's own money under the programme."""
    head = shelf.heads[report]
    found: dict[FundKey, list[FundRow]] = defaultdict(list)
    for row in shelf.funds(report):
        if row.year == head.year:
            topic = f"{head.topic} {row.subject}".strip() if head.topic != WHOLE else (programme_key(row.subject) if row.subject else WHOLE)
            found[topic, row.place, row.measure, row.level].append(row)
    return found


def money_told(shelf: Shelf, a: int, b: int, funds: dict[int, dict[FundKey, list[FundRow]]]) -> Iterator[CrossCheck]:
    one, two = shelf.heads[a], shelf.heads[b]
    for key in sorted(funds[a].keys() & funds[b].keys()):
        rows = funds[a][key], funds[b][key]
        pairs = [(verdict_of(x, y), x, y) for x in amounts_of(rows[0]) for y in amounts_of(rows[1])]
        holding = [pair for pair in pairs if pair[0] != "conflict"]
        chosen = settled(rows[0]), settled(rows[1])
        if holding:
            verdict, first, second = min(holding, key=lambda pair: pair[0] != "consistent")
        elif chosen[0] is not None and chosen[1] is not None:
            verdict, first, second = "conflict", chosen[0], chosen[1]
        else:
            continue
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


def results_told(shelf: Shelf, a: int, b: int, results: dict[int, dict[str, list[IndicatorRow]]]) -> Iterator[CrossCheck]:
    """Results of one programme under one name, where each report is decided."""
    one, two = shelf.heads[a], shelf.heads[b]
    if one.topic != two.topic or one.topic == WHOLE:
        return
    for name in sorted(results[a].keys() & results[b].keys()):
        rows = results[a][name], results[b][name]
        values = [{Decimal(r.value) for r in found} for found in rows]
        units = {r.unit for found in rows for r in found} - {""}
        if len(units) > 1 or (not values[0] & values[1] and max(map(len, values)) > 1):
            continue
        verdict: Verdict = "consistent" if values[0] & values[1] else "conflict"
        first, second = rows[0][0], rows[1][0]
        yield check("told_twice", verdict, [quote(head, r.start, r.end, r.text, r.text) for head, r in ((one, first), (two, second))],
                    f"{one.unit or one.place}{one.year}年{rows[0][0].name}：{first.text} {SIGNS[verdict]} {second.text}",
                    confidences=(first.confidence, second.confidence))

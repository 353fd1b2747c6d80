"""Cells of tables that no place bears out -> the figure of the text, or of another table, that is one slip of the pen or ten thousand
times off and told of the same row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check, CheckKind, Mention
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.rows import POINTS, TOTAL, cells_of, figure_in, shared
from hedui.reconcile.agreement.slips import OTHER_TIME
from hedui.reconcile.agreement.told import MISWRITTEN, TURNED, agreement
from hedui.reconcile.agreement.units import POWERS, counted
from hedui.reconcile.numerals import digits, neighbours, significant, turned
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.places import Place
from hedui.reconcile.quotes import quote

__all__ = ["cell_slip_checks"]

# 亩均投资标准为|1723元/亩 · 抢修响应时间按|2.93小时
LINK = re.compile(r"(?:实际)?(?:按照?|约|达到?了?|为|是|至)+$")
RECEIVED = re.compile(r"到位(?:数|资金)?$")
LEAST, MANY, LIKE, WIDE, NEAR, NAME = 3, 5, 0.5, 60, 20, 4


class Told(NamedTuple):
    """A figure of a cell (named by its row) or of the text (by the words before it, `apart` where these speak of another time or of a
    standard), with its numeral."""

    mention: Mention
    numeral: str
    name: str
    head: str
    span: Span
    grid: int
    apart: bool = False


Key = tuple[str, str, str]


def cell_slip_checks(layout: Layout, mentions: Sequence[Mention], places: Sequence[Sequence[Place]], raised: Set[int]) -> Iterator[Check]:
    """One conflict for every figure that neither the text nor another table bears out; those at starts `raised` are told already."""
    ordered = sorted((m for m in mentions if m.label in {"RATE", "AMOUNT", "QUANTITY"} and m.value), key=lambda m: m.span)
    cells: dict[int, list[Told]] = defaultdict(list)
    for part, cell in cells_of(layout):
        own = figure_in(ordered, cell) if cell.role not in POINTS and cell.role != "target" else None
        if own is not None and significant(numeral := digits(own.text)) >= LEAST:
            cells[part].append(Told(own, numeral, cell.name, cell.head, cell.span, cell.grid))
    for part, rows in cells.items():
        text = [t for t in in_text(places[part], ordered)] if part < len(places) else []
        fresh = [t for t in text if t.span[0] not in raised]
        yield from against_text(layout, [c for c in rows if c.span[0] not in raised and c.mention.span[0] not in raised], text, fresh)
        yield from between_tables(layout, rows, Counter(value_of(t) for t in (*rows, *text)))


def in_text(places: Sequence[Place], ordered: Sequence[Mention]) -> Iterator[Told]:
    starts = [m.span[0] for m in ordered]
    for paragraph, seen in places:
        low, high = (bisect_left(starts, at) for at in paragraph.span) if paragraph.role == "body" else (0, 0)
        for mention in ordered[low:high]:
            at = bisect_left(seen.starts, mention.span[0])
            before = seen.text[max(seen.text.rfind("。", 0, at) + 1, at - WIDE, 0):at]
            if mention.op is None:
                yield Told(mention, digits(mention.text), squeezed(before), "", mention.span, -1, OTHER_TIME.search(before) is not None)


def value_of(told: Told) -> tuple[str, str, object]:
    return told.mention.label, counted(told.mention.unit), told.mention.value


def against_text(layout: Layout, rows: Sequence[Told], text: Sequence[Told], fresh: Sequence[Told]) -> Iterator[Check]:
    borne, known = {value_of(t) for t in text}, {value_of(c) for c in rows}
    lonely = [c for c in rows if value_of(c) not in borne]
    near: dict[Key, list[Told]] = defaultdict(list)
    for cell in lonely:
        for key in {*neighbours(cell.numeral), cell.numeral}:
            near[(cell.mention.label, counted(cell.mention.unit), key)].append(cell)
    for told in fresh:
        if value_of(told) in known:
            continue
        keys = {*neighbours(told.numeral), told.numeral}
        found = {c.span: c for key in keys for c in near.get((told.mention.label, counted(told.mention.unit), key), ())}
        fitting = [c for c in found.values() if called(c, told)
                   or ((turned(c.numeral, told.numeral) or scaled(c, told)) and not told.apart and of_row(c, told))]
        if len(fitting) == 1:
            yield conflict(layout, "unit" if scaled(fitting[0], told) else "table", fitting[0], told)


def scaled(a: Told, b: Told) -> bool:
    x, y = a.mention.value, b.mention.value
    if a.numeral != b.numeral or not isinstance(x, Decimal) or not isinstance(y, Decimal):
        return False
    small, large = sorted((abs(x), abs(y)))
    return bool(small) and large / small in POWERS


def called(cell: Told, told: Told) -> bool:
    """Whether a figure, other than by rounding, is told right behind the whole name of a row: 抢修响应时间按|2.93小时."""
    if len(cell.name) < NAME or TOTAL.fullmatch(cell.name) or not LINK.sub("", told.name).endswith(cell.name):
        return False
    comparison = compare(cell.mention.text, told.mention.text)
    return comparison is not None and comparison.verdict == "conflict"


def of_row(cell: Told, told: Told) -> bool:
    """Whether the words before a figure name the row of a cell; of a row of totals the head of its column, right before. What was
    received is no budget."""
    if RECEIVED.search(told.name) and not RECEIVED.search(cell.head):
        return False
    if TOTAL.fullmatch(cell.name):
        return len(cell.numeral) > MANY and len(cell.head) > 1 and shared(cell.head, told.name[-NEAR:]) >= LIKE
    return shared(cell.name, told.name) >= LIKE


def between_tables(layout: Layout, rows: Sequence[Told], times: Counter[tuple[str, str, object]]) -> Iterator[Check]:
    """Rows of one name in two tables, one of whose figures is told nowhere else."""
    by_name: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for cell in rows:
        if len(cell.name) >= NAME and not TOTAL.fullmatch(cell.name):
            by_name[(cell.mention.label, counted(cell.mention.unit), cell.name[:NAME])].append(cell)
    for group in by_name.values():
        for i, a in enumerate(group):
            for b in group[i + 1:i + 1 + NEAR]:
                one = a.name in b.name or b.name in a.name
                if one and a.grid != b.grid and turned(a.numeral, b.numeral) and 1 in (times[value_of(a)], times[value_of(b)]):
                    yield conflict(layout, "restated", a, b)


def conflict(layout: Layout, kind: CheckKind, cell: Told, told: Told) -> Check:
    a, b = quote(layout, cell.mention.span), quote(layout, told.mention.span)
    why = "数同而单位不同" if kind == "unit" else TURNED if turned(cell.numeral, told.numeral) else MISWRITTEN
    return agreement(layout, kind, [a], b, verdict="conflict", tier="numeric", computed=a.text,
                     note=f"{cell.name}：表中 {a.value} ≠ {b.value}，{why}")

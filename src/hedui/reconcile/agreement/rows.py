"""Cells of a report's tables -> the places of its running text that tell the same figure of the same row.

Claims hold most of a table against the text. What they leave is held here by the row's name: a sentence that tells the figure
of a cell and most of the words of its row agrees with it. Nothing is said of figures that differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from hedui.document import GridCell, Layout, Paragraph, Span
from hedui.findings import Check, Mention
from hedui.layout import bare
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.agreement.units import counted
from hedui.reconcile.cells import label_of, roles_of
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote
from hedui.view import View, fold, view

__all__ = ["POINTS", "TOTAL", "Cell", "cells_of", "figure_in", "row_agreements", "shared"]

FIELDS = {"target": "目标值", "actual": "完成值", "completion": "完成率", "rate": "执行率", "budget": "预算数", "budget_start": "预算数",
          "executed": "执行数", "received": "到位数", "issued": "下达数"}
POINTS = {"weight": "分值", "score": "得分"}
MONEY = frozenset({"budget", "budget_start", "executed", "received", "issued"})
SHORT, LIKE, SURE, MANY, WIDE = 2, 0.6, 0.8, 4, 40
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# 年初计划|9000人次 · 不低于|90%
PLANNED = re.compile(r"计划|目标|任务|要求|年初|不低于|不少于|不超过|不高于|控制|以上|以内|达到|预期|标准")
EXECUTION = re.compile(r"执行率|支付率|支出率|使用率|支出进度|执行进度")
SCORED, FULL = re.compile(r"得(?:分)?(?:为|是)?$|自评$"), re.compile(r"(?:分值|满分|权重)(?:为|是)?$|\($")
ANOTHER = re.compile(r"得分?(?:为|是)?\d")# columns that are told elsewhere or not at all
UNTOLD = frozenset({"number", "level1", "level2", "name", "reason", "note", "deviation", "score_rate", "target_sign", "target_unit"})
FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?(?:%|[万亿]?元|[\u4e00-\u9fff]{1,3})?")
TOTAL = re.compile(r"合计|总计|共计|小计|总和|年度?资金总额|资金总额")
UNIT = re.compile(r"[(（][^()（）]{0,12}[)）]")


Tellings = dict[tuple[int, str, str], list[tuple[Mention, Paragraph]]]


class Cell(NamedTuple):
    """A figure of a table: its role ("" where its column has none), the name of its row, where it stands, the head of its column,
    and the table (its index)."""

    role: str
    name: str
    span: Span
    head: str
    grid: int


def row_agreements(layout: Layout, mentions: Sequence[Mention], held: Sequence[Check]) -> Iterator[Check]:
    """One check for every cell that a sentence tells too; cells that checks already `held` quote are left out, and so
    are figures, unless they are long and of another table."""
    ordered = sorted(mentions, key=lambda m: m.span)
    told, seen, of_grid = in_text(layout, ordered), dict[int, View](), used_of(layout, held)
    taken = {quote.span[0] for check in held for quote in (*check.inputs, check.stated)}
    for part, cell in cells_of(layout):
        used = of_grid[cell.grid]
        if cell.role in POINTS:
            near = told.get((part, "分", plain(layout.document.text[slice(*cell.span)])), [])
            found = next((m for m, p in near if m.span[0] not in used and m.span[0] not in taken and points_of_row(layout, seen, cell, m, p)), None)
        else:
            found = None if cell.span[0] in taken else likeliest(layout, seen, cell, figure_in(ordered, cell), part, told, used, taken)
        if found is not None:
            used.add(found.span[0])
            a, b = quote(layout, cell.span), quote(layout, found.span)
            yield agreement(layout, "table", [a], b, verdict="consistent", tier="numeric", computed=a.value or a.text,
                            note=f"{cell.name}：{(FIELDS | POINTS).get(cell.role, cell.head)} {a.value} = {b.value}")


def used_of(layout: Layout, held: Sequence[Check]) -> defaultdict[int, set[int]]:
    """Every table (its index) and the starts of what is already held against one of its cells."""
    starts = [grid.span[0] for grid in layout.grids]
    found: defaultdict[int, set[int]] = defaultdict(set)
    for check in held:
        quotes = (*check.inputs, check.stated)
        for cell in quotes:
            at = bisect_right(starts, cell.span[0]) - 1
            if at >= 0 and cell.span[0] < layout.grids[at].span[1]:
                found[at].update(q.span[0] for q in quotes)
    return found


def figure_in(ordered: Sequence[Mention], cell: Cell) -> Mention | None:
    at = bisect_left(ordered, cell.span[0], key=lambda m: m.span[0])
    inside = (m for m in ordered[at:at + SHORT] if m.span[0] < cell.span[1])
    return next((m for m in inside if m.value), None)


def likeliest(layout: Layout, seen: dict[int, View], cell: Cell, own: Mention | None, part: int, told: Tellings,
              used: Collection[int], taken: Collection[int]) -> Mention | None:
    """The figure of the text, of the value of `own`, that is most surely told of the row of `cell`."""
    near = told.get((part, own.label, str(own.value)), []) if own is not None else []
    ranked = [(rank, -m.span[0], m) for m, p in near if own is not None and m.span[0] not in used and alike(own, m)
              and (m.span[0] not in taken or figures(m) >= MANY)
              and (rank := likeness(layout, seen, cell, m, p))]
    return max(ranked, key=lambda r: r[:2])[2] if ranked else None


def plain(text: str) -> str:
    """The number in a text, without closing noughts behind the point."""
    number = NUMBER.search(text)
    return "" if number is None else number[0].rstrip("0").rstrip(".") if "." in number[0] else number[0]


def in_text(layout: Layout, ordered: Sequence[Mention]) -> Tellings:
    """The figures and dates of running text by part, kind and value; points also by what they say."""
    found: Tellings = defaultdict(list)
    starts = [m.span[0] for m in ordered]
    for paragraph in layout.paragraphs:
        if paragraph.role != "body":
            continue
        for mention in ordered[bisect_left(starts, paragraph.span[0]):bisect_left(starts, paragraph.span[1])]:
            part = part_of(layout, mention.span[0])
            found[(part, mention.label, str(mention.value))].append((mention, paragraph))
            if mention.unit == "分":
                found[(part, "分", plain(mention.text))].append((mention, paragraph))
    return found


def cells_of(layout: Layout) -> Iterator[tuple[int, Cell]]:
    """The figures of tables that text may tell again, row by row."""
    for index, grid in enumerate(layout.grids):
        roles = roles_of(grid)
        at = roles.index("name") if "name" in roles else None
        for row in grid.rows[grid.header_rows:]:
            name = squeezed(bare((row[at].text if at is not None and at < len(row) else "") or label_of(row)))
            for role, cell, path in zip(roles, row, grid.headers, strict=False):
                plain_figure = role not in UNTOLD and name not in cell.text and FIGURE.fullmatch(fold(cell.text).strip()) is not None
                told = role in FIELDS or (role in POINTS and at is not None) or (plain_figure and role not in POINTS)
                if told and cell.origin and has_figure(cell) and len(name) >= SHORT:
                    yield grid.part, Cell(role or "", name, cell.span, squeezed(UNIT.sub("", path[-1] if path else "")), index)


def has_figure(cell: GridCell) -> bool:
    return any(c.isdigit() for c in cell.text)


def alike(a: Mention, b: Mention) -> bool:
    """Whether two figures of one value count the same; a rate a head may leave the head out (1500元 of 1500元/批次)."""
    x, y = (counted(m.unit) for m in (a, b))
    return x == y or not a.unit or {x.partition("/")[0], y.partition("/")[0]} == {"CNY"}


def view_of(layout: Layout, seen: dict[int, View], paragraph: Paragraph) -> View:
    return seen.setdefault(paragraph.span[0], view(layout.document.text, paragraph.span))


def likeness(layout: Layout, seen: dict[int, View], cell: Cell, mention: Mention, paragraph: Paragraph) -> float:
    """How surely a sentence tells the figure of `cell`: 0 where it does not name its row."""
    text = view_of(layout, seen, paragraph)
    at, end = bisect_left(text.starts, mention.span[0]), bisect_left(text.starts, mention.span[1])
    start = text.text.rfind("。", 0, at) + 1
    sentence, before = text.text[start:end + WIDE // 4], text.text[max(start, at - WIDE):at]
    digits = figures(mention)
    if cell.role == "rate":
        return 1.0 if EXECUTION.search(sentence) and digits > SHORT else 0.0
    if cell.role in MONEY and digits > MANY:
        return 1.0
    beside, whole = squeezed(text.text[start:at]) + "|" + squeezed(text.text[end:end + WIDE // 4]), TOTAL.fullmatch(cell.name) is not None
    near, headed = 0.0 if whole else shared(cell.name, beside), shared(cell.head, beside) if len(cell.head) > 1 else 0.0
    if digits >= MANY and (near > 0 or headed > 0 or whole):
        return 1.0 + near
    if digits > SHORT and ((near > 0 and headed > 0) or (whole and headed >= LIKE)):
        return LIKE + near / MANY
    share = shared(cell.name, squeezed(sentence))
    if share < (LIKE if digits > SHORT else SURE):
        return 0.0
    planned = bool(mention.op) or PLANNED.search(before[-10:]) is not None
    return share + (0.1 if planned == (cell.role == "target") else 0.0)


def figures(mention: Mention) -> int:
    """How many digits a figure has, noughts at either end left out."""
    return len(re.sub(r"\D", "", mention.text).strip("0"))


def shared(name: str, sentence: str) -> float:
    """What part of a name's pairs of letters a sentence holds."""
    pairs = {name[i:i + 2] for i in range(len(name) - 1)}
    return sum(pair in sentence for pair in pairs) / len(pairs)


def points_of_row(layout: Layout, seen: dict[int, View], cell: Cell, mention: Mention, paragraph: Paragraph) -> bool:
    """Whether a paragraph names a row and then tells its points: `河道治理完成率（8分）。…，得8分`."""
    text = view_of(layout, seen, paragraph).text
    at = bisect_left(view_of(layout, seen, paragraph).starts, mention.span[0])
    named = text.rfind(cell.name, 0, at)
    cue = SCORED if cell.role == "score" else FULL
    return named >= 0 and cue.search(text[max(0, at - 6):at]) is not None and not ANOTHER.search(text[named + len(cell.name):at])

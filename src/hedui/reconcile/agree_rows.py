"""Cells of a report's tables -> the places of its running text that tell the same figure of the same row.

Claims hold most of a table against the text. What they leave is held here by the row's name: a sentence that tells the figure
of a cell and most of the words of its row agrees with it. Nothing is said of figures that differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from hedui.document import GridCell, Layout, Paragraph, Span
from hedui.findings import Check, Mention
from hedui.layout import bare
from hedui.reconcile.compare import squeezed
from hedui.reconcile.places import part_of
from hedui.reconcile.tables_read import label_of, roles_of
from hedui.reconcile.told import agreement, quote
from hedui.view import View, view

__all__ = ["row_agreements"]

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
ANOTHER = re.compile(r"得分?(?:为|是)?\d")
ALIKE = {"名": "人", "位": "人", "家": "个"}


Tellings = dict[tuple[int, str, str], list[tuple[Mention, Paragraph]]]


class Cell(NamedTuple):
    """A figure of a table: its role, the name of its row, where it stands."""

    role: str
    name: str
    span: Span


def row_agreements(layout: Layout, mentions: Sequence[Mention], taken: Collection[int]) -> Iterator[Check]:
    """One check for every cell that a sentence tells too; cells and figures whose start is `taken` are held already."""
    ordered = sorted(mentions, key=lambda m: m.span)
    told, seen, used = in_text(layout, ordered), dict[int, View](), set(taken)
    for part, cell in cells_of(layout):
        if cell.role in POINTS:
            near = told.get((part, "分", plain(layout.document.text[slice(*cell.span)])), [])
            found = next((m for m, p in near if m.span[0] not in used and points_of_row(layout, seen, cell, m, p)), None)
        else:
            found = None if cell.span[0] in taken else likeliest(layout, seen, cell, figure_in(ordered, cell), part, told, used)
        if found is not None:
            used.add(found.span[0])
            a, b = quote(layout, cell.span), quote(layout, found.span)
            yield agreement(layout, "table", [a], b, verdict="consistent", tier="numeric", computed=a.value or a.text,
                            note=f"{cell.name}：{(FIELDS | POINTS)[cell.role]} {a.value} = {b.value}")


def figure_in(ordered: Sequence[Mention], cell: Cell) -> Mention | None:
    at = bisect_left(ordered, cell.span[0], key=lambda m: m.span[0])
    inside = (m for m in ordered[at:at + SHORT] if m.span[0] < cell.span[1])
    return next((m for m in inside if m.value), None)


def likeliest(layout: Layout, seen: dict[int, View], cell: Cell, own: Mention | None, part: int, told: Tellings,
              used: Collection[int]) -> Mention | None:
    """The figure of the text, of the value of `own`, that is most surely told of the row of `cell`."""
    near = told.get((part, own.label, str(own.value)), []) if own is not None else []
    ranked = [(rank, -m.span[0], m) for m, p in near if own is not None and m.span[0] not in used and alike(own, m)
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
    for grid in layout.grids:
        roles = roles_of(grid)
        at = roles.index("name") if "name" in roles else None
        for row in grid.rows[grid.header_rows:]:
            name = squeezed(bare((row[at].text if at is not None and at < len(row) else "") or label_of(row)))
            for role, cell in zip(roles, row, strict=False):
                if (role in FIELDS or (role in POINTS and at is not None)) and cell.origin and has_figure(cell) and len(name) >= SHORT:
                    yield grid.part, Cell(role or "", name, cell.span)


def has_figure(cell: GridCell) -> bool:
    return any(c.isdigit() for c in cell.text)


def alike(a: Mention, b: Mention) -> bool:
    """Whether two figures of one value count the same; a rate a head may leave the head out (1500元 of 1500元/批次)."""
    x, y = (ALIKE.get(m.unit, m.unit) for m in (a, b))
    return x == y or not a.unit or {x.partition("/")[0], y.partition("/")[0]} == {"CNY"}


def view_of(layout: Layout, seen: dict[int, View], paragraph: Paragraph) -> View:
    return seen.setdefault(paragraph.span[0], view(layout.document.text, paragraph.span))


def likeness(layout: Layout, seen: dict[int, View], cell: Cell, mention: Mention, paragraph: Paragraph) -> float:
    """How surely a sentence tells the figure of `cell`: 0 where it does not name its row."""
    text = view_of(layout, seen, paragraph)
    at, end = bisect_left(text.starts, mention.span[0]), bisect_left(text.starts, mention.span[1])
    start = text.text.rfind("。", 0, at) + 1
    sentence, before = text.text[start:end + WIDE // 4], text.text[max(start, at - WIDE):at]
    digits = len(re.sub(r"\D", "", mention.text).strip("0"))
    if cell.role == "rate":
        return 1.0 if EXECUTION.search(sentence) and digits > SHORT else 0.0
    if cell.role in MONEY and digits > MANY:
        return 1.0
    share = shared(cell.name, squeezed(sentence))
    if share < (LIKE if digits > SHORT else SURE):
        return 0.0
    planned = bool(mention.op) or PLANNED.search(before[-10:]) is not None
    return share + (0.1 if planned == (cell.role == "target") else 0.0)


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

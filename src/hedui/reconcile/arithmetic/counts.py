"""Passages and grids -> checks of counts said against the things that are listed: names before or after the count, marks
(①②③, 一是二是), quoted names, rows of the table below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hedui.document import Grid, Layout
from hedui.findings import Check, Quote, Verdict
from hedui.reconcile.arithmetic.counts_patterns import (
    AFTER,
    CIRCLES,
    ETC,
    FIRSTS,
    IN_BRACKETS,
    LEAD,
    LIST_END,
    QUOTED,
    QUOTES,
    SPLIT,
)
from hedui.reconcile.arithmetic.figures import Figure, Passage, following
from hedui.reconcile.arithmetic.sums import Listing
from hedui.reconcile.cells import distinct, name_in, roles_of
from hedui.reconcile.formulas.check import counted

__all__ = ["count_checks", "table_count_checks"]

OPEN = re.compile(r"等|如|例如|含|以及|[其另]中|均|不")
FEW, MANY, LONG = 2, 30, 24
NEAR, REACH = 5, 3000
NAMED = {"个", "项", "家", "大", "方面", "个方面", "类", "条", "点", "所", "部分", "种"}
COUNTED = {"个", "项", "家", "大", "方面", "个方面", "类", "条", "点", "批", "批次", "所", "部分", "种", "名", "处", "章", "层",
           "级", "步", "环节", "块", "次", "份", "笔", "维度", "个维度"}


def count_checks(layout: Layout, passages: Sequence[Passage], listings: Sequence[Listing]) -> Iterator[Check]:
    """The checks of every count in the text that has a list beside it."""
    by_passage: dict[int, list[Listing]] = {}
    for one in listings:
        if one.verdict is not None and (one.parts[0].label == "AMOUNT" or one.parts[0].unit == "分"):
            by_passage.setdefault(one.parts[0].passage, []).append(one)
    for passage in passages:
        for figure in passage.figures:
            if figure.label != "QUANTITY" or figure.unit not in COUNTED or not FEW - 1 <= figure.value <= MANY:
                continue
            check = (quoted_before(layout, passage, figure) or marked(layout, passage, figure, next_text(passages, passage))
                     or named_before(layout, passage, figure) or named_after(layout, passage, figure) or in_brackets(layout, passage, figure)
                     or listed(layout, figure, by_passage.get(passage.index, ())))
            if check is not None:
                yield check


def next_text(passages: Sequence[Passage], passage: Passage) -> str:
    return passages[passage.index + 1].text if passage.index + 1 < len(passages) else ""


def quote(passage: Passage, text: str, start: int, end: int) -> Quote:
    span = passage.view.span(start, end)
    return Quote(span=span, text=text[slice(*span)], value=passage.text[start:end])


def verdict_of(count: int, figure: Figure) -> Verdict:
    return "consistent" if count == figure.value else "conflict"


def quoted_before(layout: Layout, passage: Passage, figure: Figure) -> Check | None:
    """`“资金执行率”“资金使用规范性”2个三级指标`."""
    found = QUOTES.search(figure.before)
    if found is None:
        return None
    at = figure.start - len(figure.before)
    names = [(at + m.start("name"), at + m.end("name")) for m in QUOTED.finditer(figure.before, found.start())]
    items = [quote(passage, layout.document.text, *name) for name in names]
    if len(items) != figure.value and len(items) < FEW:
        return None
    return counted(layout, "sum", items, figure, verdict_of(len(items), figure), "所列")


def marked(layout: Layout, passage: Passage, figure: Figure, after: str) -> Check | None:
    """`三方面问题：一是…；二是…`, `接待3批次，包括：①…；②…；③…`. The marks may belong to another count, so they must agree
    unless they follow the count at once."""
    for pattern in (CIRCLES, FIRSTS):
        marks = list(pattern.finditer(passage.text, figure.end, figure.end + REACH))
        if len(marks) < FEW or marks[0][0][0] not in "①一":
            continue
        between = passage.text[figure.end:marks[0].start()]
        close = len(between) <= LONG // 2 and between.endswith((":", ",")) and "。" not in between
        told = [f for f in following(passage, figure.end, MANY) if f.start < marks[0].start() and f.unit in COUNTED]
        run = [m for m in marks if m[0] != marks[0][0] or m is marks[0]]
        items = [quote(passage, layout.document.text, *m.span()) for m in run]
        agrees = len(items) == figure.value and not told and ":" in between[-8:]
        if agrees or (close and pattern is FIRSTS and ":" in between and len(run) == len(marks)
                      and not FIRSTS.match(after)):
            return counted(layout, "sum", items, figure, verdict_of(len(items), figure), "所列")
    return None


def pieces(text: str, start: int) -> list[tuple[int, int]]:
    """The names of a list, as offsets: parted by 、 and, before the last, by 和 or 及."""
    found, at = [], start
    for piece in text.split("、"):
        found.append((at, at + len(piece)))
        at += len(piece) + 1
    return found


def named_before(layout: Layout, passage: Passage, figure: Figure) -> Check | None:
    """`资金管理和组织管理两个方面`, `石桥镇、白塘镇6个乡镇`."""
    if figure.unit not in NAMED:
        return None
    clause_start = max(figure.before.rfind(c) for c in ",;:。(") + 1
    clause = figure.before[clause_start:]
    etc = ETC.search(clause)
    clause = clause[:etc.start()] if etc else clause
    lead = LEAD.match(clause)
    skip = lead.end() if lead and "、" not in clause[:lead.end()] else 0
    listing = clause[skip:]
    names = pieces(listing, figure.start - len(figure.before) + clause_start + skip)
    two = list(SPLIT.finditer(passage.text, names[-1][0], names[-1][1]))
    if two:
        last = two[-1]
        split = [*names[:-1], (names[-1][0], last.start()), (last.end(), names[-1][1])]
    else:
        split = names
    chosen = next((n for n in (split, names) if len(n) == figure.value and len(n) >= FEW), None)
    if chosen is not None and all(FEW <= e - s <= LONG for s, e in chosen):
        items = [quote(passage, layout.document.text, *name) for name in chosen]
        return counted(layout, "sum", items, figure, "consistent", "所列")
    thing = figure.after[:6]
    kinds = {passage.text[e - 1] for _, e in split if e > 0}
    if etc or len(names) < 3 or not kinds <= set(thing) or split is not names:
        return None
    items = [quote(passage, layout.document.text, *name) for name in names]
    return counted(layout, "sum", items, figure, "conflict", "所列")


def named_after(layout: Layout, passage: Passage, figure: Figure) -> Check | None:
    """`下设三个科室，分别是：办公室、…、…`."""
    found = AFTER.match(passage.text, figure.end)
    if found is None:
        return None
    end = LIST_END.search(passage.text, found.end())
    listing = passage.text[found.end():end.start() if end else len(passage.text)]
    names = pieces(listing, found.end())
    if len(names) < FEW or "等" in listing[-2:] or any(not FEW <= e - s <= LONG for s, e in names):
        return None
    last = SPLIT.search(passage.text, names[-1][0] + 2, names[-1][1] - 2)
    if last and len(names) + 1 == figure.value:
        names = [*names[:-1], (names[-1][0], last.start()), (last.end(), names[-1][1])]
    if len(names) != figure.value and (last or "分别" not in found[0] or "(" in listing):
        return None
    items = [quote(passage, layout.document.text, *name) for name in names]
    return counted(layout, "sum", items, figure, verdict_of(len(names), figure), "所列")


def in_brackets(layout: Layout, passage: Passage, figure: Figure) -> Check | None:
    """`涉及7个行政村(红湾、吴家塬、双井)`; two names, or a list that goes on (等, 如), may leave others out."""
    found = IN_BRACKETS.match(passage.text, figure.end)
    if found is None or not passage.text[figure.start].isalnum():
        return None
    names = pieces(found["names"], found.start("names"))
    last = SPLIT.search(passage.text, names[-1][0] + 1, names[-1][1] - 1)
    if last and len(names) + 1 == figure.value:
        names = [*names[:-1], (names[-1][0], last.start()), (last.end(), names[-1][1])]
    if len(names) != figure.value and (last or len(names) < 3 or OPEN.search(found["names"])):
        return None
    items = [quote(passage, layout.document.text, *name) for name in names]
    return counted(layout, "sum", items, figure, verdict_of(len(names), figure), "所列")


def listed(layout: Layout, figure: Figure, listings: Sequence[Listing]) -> Check | None:
    """`分解下达到9个市，其中：…`: as many as the parts of the list that follows."""
    for one in listings:
        first = one.parts[0]
        last = one.parts[-1]
        beside = first.start - LONG <= figure.end <= first.start or last.end <= figure.start <= last.end + LONG
        if beside and len(one.parts) == figure.value and figure not in one.parts:
            items = [Quote(span=p.span, text=p.text, value=p.text) for p in one.parts]
            return counted(layout, "sum", items, figure, "consistent", "所列")
    return None


def table_count_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`从决策依据、决策过程、绩效目标、资金分配四方面…考察` against the second level of the table below it."""
    starts = [p.view.starts[0] if p.view.starts else -1 for p in passages]
    at = 0
    for grid in layout.grids:
        while at < len(starts) and starts[at] < grid.span[0]:
            at += 1
        names = second_level(layout.document.text, grid)
        near = [p for p in passages[max(0, at - NEAR):at] if p.section == grid.section]
        figures = [(p, f) for p in near for f in p.figures if f.label == "QUANTITY" and f.unit in {"个", "方面", "个方面", "大"}
                   and f.after.startswith(("方面", "个方面", "指标", "维度")) | (f.unit in {"方面", "个方面"})]
        for _, figure in figures if len(names) >= FEW - 1 else ():
            if sum((n.value or "").removesuffix("指标") in figure.before for n in names) * 2 >= len(names):
                yield counted(layout, "table", names, figure, verdict_of(len(names), figure), "表中二级指标")


def second_level(text: str, grid: Grid) -> list[Quote]:
    """The names in the column of level 2 of a table of one dimension."""
    roles = roles_of(grid)
    if "level2" not in roles or "level1" in roles:
        return []
    column = [row[roles.index("level2")] for row in grid.rows[grid.header_rows:]]
    return [name for cell, _ in distinct(column) if (name := name_in(text, cell)) is not None]

"""A Sheet -> drafts of its tables, and of the titles, captions and notes around them, from the top down.

Blank rows and columns part tables; a blank row inside borders parts nothing. What stands apart from a table is told row
by row: rows of one text above it, rows without borders beside a table that has them, notes below it, a title that runs
over the whole width between two tables.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hedui.document import Issue
from hedui.readers.assemble import Draft, DraftCell
from hedui.readers.limits import MAX_AREA, MAX_NESTING
from hedui.readers.sheets.placement import Placed, Slot, placed
from hedui.readers.sheets.sheet import Area, Sheet

__all__ = ["sheet_drafts"]

# 编制单位：某县水利局 · 单位：万元 · 2022年度
LABELLED = re.compile(r"[^：:]{1,16}[：:].*|[（(]?\d{4}\s*年.{0,8}", re.S)
# 注：执行率按全年预算数计算 · 填报人：
NOTE = re.compile(r"(?:附?注|备注|说明|填[报表写]|联系|审核|制表|资料来源|单位负责|其中)|.*。\s*$|.{40}", re.S)
# 附件2 · 项目支出绩效自评表（二） · 2022年度资金情况表
TITLE = re.compile(r"附[件表]\s*[\d一二三四五六七八九十]{0,3}|.{2,60}(?:表|报告|情况)(?:\s*[（(][^（）()]{1,30}[）)])?")
FEW = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """One row of a region: its slots that begin in the region, and whether one reaches into it from above."""

    row: int
    slots: tuple[Slot, ...]
    covered: bool

    @property
    def said(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.text.strip()]

    @property
    def ruled(self) -> bool:
        return any(slot.ruled for slot in self.slots)


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of whole numbers that follow one another.

    >>> runs([1, 2, 4])
    [(1, 2), (4, 4)]
    """
    groups = groupby(enumerate(numbers), key=lambda item: item[1] - item[0])
    found = [[number for _, number in group] for _, group in groups]
    return [(run[0], run[-1]) for run in found]


def columns_in(place: Placed, row: int, left: int, right: int) -> list[int]:
    columns = place.columns.get(row, [])
    return columns[bisect_left(columns, left):bisect_right(columns, right)]


def strip_of(place: Placed, row: int, region: Area) -> Strip:
    slots: dict[tuple[int, int], Slot] = {}
    covered = False
    for column in columns_in(place, row, region.left, region.right):
        slot = place.at[row, column]
        if max(slot.row, region.top) < row:
            covered = True
        else:
            slots[slot.row, slot.col] = slot
    return Strip(row=row, slots=tuple(slots.values()), covered=covered)


def is_alone(strip: Strip) -> bool:
    """Whether a row holds one text and no other cell is drawn beside it."""
    return not strip.covered and len(strip.said) == 1 and sum(slot.ruled for slot in strip.slots if slot not in strip.said) == 0


def apart_rows(strips: Sequence[Strip], width: int) -> list[bool]:
    """For every row of a region, whether it stands apart from the table."""
    several = [strip for strip in strips if len(strip.said) > 1]
    bordered = len(several) > 1 and 2 * sum(strip.ruled for strip in several) >= len(several)

    def unruled(strip: Strip) -> bool:
        return bordered and not strip.ruled and not strip.covered and (
            len(strip.said) <= FEW or labelled(strip))

    def labelled(strip: Strip) -> bool:
        return not strip.ruled and not strip.covered and bool(strip.said) and all(
            LABELLED.fullmatch(slot.text.strip()) for slot in strip.said)

    def over_all(strip: Strip) -> bool:
        return is_alone(strip) and strip.said[0].cols >= max(width - 1, 2)

    apart = [unruled(strip) or (over_all(strip) and bool(TITLE.fullmatch(strip.said[0].text.strip()))) for strip in strips]
    for at, strip in enumerate(strips):
        if not (apart[at] or is_alone(strip) or labelled(strip)):
            break
        apart[at] = True
    for at in range(len(strips) - 1, -1, -1):
        alone = is_alone(strips[at]) and (over_all(strips[at]) or bool(NOTE.match(strips[at].said[0].text)))
        if not (apart[at] or alone or labelled(strips[at])):
            break
        apart[at] = True
    return apart


def paragraphs(strips: Sequence[Strip]) -> Iterator[Draft]:
    for strip in strips:
        for slot in strip.said:
            for line in slot.text.split("\n"):
                if line.strip():
                    yield Draft(kind="paragraph", text=line.strip())


def table(place: Placed, area: Area) -> Draft:
    cells = []
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            slot = place.at.get((row, column)) or Slot(row=row, col=column)
            top, left = max(slot.row, area.top), max(slot.col, area.left)
            if (top, left) == (row, column):
                cells.append(DraftCell(
                    row=row - area.top, col=column - area.left, text=slot.text.strip(),
                    rows=min(slot.row + slot.rows, area.bottom + 1) - top,
                    cols=min(slot.col + slot.cols, area.right + 1) - left))
    return Draft(kind="table", cells=tuple(cells))


def trimmed(strips: Sequence[Strip]) -> list[Strip]:
    """`strips` without rows at the ends that hold no text."""
    said = [at for at, strip in enumerate(strips) if strip.said]
    return list(strips[said[0]:said[-1] + 1]) if said else []


def halves(place: Placed, strips: Sequence[Strip], region: Area) -> list[Area]:
    """The tables side by side in a run of rows, parted by blank columns: all of them where they have borders, else only
    such as are tables by themselves."""
    taken = sorted({column for strip in strips for column in columns_in(place, strip.row, region.left, region.right)})
    areas = [Area(top=strips[0].row, bottom=strips[-1].row, left=left, right=right) for left, right in runs(taken)]
    if len(areas) > 1 and not any(strip.ruled for strip in strips):
        wide = all(area.right > area.left and area.bottom > area.top for area in areas)
        return areas if wide else [Area(top=strips[0].row, bottom=strips[-1].row, left=taken[0], right=taken[-1])]
    return areas


def table_drafts(place: Placed, strips: Sequence[Strip], region: Area, depth: int) -> Iterator[Draft]:
    """The tables in rows of which none stands apart."""
    strips = trimmed(strips)
    if not strips:
        return
    areas = halves(place, strips, region)
    if len(areas) > 1 and depth < MAX_NESTING:
        for area in areas:
            yield from region_drafts(place, area, depth + 1)
        return
    edges = [(slot.col, slot.col + slot.cols - 1) for strip in strips for slot in strip.said]
    area = Area(top=strips[0].row, bottom=strips[-1].row, left=max(min(left for left, _ in edges), region.left),
                right=min(max(right for _, right in edges), region.right))
    size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    if area.left == area.right or size > MAX_AREA or all(len(strip.slots) < 2 and not strip.covered for strip in strips):
        yield from paragraphs(strips)
    else:
        yield table(place, area)


def region_drafts(place: Placed, region: Area, depth: int = 0) -> Iterator[Draft]:
    """The drafts of a region, each run of rows between blank ones by itself."""
    rows = [row for row in place.columns if region.top <= row <= region.bottom
            and columns_in(place, row, region.left, region.right)]
    for top, bottom in runs(rows):
        part = Area(top=top, bottom=bottom, left=region.left, right=region.right)
        strips = trimmed([strip_of(place, row, part) for row in range(top, bottom + 1)])
        if not strips:
            continue
        taken = [slot for strip in strips for slot in strip.slots]
        width = max(slot.col + slot.cols for slot in taken) - min(slot.col for slot in taken)
        apart = apart_rows(strips, width)
        for is_apart, group in groupby(zip(apart, strips, strict=True), key=lambda item: item[0]):
            rows_of = [strip for _, strip in group]
            yield from paragraphs(rows_of) if is_apart else table_drafts(place, rows_of, part, depth)


def sheet_drafts(sheet: Sheet) -> tuple[list[Draft], list[Issue]]:
    """The drafts of a sheet in reading order, and what could not be placed."""
    if not sheet.cells:
        return [], []
    place = placed(sheet)
    rows, columns = list(place.columns), [column for _, column in place.at]
    where = f"工作表 {sheet.name} / sheet {sheet.name}"
    issues = []
    if place.covered:
        issues.append(Issue(where=where, what=f"有 {place.covered} 个被合并单元格盖住的单元格里另有文字，没有读 / "
                                              f"{place.covered} cells hidden under merged ones hold other text, left out"))
    if place.left_out:
        issues.append(Issue(where=where, what=f"有 {place.left_out} 处合并单元格互相重叠或过大，按未合并读 / "
                                              f"{place.left_out} merged cells overlap or are too large, read as not merged"))
    return list(region_drafts(place, Area(top=min(rows), bottom=max(rows), left=min(columns), right=max(columns)))), issues

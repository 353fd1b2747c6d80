"""A list of bodies or places, each with its number, and what they share behind the last -> the name of each number:
甲县3座、乙县5座危桥改造全部完成, 完成省厅对3份、市局对5份档案的复核."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hedui.claims.indicators.openings import opened, plain_tail, starts_at
from hedui.claims.passages import Passage, Placed

__all__ = ["paired_results", "shared_results"]

Range = tuple[int, int]
MAX_ROW = 12
COUNTED = frozenset({"QUANTITY", "RATE"})
WHAT = re.compile(r"的?(?P<what>[\u4e00-\u9fff“”A-Za-z()]{3,30})")
# …的复核: what was done to what they count
# 甲满意度、乙满意度|分别为|96.2%、94.7% · 教师、家长满意度|分别达到
PAIRED = re.compile(r"(?:^|[,。;:])(?P<names>[^,。;:\d]{3,60}?)(?:各)?分别(?:完成|实现|提高到|达到?了?|为|是|:)*约?$")
NAME_MARK = re.compile(r"、|以及|[和及与]")
# 满意度 of 教师、家长满意度: what the last name gives to all
HEAD = re.compile(r"(?:满意度|知晓度|参与度|[\u4e00-\u9fff]{2}率|数量|面积|标准|人数|里程|收入|产值)$")
DEED = re.compile(r"的(?P<deed>[\u4e00-\u9fff]{2,6})$")


def shared_results(piece: Passage, lo: int, hi: int) -> Mapping[int, tuple[Range, ...]]:
    """For the start of each number in `piece.text[lo:hi]` that stands in such a list, the pieces of its name."""
    found: dict[int, tuple[Range, ...]] = {}
    row: list[tuple[Placed, Placed]] = []
    for told in piece.within(lo, hi):
        if told.mention.label not in COUNTED:
            continue
        owner = owner_of(piece, told)
        if owner is None or (row and piece.text[row[-1][1].end:owner.start] not in {"、", "和", ",", "及"}):
            row = []
        if owner is None:
            continue
        row.append((owner, told))
        what = WHAT.match(piece.text, told.end, hi)
        if len(row) > 1 and what:
            found.update(named(piece.text, row, what))
            row = []
    return found


def owner_of(piece: Passage, told: Placed) -> Placed | None:
    """The body or place right before a number, or before 对 and the number."""
    stop = told.start - (piece.text[told.start - 1:told.start] == "对")
    return next((t for t in piece.within(max(0, stop - 40), stop) if t.end == stop and starts_at(piece, t.start) is t), None)


def named(text: str, row: list[tuple[Placed, Placed]], what: re.Match[str]) -> dict[int, tuple[Range, ...]]:
    deed = DEED.search(what["what"])
    start, end = what.span("what")
    shared = (start + deed.start("deed"), end) if deed else (start, start + plain_tail(what["what"]))
    return {told.start: ((owner.start, owner.end), shared) for owner, told in row}


def paired_results(piece: Passage, lo: int, hi: int) -> Mapping[int, tuple[Range, ...]]:
    """For the start of each number of a list that stands behind as many names and 分别, the pieces of its name."""
    found: dict[int, tuple[Range, ...]] = {}
    numbers = [t for t in piece.within(lo, hi) if t.mention.label in {*COUNTED, "AMOUNT"}]
    for at, told in enumerate(numbers):
        if told.start in found or not (match := PAIRED.search(piece.text, max(lo, told.start - 70), told.start)):
            continue
        row = [told]
        for following in numbers[at + 1:at + MAX_ROW]:
            if piece.text[row[-1].end:following.start] not in {"、", "和", ",", "及", "与"}:
                break
            row.append(following)
        names = names_of(piece.text, opened(piece, *match.span("names")), match.end("names"))
        if len(row) == len(names) > 1:
            found.update((number.start, name) for number, name in zip(row, names, strict=True))
    return found


def names_of(text: str, start: int, end: int) -> list[tuple[Range, ...]]:
    """The names of a list, each with the head that only the last one has: 教师、家长|满意度."""
    ranges, begun = [], start
    for mark in [*NAME_MARK.finditer(text, start, end), None]:
        ranges.append((begun, mark.start() if mark else end))
        begun = mark.end() if mark else end
    head = HEAD.search(text[slice(*ranges[-1])])
    if not head or not head.start() or any(HEAD.search(text[slice(*r)]) for r in ranges[:-1]):
        return [(r,) for r in ranges]
    shared = ranges[-1][0] + head.start(), end
    return [*((r, shared) for r in ranges[:-1]), (ranges[-1],)]

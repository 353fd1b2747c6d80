"""A list of bodies or places, each with its number, and what they share behind the last -> the name of each number:
甲县3座、乙县5座危桥改造全部完成, 完成省厅对3份、市局对5份档案的复核."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hedui.claims.indicator_openings import plain_tail, starts_at
from hedui.claims.passages import Passage, Placed

__all__ = ["shared_results"]

Range = tuple[int, int]
COUNTED = frozenset({"QUANTITY", "RATE"})
WHAT = re.compile(r"的?(?P<what>[\u4e00-\u9fff“”A-Za-z()]{3,30})")
# …的复核: what was done to what they count
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

"""Small changes to the text of a laid-out page in; the page with its marks where they now stand out.

Marks keep what they mean: an edit changes what stands in the text, never a value.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from hedui.synth.marked.marks import Mark
from hedui.synth.marked.page import Page

__all__ = ["Edit", "edited"]


@dataclass(frozen=True, kw_only=True, order=True)
class Edit:
    """`text[start:end]` becomes `text`; at most one character is replaced, so that no edit crosses the edge of a mark."""

    start: int
    end: int
    text: str


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, those left out that reach into the one before."""
    found: list[Edit] = []
    for edit in sorted(edits):
        if not found or (edit.start > found[-1].start and edit.start >= found[-1].end):
            found.append(edit)
    return found


def ways(edits: list[Edit]) -> tuple[Callable[[int], int], Callable[[int], int]]:
    """Where a start and where an end of the old text lies in the new: what is inserted at an edge stays outside."""
    shifts = [0, *accumulate(len(e.text) - (e.end - e.start) for e in edits)]
    starts, ends = [e.start for e in edits], [e.end for e in edits]
    return lambda at: at + shifts[bisect_right(ends, at)], lambda at: at + shifts[bisect_left(starts, at)]


def edited(page: Page, wanted: Iterable[Edit]) -> Page:
    """`page` with the edits made; of edits of one place the first is made."""
    edits = apart(wanted)
    old, at = page.marked.text, 0
    pieces: list[str] = []
    for edit in edits:
        pieces += (old[at:edit.start], edit.text)
        at = edit.end
    text = "".join([*pieces, old[at:]])
    first, last = ways(edits)

    def moved(mark: Mark) -> Mark:
        return replace(mark, start=first(mark.start), end=last(mark.end)) if mark.end > mark.start else mark

    marked = replace(page.marked, text=text, mentions=tuple(map(moved, page.marked.mentions)),
                     places={name: moved(mark) for name, mark in page.marked.places.items()})
    starts = (0, *(m.end() for m in re.finditer("\n", text)))
    ends = [*(start - 1 for start in page.starts[1:]), len(old)]
    parts = tuple((part, bisect_right(starts, first(page.starts[one - 1])), bisect_right(starts, last(ends[two - 1])))
                  for part, one, two in page.parts)
    return replace(page, marked=marked, starts=starts, parts=parts)

"""A table as found on one page, before it is known whether the next page goes on with it."""

from __future__ import annotations

from dataclasses import dataclass

from hedui.readers.assemble import DraftCell

__all__ = ["Region"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A table on page `page`: `box` is (x0, y0, x1, y1) in points from the top left, `cells` with their boxes and lines,
    `xs` the x of the edges of its columns from left to right; `ruled` where lines are drawn around its cells."""

    box: tuple[float, float, float, float]
    cells: tuple[DraftCell, ...]
    xs: tuple[float, ...]
    page: int
    ruled: bool

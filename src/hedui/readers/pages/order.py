"""One page's runs and tables -> its lines and tables in the order they are read, two columns told apart.

Most pages have one column. Two are taken only where nothing crosses the gutter over several lines on both sides and the
left column's lines end together and the right one's begin together: an unruled table read as columns would lose its rows.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from hedui.readers.pages.lines import TextLine, line_of, rows_of
from hedui.readers.pages.page import Page, Run
from hedui.readers.pages.regions import Region

__all__ = ["Placed", "page_flow"]

# a column has so many lines, so many characters a line, so much of them ends or begins together, and no line is lower
COLUMN_LINES, COLUMN_CHARS, TOGETHER, LOWEST = 6, 8, 0.6, 6.0
# where a gutter may run, as shares of the width of the text
GUTTERS = tuple(0.38 + 0.02 * k for k in range(13))
SLACK = 2.0
# how much later, in letters, one column may begin than the other
SLIP = 0.4


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A line on page `page`; `column` is 0 where it stands in the only column, else 1 or 2. `frame` is the same for all
    lines whose margins are the same: the page's size and the column."""

    line: TextLine
    page: int
    column: int
    frame: tuple[int, int, int]
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a page from `top` to `bottom` that the gutter at `x` parts into two columns."""

    top: float
    bottom: float
    x: float


def bands_at(x: float, runs: Sequence[Run], regions: Sequence[Region]) -> list[Band]:
    """The strips between whatever crosses `x`."""
    crossing = [(run.y0, run.y1) for run in runs if run.x0 < x < run.x1]
    crossing += [(r.box[1], r.box[3]) for r in regions if r.box[0] < x < r.box[2]]
    bands, top = [], float("-inf")
    for y0, y1 in [*sorted(crossing), (float("inf"),) * 2]:
        if y0 > top:
            bands.append(Band(top, y0, x))
        top = max(top, y1)
    return bands


def is_column(rows: Sequence[Sequence[Run]], *, left: bool) -> bool:
    """Whether rows look like a column of running text, beside a gutter on their right (`left`) or on their left."""
    if len(rows) < COLUMN_LINES or sum(len(run.text) for row in rows for run in row) < COLUMN_CHARS * len(rows):
        return False
    em = max(row[0].size for row in rows)
    edge = max(row[-1].x1 for row in rows) if left else min(row[0].x0 for row in rows)
    together = sum(abs((row[-1].x1 if left else row[0].x0) - edge) <= SLACK * em for row in rows)
    single = sum(len(row) == 1 or all(b.x0 - a.x1 < SLACK * em for a, b in itertools.pairwise(row)) for row in rows)
    return together >= TOGETHER * len(rows) and single == len(rows)


def inside(run: Run, band: Band) -> bool:
    return band.top <= (run.y0 + run.y1) / 2 <= band.bottom


def beginning(left: Sequence[Run], right: Sequence[Run]) -> float:
    """The y from which lines stand in both columns, side by side; what stands above in one of them is no part of it."""
    ys = sorted(run.y0 for run in left)
    level = (min(run.y0, ys[at]) for run in right
             if (at := bisect_left(ys, run.y0 - run.size / 2)) < len(ys) and ys[at] <= run.y0 + run.size / 2)
    return min(level, default=max(ys[0], min(run.y0 for run in right)))


def columns_in(runs: Sequence[Run], regions: Sequence[Region]) -> Band | None:
    """The tallest strip of two columns, None where there is none."""
    if len(runs) < 2 * COLUMN_LINES:
        return None
    high, low = min(run.y0 for run in runs), max(run.y1 for run in runs)
    x0, x1 = min(run.x0 for run in runs), max(run.x1 for run in runs)
    found: list[Band] = []
    for share in GUTTERS:
        x = x0 + (x1 - x0) * share
        for band in bands_at(x, runs, regions):
            if min(band.bottom, low) - max(band.top, high) < COLUMN_LINES * LOWEST:
                continue
            held = [run for run in runs if inside(run, band)]
            left, right = [run for run in held if run.x1 <= x], [run for run in held if run.x0 >= x]
            if min(len(left), len(right)) >= COLUMN_LINES and is_column(rows_of(left), left=True) \
                    and is_column(rows_of(right), left=False):
                top = beginning(left, right) - SLIP * max(run.size for run in held)
                bottom = max(run.y1 for run in held)
                found.append(Band(top, bottom, x))
    return max(found, key=lambda band: band.bottom - band.top, default=None)


def page_flow(page: Page, regions: Sequence[Region], runs: Sequence[Run]) -> list[Placed | Region]:
    """The lines that `runs` make and the tables of the page, in reading order."""
    band = columns_in(runs, regions)
    parts: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        parts.setdefault(part_of((run.x0, run.y0, run.x1, run.y1), band), []).append(run)
    size = (round(page.width), round(page.height))
    flow: list[tuple[tuple[int, int], float, Placed | Region]] = []
    for part, held in parts.items():
        for row in rows_of(held):
            line = line_of(row)
            placed = Placed(line=line, page=page.number, column=part[1], frame=(*size, part[1]), scanned=page.scanned)
            flow.append((part, line.middle, placed))
    for region in regions:
        middle = (region.box[1] + region.box[3]) / 2
        flow.append((part_of(region.box, band), min(middle, region.box[1] + 1), region))
    return [item for _, _, item in sorted(flow, key=lambda entry: entry[:2])]


def part_of(box: tuple[float, float, float, float], band: Band | None) -> tuple[int, int]:
    """(strip, column) in which a box stands: strips above, in and below the two columns are 0, 1 and 2."""
    if band is None:
        return 0, 0
    middle = (box[1] + box[3]) / 2
    if middle < band.top:
        return 0, 0
    if middle > band.bottom:
        return 2, 0
    return 1, 1 if box[2] <= band.x else 2 if box[0] >= band.x else 1

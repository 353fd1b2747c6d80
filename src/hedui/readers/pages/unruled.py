"""Runs outside ruled tables -> tables whose cells only gaps keep apart, or gaps and a few level lines (三线表).

A table has three columns at least and three rows that fill three of them, and is told from prose by its figures or by
headers that such tables use; between two level lines of one length, two columns do. Where in doubt it is no table.
Signals for where a row begins, in order: level lines between all rows; a figure in a column of figures; words in most
columns. The lines between two beginnings go to the nearer one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hedui.document import Box
from hedui.readers.assemble import DraftCell
from hedui.readers.pages.cells import cell_text, cut
from hedui.readers.pages.headers import is_figure, known_headers
from hedui.readers.pages.lines import rows_of
from hedui.readers.pages.page import Run
from hedui.readers.pages.regions import Region
from hedui.readers.pages.strokes import Stroke

__all__ = ["open_tables"]

# points in letters: the least gap between two columns, the most between two lines of one table
RIVER, APART = 0.7, 3.2
MIN_COLUMNS, MIN_ROWS = 3, 3
# under a header that such tables use one row is enough
HEADED_ROWS = 2
# lines of few pieces that may stand between two that fill the columns: wrapped cells
BETWEEN = 6
# share of the lines that may cross the gap between two columns: titles that stand over several
CROSSING = 0.12
FIGURES, FILLED = 0.6, 0.6
# the median piece of prose set in columns is longer
LONG = 18
HEADERS = 3
SAME_END = 8.0
# a line of one piece and that many letters is prose
LONG_LINE = 22
# ……12 · ·····
LEADER = re.compile(r"[.．…·‥]{3,}")
# 单位：万元
UNIT = re.compile(r"[（(]?\s*(?:金额)?单位\s*[:：]")
# 注：金额四舍五入。 · 备注: · 说明：
NOTE = re.compile(r"\s*(?:备?注|说明)\s*\d*\s*[:：]")

Line = list[Run]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The columns of a table: `gaps` are the inner gaps between them, each from left to right, `left` and `right` its
    outer edges, `em` the height of its letters."""

    gaps: tuple[tuple[float, float], ...]
    left: float
    right: float
    em: float

    @property
    def xs(self) -> tuple[float, ...]:
        return (self.left, *((a + b) / 2 for a, b in self.gaps), self.right)

    @property
    def columns(self) -> int:
        return len(self.gaps) + 1

    def covered(self, run: Run) -> range:
        """The columns that a run stands in: those it reaches into by more than the gap beside them."""
        first = sum(run.x0 >= (a + b) / 2 for a, b in self.gaps)
        last = sum(run.x1 > b - 0.1 * self.em for _, b in self.gaps)
        return range(min(first, last), max(first, last) + 1)


def bottom(line: Line) -> float:
    return max(run.y1 for run in line)


def top(line: Line) -> float:
    return min(run.y0 for run in line)


def middle(line: Line) -> float:
    return median((run.y0 + run.y1) / 2 for run in line)


def pieces(line: Line) -> int:
    """How many pieces of a line wide gaps part."""
    return 1 + sum(b.x0 - a.x1 >= RIVER * max(a.size, b.size) for a, b in pairwise(line))


def prose(line: Line) -> bool:
    """Whether a line is one piece too long for a cell."""
    return pieces(line) == 1 and line[-1].x1 - line[0].x0 > LONG_LINE * line[0].size


def blocks(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where stretches of lines begin and end that may be tables: three pieces and more in most of them, no prose and no
    wide space between."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    last = 0
    for i, line in enumerate(lines):
        far = start is not None and (top(line) - bottom(lines[i - 1]) > APART * line[0].size or i - last > BETWEEN)
        if start is not None and (far or prose(line)):
            found.append((start, last + 1))
            start = None
        if pieces(line) >= MIN_COLUMNS:
            start, last = (i if start is None else start), i
    if start is not None:
        found.append((start, last + 1))
    return [(a, b) for a, b in found if sum(pieces(line) >= MIN_COLUMNS for line in lines[a:b]) >= HEADED_ROWS]


def gaps_of(lines: Sequence[Line], em: float) -> tuple[tuple[float, float], ...]:
    """The gaps that go down through all of `lines`, but a few that stand over several columns."""
    allowed = max(int(len(lines) * CROSSING), int(len(lines) > 3))
    events = sorted([(run.x0, 1) for line in lines for run in line] + [(run.x1, -1) for line in lines for run in line],
                    key=lambda event: (event[0], -event[1]))
    gaps = []
    depth = 0
    for (x, step), (after, _) in pairwise(events):
        depth += step
        if depth <= allowed and after > x:
            gaps.append((x, after))
    joined: list[tuple[float, float]] = []
    for a, b in gaps:
        if joined and a - joined[-1][1] < 0.01:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return tuple((a, b) for a, b in joined if b - a >= RIVER * em)


def shape_of(lines: Sequence[Line]) -> Shape:
    em = median(run.size for line in lines for run in line)
    left, right = min(run.x0 for line in lines for run in line), max(run.x1 for line in lines for run in line)
    gaps = tuple(gap for gap in gaps_of(lines, em) if gap[0] > left and gap[1] < right)
    return Shape(gaps=gaps, left=left, right=right, em=em)


def shape_within(lines: Sequence[Line], shape: Shape) -> Shape:
    """The columns, wide enough for all of `lines`."""
    return Shape(gaps=shape.gaps, em=shape.em, left=min(shape.left, *(run.x0 for line in lines for run in line)),
                 right=max(shape.right, *(run.x1 for line in lines for run in line)))


def spaced(run: Run, shape: Shape) -> list[Run]:
    """The parts of a run that white space in it parts where a gap between columns is."""
    walls = [(a + b) / 2 for a, b in shape.gaps if run.x0 < a and b < run.x1]
    parts = cut(run, walls) if walls and re.search(r"\s", run.text.strip()) else [run]
    return parts if all(a.text[-1:].isspace() or b.text[:1].isspace() for a, b in pairwise(parts)) else [run]


def filled_columns(line: Line, shape: Shape) -> set[int]:
    return {col for run in line for col in shape.covered(run)}


def figure_columns(lines: Sequence[Line], shape: Shape) -> set[int]:
    """The columns in which most pieces are figures, in several lines."""
    told: list[list[bool]] = [[] for _ in range(shape.columns)]
    for line in lines:
        for run in line:
            here = shape.covered(run)
            if len(here) == 1:
                told[here[0]].append(is_figure(run.text))
    return {col for col, seen in enumerate(told) if sum(seen) >= 2 and sum(seen) >= FIGURES * len(seen) - 1}


def is_table(lines: Sequence[Line], shape: Shape) -> bool:
    """Whether lines in these columns are a table and not prose, a list or a table of contents."""
    texts = [run.text for line in lines for run in line]
    if shape.columns < MIN_COLUMNS or sum(bool(LEADER.search(text)) for text in texts) * 3 > len(lines):
        return False
    full = sum(len(filled_columns(line, shape)) >= max(MIN_COLUMNS, shape.columns / 2) for line in lines)
    headed = max(known_headers(run.text for run in line) for line in lines) >= HEADERS
    if full < (HEADED_ROWS if headed else MIN_ROWS) or median(map(len, texts)) > LONG:
        return False
    figures = figure_columns(lines, shape)
    return headed or len(figures) >= 2 or (len(figures) == 1 and shape.columns > MIN_COLUMNS)


def begins(line: Line, shape: Shape, figures: set[int]) -> bool:
    """Whether a row of the table begins on this line, or stands in the middle of its cells."""
    here = filled_columns(line, shape)
    if figures and any(is_figure(run.text) and figures.issuperset(shape.covered(run)) for run in line):
        return True
    return len(here) >= max(2, FILLED * shape.columns) or known_headers(run.text for run in line) >= 2


def reaching(lines: Sequence[Line], start: int, end: int, shape: Shape) -> tuple[int, int]:
    """The stretch of lines with those over and under it that wrapped cells of the first and last row go on in."""
    starts: dict[int, list[float]] = {}
    for line in lines[start:end]:
        for run in line:
            starts.setdefault(shape.covered(run)[0], []).append(run.x0)
    space = min((top(b) - bottom(a) for a, b in pairwise(lines[start:end])), default=0.0) + 0.15 * shape.em

    def fits(line: Line) -> bool:
        return not UNIT.match(line[0].text) and not NOTE.match(line[0].text) and all(
            len(here := shape.covered(run)) == 1 and any(abs(run.x0 - x) < shape.em for x in starts.get(here[0], ()))
            and shape.left - shape.em <= run.x0 and run.x1 <= shape.right + shape.em for run in line)

    while start > 0 and pieces(lines[start - 1]) > 1 and fits(lines[start - 1]) \
            and top(lines[start]) - bottom(lines[start - 1]) <= space:
        start -= 1
    while end < len(lines) and fits(lines[end]) and top(lines[end]) - bottom(lines[end - 1]) <= space:
        end += 1
    return start, end


def by_beginnings(lines: Sequence[Line], shape: Shape) -> list[list[Line]]:
    """Lines in rows of the table: those between two beginnings are parted at the widest space, or all go up."""
    figures = figure_columns(lines, shape)
    starts = [i for i, line in enumerate(lines) if begins(line, shape, figures)]
    if not starts:
        return [list(lines)]
    bounds = [0]
    for one, other in pairwise(starts):
        spaces = [middle(lines[k + 1]) - middle(lines[k]) for k in range(one, other)]
        widest = max(spaces)
        bounds.append(one + 1 + spaces.index(widest) if widest > 1.12 * min(spaces) else other)
    return [row for a, b in pairwise([*bounds, len(lines)]) for row in under_titles(lines[a:b], shape)]


def under_titles(lines: Sequence[Line], shape: Shape) -> list[list[Line]]:
    """Lines of one row, parted under a title that stands over several columns which the next line tells one by one."""
    rows: list[list[Line]] = []
    for above, line in zip([None, *lines], lines, strict=False):
        wide = [here for run in above or () if len(here := shape.covered(run)) > 1]
        if above is None or any(sum(shape.covered(run)[0] in here for run in line) > 1 for here in wide):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def by_rules(lines: Sequence[Line], rules: Sequence[float], shape: Shape) -> list[list[Line]]:
    """Lines in rows of the table, given the y of the level lines through it."""
    bands = [[line for line in lines if above <= middle(line) < below]
             for above, below in pairwise((-float("inf"), *rules, float("inf")))]
    bands = [band for band in bands if band]
    figures = figure_columns(lines, shape)
    single = sum(sum(begins(line, shape, figures) for line in band) <= 1 for band in bands)
    if single * 2 > len(bands) and len(bands) > 3:
        return bands
    return [row for band in bands for row in by_beginnings(band, shape)]


def cells_of(rows: Sequence[Sequence[Line]], shape: Shape, page: int) -> tuple[DraftCell, ...]:
    """The cells of rows of lines, with an empty one where nothing stands."""
    edges = [min(map(top, rows[0])), *((max(map(bottom, a)) + min(map(top, b))) / 2 for a, b in pairwise(rows)),
             max(map(bottom, rows[-1]))]
    cells = []
    for row, lines in enumerate(rows):
        held: dict[tuple[int, int], list[Run]] = {}
        spans = sorted({(here[0], here[-1] + 1) for line in lines for run in line if (here := shape.covered(run))})
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        for line in lines:
            for run in line:
                at = shape.covered(run)[0]
                held.setdefault(next(span for span in merged if span[0] <= at < span[1]), []).append(run)
        free = set(range(shape.columns)) - {col for a, b in merged for col in range(a, b)}
        for start, end in sorted([*merged, *((col, col + 1) for col in free)]):
            box = Box(page=page, x0=shape.xs[start], y0=edges[row], x1=shape.xs[end], y1=edges[row + 1])
            text, drafts = cell_text(held.get((start, end), []), page, box.x1)
            cells.append(DraftCell(row=row, col=start, cols=end - start, text=text, box=box, lines=drafts))
    return tuple(cells)


def region_of(lines: Sequence[Line], rules: Sequence[float], shape: Shape, page: int) -> Region:
    split = [[part for run in line for part in spaced(run, shape)] for line in lines]
    rows = by_rules(split, rules, shape) if rules else by_beginnings(split, shape)
    box = (shape.left, min(map(top, lines)), shape.right, max(map(bottom, lines)))
    return Region(box=box, cells=cells_of(rows, shape, page), xs=shape.xs, page=page, ruled=False)


def stacks(levels: Sequence[Stroke]) -> list[list[Stroke]]:
    """Level lines of one length over one another, three and more."""
    found: list[list[Stroke]] = []
    for stroke in sorted(levels, key=lambda stroke: stroke.at):
        home = next((stack for stack in found if abs(stack[0].start - stroke.start) <= SAME_END
                     and abs(stack[0].end - stroke.end) <= SAME_END), None)
        if home is None:
            found.append([stroke])
        else:
            home.append(stroke)
    return [stack for stack in found if len(stack) >= 3]


def in_stack(lines: Sequence[Line], stack: Sequence[Stroke]) -> list[Line]:
    left, right = stack[0].start - SAME_END, stack[0].end + SAME_END
    return [line for line in lines if stack[0].at <= middle(line) <= stack[-1].at
            and all(left <= (run.x0 + run.x1) / 2 <= right for run in line)]


def lined_table(lines: Sequence[Line], stack: Sequence[Stroke], page: int) -> Region | None:
    """The table between level lines; None where what stands there has no columns."""
    held = in_stack(lines, stack)
    if len(held) < MIN_ROWS - 1:
        return None
    shape = shape_of(held)
    filled = sum(len(filled_columns(line, shape)) >= 2 for line in held)
    texts = [run.text for line in held for run in line]
    if shape.columns < 2 or filled * 2 < len(held) or median(map(len, texts)) > LONG:
        return None
    if shape.columns == 2 and not figure_columns(held, shape):
        return None
    return region_of(held, [stroke.at for stroke in stack[1:-1]], shape, page)


def open_tables(runs: Sequence[Run], levels: Sequence[Stroke], page: int) -> tuple[list[Region], list[Run]]:
    """The tables among runs that stand in no ruled one, given the level lines that are part of none, and the other runs."""
    lines = rows_of(runs)
    regions: list[Region] = []
    taken: list[Line] = []
    for stack in stacks(levels):
        free = [line for line in lines if not any(line is one for one in taken)]
        region = lined_table(free, stack, page)
        if region is not None:
            regions.append(region)
            taken += in_stack(free, stack)
    free = [line for line in lines if not any(line is one for one in taken)]
    behind = 0
    for start, end in blocks(free):
        shape = shape_of(free[start:end])
        if not is_table(free[start:end], shape):
            continue
        start, end = reaching(free, max(start, behind), end, shape)
        start = max(start, behind)
        regions.append(region_of(free[start:end], (), shape_within(free[start:end], shape), page))
        taken += free[start:end]
        behind = end
    left = [line for line in lines if not any(line is one for one in taken)]
    return regions, [run for line in left for run in line] if taken else list(runs)

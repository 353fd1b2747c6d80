"""A lattice and the runs of its page -> cells with their text and lines, and the runs that stand outside it.

A run that crosses a line between two columns is cut there, character by character; inside a cell lines are put together
without white space, but a space between Latin words and a line break where one was plainly meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from hedui.document import Box
from hedui.readers.assemble import DraftCell, DraftLine
from hedui.readers.pages.lattice import Extent, Lattice
from hedui.readers.pages.lines import TextLine, joiner, print_units, runs_to_lines
from hedui.readers.pages.page import Run

__all__ = ["cell_text", "cut", "edges_of", "filled"]

# a run may reach that many letters over a line of the table without being cut: print overflows its cell a little
OVERFLOW = 0.45
# a line that ends that many letters before the cell does, and the next word would have fitted, was ended on purpose
ROOM = 1.5
# 目标1：新建泵站三座。 · （二）质量指标 · ① · 2.按期拨付
ITEM = re.compile(r"(?:目标|任务|指标)?\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．：:]|[①-⑳])\D")
STOP = re.compile(r"[。；;！？!?：:]$")


def edges_of(run: Run) -> tuple[float, ...]:
    """The x of the edges of a run's characters; by usual widths where the run does not give them."""
    if len(run.edges) == len(run.text) + 1:
        return run.edges
    sums = list(accumulate(map(print_units, run.text), initial=0.0))
    return tuple(run.x0 + (run.x1 - run.x0) * part / (sums[-1] or 1.0) for part in sums)


def piece(run: Run, edges: Sequence[float], start: int, end: int) -> Run:
    """The run's characters from `start` to `end`, which end where the last of them does and not where the next begins."""
    x1 = min(edges[end], edges[end - 1] + run.size * max(print_units(run.text[end - 1]), 0.5)) if end < len(run.text) else edges[end]
    return Run(text=run.text[start:end], x0=edges[start], y0=run.y0, x1=x1, y1=run.y1, size=run.size,
               edges=(*edges[start:end], x1), scores=run.scores[start:end], bold=run.bold)


def cut(run: Run, walls: Iterable[float]) -> list[Run]:
    """The pieces of a run between the upright lines at `walls`, in order; the run itself if it crosses none.

    A character belongs to the side its middle is on; white space beside a line is the better place to cut. Pieces of
    white space alone are left out.

    >>> [r.text for r in cut(Run(text="96.2%10分", x0=0, y0=0, x1=45, y1=10, size=10), [25])]
    ['96.2%', '10分']
    """
    slack = run.size * OVERFLOW
    crossed = sorted(x for x in walls if run.x0 + slack < x < run.x1 - slack)
    if not crossed:
        return [run]
    edges = edges_of(run)
    count = len(run.text)
    middles = [edges[i] + min(edges[i + 1] - edges[i], run.size * print_units(run.text[i])) / 2 for i in range(count)]
    ends = []
    for wall in crossed:
        at = sum(x < wall for x in middles)
        spaces = [i for i in range(max(at - 1, 1), min(at + 2, count)) if run.text[i].isspace()]
        ends.append(spaces[0] if spaces and not run.text[at - 1:at].isspace() else at)
    bounds = [0, *ends, count]
    pieces = [piece(run, edges, a, b) for a, b in pairwise(bounds) if run.text[a:b].strip()]
    return pieces or [run]


def between(above: TextLine, below: TextLine, right: float) -> str:
    """What stands between two lines of one cell: nothing for Chinese, a space for Latin words, a line break where the
    first line had room for more and it ends a sentence or the next begins an item."""
    first = print_units(below.text[:1]) * below.em
    if right - above.x1 > ROOM * below.em + first and (STOP.search(above.text) or ITEM.match(below.text)):
        return "\n"
    return joiner(above.text, below.text)


def cell_text(runs: Iterable[Run], page: int, right: float) -> tuple[str, tuple[DraftLine, ...]]:
    """The text of the runs in one cell and its lines; `right` is where the cell ends."""
    text = ""
    drafts: list[DraftLine] = []
    lines = runs_to_lines(runs)
    for above, line in zip((None, *lines), lines, strict=False):
        text += between(above, line, right) if above is not None else ""
        drafts.append(DraftLine(start=len(text), end=len(text) + len(line.text), edges=line.edges, scores=line.scores,
                                box=Box(page=page, x0=line.x0, y0=line.y0, x1=line.x1, y1=line.y1)))
        text += line.text
    return text, tuple(drafts)


def walls_of(owners: Sequence[Extent], xs: Sequence[float]) -> list[float]:
    """The x of the lines that cut a row, given the cell that owns each of its squares."""
    return [xs[k + 1] for k in range(len(owners) - 1) if owners[k] is not owners[k + 1]]


def filled(lattice: Lattice, runs: Iterable[Run], page: int) -> tuple[tuple[DraftCell, ...], list[Run]]:
    """The cells of a lattice with the text of the runs in them, and the runs outside it. A run belongs where its middle
    is."""
    xs, ys = lattice.xs, lattice.ys
    owners: list[list[Extent]] = [[lattice.extents[0]] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for extent in lattice.extents:
        for row in range(extent.row, extent.row + extent.rows):
            owners[row][extent.col:extent.col + extent.cols] = [extent] * extent.cols
    inside: dict[Extent, list[Run]] = {extent: [] for extent in lattice.extents}
    outside: list[Run] = []
    for run in runs:
        middle = (run.y0 + run.y1) / 2
        if not (ys[0] <= middle < ys[-1] and xs[0] <= (run.x0 + run.x1) / 2 < xs[-1]):
            outside.append(run)
            continue
        row = bisect_right(ys, middle) - 1
        for part in cut(run, walls_of(owners[row], xs)):
            col = bisect_right(xs, (part.x0 + part.x1) / 2) - 1
            inside[owners[row][min(max(col, 0), len(xs) - 2)]].append(part)
    cells = []
    for extent, held in inside.items():
        box = Box(page=page, x0=xs[extent.col], y0=ys[extent.row], x1=xs[extent.col + extent.cols],
                  y1=ys[extent.row + extent.rows])
        text, lines = cell_text(held, page, box.x1)
        cells.append(DraftCell(row=extent.row, col=extent.col, rows=extent.rows, cols=extent.cols, text=text, box=box,
                               lines=lines))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), outside

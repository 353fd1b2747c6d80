"""The strokes of a page -> lattices: edges of rows and columns, and the cells that lines keep apart.

What hangs together is one lattice, and a line counts between two squares where it covers a good part of the side they
share. Text is only asked where it is: in open sides, and beside lines that a scan may have lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hedui.readers.limits import MAX_STROKES
from hedui.readers.pages.page import Rule, Run
from hedui.readers.pages.strokes import (
    SAME_LINE,
    SHORTEST,
    TOUCH,
    UNDERLINE,
    Stroke,
    banded,
    meshes,
    middle,
    share,
    strokes,
    underlines,
)

__all__ = ["Extent", "Lattice", "lattices"]

# a line counts between two squares from that share of their side on
COVERED = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Extent:
    """The squares of one cell: its upper left square and how many rows and columns it takes."""

    row: int
    col: int
    rows: int = 1
    cols: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Lattice:
    """Edges of the columns (`xs`) and rows (`ys`), one more than there are of them, and the cells, which cover it all."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    extents: tuple[Extent, ...]


def beyond(ends: Sequence[float], edge: float, sign: int, *, few: bool) -> float | None:
    """Where lines that cross `edge` end past it (`sign` 1 is onwards), if half of them or the outermost two end together
    there, or any with `few`; `ends` are those of the lines in the order in which they stand."""
    past = [end for end in ends if (end - edge) * sign > SAME_LINE]
    if not past:
        return None
    far = max(past, key=lambda end: end * sign)
    together = [abs(end - far) <= 2 * SAME_LINE for end in ends]
    if not few and sum(together) < max(2, len(ends) / 2) and not (len(ends) > 1 and together[0] and together[-1]):
        return None
    return sum(end for end, here in zip(ends, together, strict=True) if here) / sum(together)


def edges(lines: Sequence[Stroke], across: Sequence[Stroke], *, few: bool = False,
          ) -> tuple[list[float], list[list[Stroke]], list[bool]]:
    """Edges at `lines`, with an open side added where the lines `across` run on; the strokes of each; which were drawn."""
    bands = banded(lines, SAME_LINE)
    ats = [middle(band) for band in bands]
    drawn = [True] * len(ats)
    crossing = banded(across, SAME_LINE)
    before = beyond([min(stroke.start for stroke in band) for band in crossing], ats[0], -1, few=few)
    after = beyond([max(stroke.end for stroke in band) for band in crossing], ats[-1], 1, few=few)
    if before is not None:
        ats, bands, drawn = [before, *ats], [[], *bands], [False, *drawn]
    if after is not None:
        ats, bands, drawn = [*ats, after], [*bands, []], [*drawn, False]
    return ats, bands, drawn


def walls(bands: Sequence[Sequence[Stroke]], across: Sequence[float]) -> list[list[bool]]:
    """`[k][i]`: whether inner edge k+1 keeps apart what stands on both sides of it between `across[i]` and `[i + 1]`."""
    return [[share(band, start, end) >= COVERED for start, end in pairwise(across)]
            for band in bands[1:-1]]


def extents_of(rows: int, cols: int, upright: list[list[bool]], level: list[list[bool]]) -> list[Extent]:
    """The cells of a lattice: from each free square, the rectangle without a wall that begins there."""
    free = [[True] * cols for _ in range(rows)]
    found = []
    for row in range(rows):
        for col in range(cols):
            if not free[row][col]:
                continue
            wide = 1
            while col + wide < cols and free[row][col + wide] and not upright[col + wide - 1][row]:
                wide += 1
            inside = range(col, col + wide)
            high = 1
            while (row + high < rows and not any(level[row + high - 1][c] for c in inside)
                   and all(free[row + high][c] for c in inside)
                   and not any(upright[c - 1][row + high] for c in inside[1:])):
                high += 1
            for r in range(row, row + high):
                free[r][col:col + wide] = [False] * wide
            found.append(Extent(row=row, col=col, rows=high, cols=wide))
    return found


def tightened(xs: list[float], ys: list[float], extents: list[Extent]) -> Lattice:
    """The lattice without edges at which no cell begins."""
    rows, cols = sorted({e.row for e in extents}), sorted({e.col for e in extents})
    row_at = {row: i for i, row in enumerate(rows)}
    col_at = {col: i for i, col in enumerate(cols)}
    fitted = tuple(Extent(row=row_at[e.row], col=col_at[e.col],
                          rows=sum(e.row <= row < e.row + e.rows for row in rows),
                          cols=sum(e.col <= col < e.col + e.cols for col in cols)) for e in extents)
    return Lattice(xs=(*(xs[col] for col in cols), xs[-1]), ys=(*(ys[row] for row in rows), ys[-1]), extents=fitted)


def any_in(runs: Iterable[Run], box: tuple[float, float, float, float]) -> bool:
    x0, y0, x1, y1 = box
    return any(x0 < (run.x0 + run.x1) / 2 < x1 and y0 < (run.y0 + run.y1) / 2 < y1 for run in runs)


def parts(runs: Sequence[Run], xs: Sequence[float]) -> bool:
    """Whether words keep to both sides of the middle one of three edges. In a row that a page cut open, the short ends of
    lines are easily lost."""
    left, edge, right = xs
    wide = [run for run in runs if run.x1 - run.x0 > SHORTEST]
    middles = [(run.x0 + run.x1) / 2 for run in wide]
    return (any(left < x < edge for x in middles) and any(edge < x < right for x in middles)
            and not any(run.x0 < edge - UNDERLINE and run.x1 > edge + UNDERLINE for run in wide))


def lattice_of(levels: list[Stroke], uprights: list[Stroke], runs: Sequence[Run], scanned: bool) -> Lattice | None:
    """The lattice that a group of lines makes, None where they enclose nothing. Open sides count where text is in them."""
    xs, upright_bands, x_drawn = edges(uprights, levels)
    ys, level_bands, y_drawn = edges(levels, uprights, few=not x_drawn[0] and not x_drawn[-1])
    for ats, bands, drawn, upright in ((xs, upright_bands, x_drawn, True), (ys, level_bands, y_drawn, False)):
        for side in (0, -1):
            if drawn[side] or len(ats) < 2:
                continue
            a, b = sorted((ats[side], ats[1 if side == 0 else -2]))
            strip = (a, ys[0], b, ys[-1]) if upright else (xs[0], a, xs[-1], b)
            if not any_in(runs, strip):
                del ats[side], bands[side], drawn[side]
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1:
        return None
    kept = walls(upright_bands, ys)
    for row in {row for row, side in ((0, 0), (rows - 1, -1)) if not y_drawn[side]}:
        held = [run for run in runs if ys[row] < (run.y0 + run.y1) / 2 < ys[row + 1]]
        for k in range(cols - 1):
            kept[k][row] = kept[k][row] or parts(held, xs[k:k + 3])
    extents = extents_of(rows, cols, kept, walls(level_bands, xs))
    return tightened(xs, ys, restored(extents, xs, ys, runs) if scanned else extents)


def restored(extents: Sequence[Extent], xs: Sequence[float], ys: Sequence[float], runs: Sequence[Run]) -> list[Extent]:
    """The cells of a scan; one of three columns and more with words of its own in each of them was several."""
    found = []
    for e in extents:
        held = [run for run in runs if ys[e.row] < (run.y0 + run.y1) / 2 < ys[e.row + e.rows]] if e.cols > 2 else []
        inner = range(e.col, e.col + e.cols - 1)
        if e.cols > 2 and all(parts(held, xs[k:k + 3]) for k in inner):
            found += [Extent(row=e.row, col=col, rows=e.rows) for col in range(e.col, e.col + e.cols)]
        else:
            found.append(e)
    return found


def within(inner: Lattice, outer: Lattice) -> bool:
    return (inner is not outer and outer.xs[0] - TOUCH <= inner.xs[0] and inner.xs[-1] <= outer.xs[-1] + TOUCH
            and outer.ys[0] - TOUCH <= inner.ys[0] and inner.ys[-1] <= outer.ys[-1] + TOUCH)


def lattices(rules: Sequence[Rule], runs: Sequence[Run], *, scanned: bool = False,
             ) -> tuple[list[Lattice], list[Stroke]]:
    """The lattices of a page from the top down, those inside cells of others left out, and the level lines that belong
    to none. A frame around other lattices is none; a page of more than MAX_STROKES lines is a drawing and has none."""
    levels, uprights = strokes(rules, level=True), strokes(rules, level=False)
    if len(levels) + len(uprights) > MAX_STROKES:
        return [], []
    under = underlines(levels, runs)
    levels = [stroke for stroke in levels if stroke not in under]
    groups = meshes(levels, uprights)
    used = {stroke for group in groups for stroke in group[0]}
    found = [lattice for group in groups if (lattice := lattice_of(*group, runs, scanned)) is not None]
    tables = [one for one in found if len(one.extents) > 1 or not any(within(other, one) for other in found)]
    tables = [one for one in tables if not any(within(one, other) for other in tables)]
    return sorted(tables, key=lambda one: (one.ys[0], one.xs[0])), [stroke for stroke in levels if stroke not in used]

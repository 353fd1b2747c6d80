"""Tables and paragraphs in reading order -> drafts, with each table that pages cut in pieces as one.

The next page goes on a table where its first body thing is a table whose edges stand where edges of the first stand
(measured from their left sides and by their widths, since every scanned page is put upright by itself) or that repeats
its header. Anything said between the two keeps them apart, but 续表.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hedui.readers.assemble import Draft, DraftCell
from hedui.readers.pages.regions import Region
from hedui.readers.pages.seams import Piece, repeated_rows, stacked

__all__ = ["join_tables"]

NEAR_RULED, NEAR_OPEN = 6.0, 14.0
# tables that go on have one width; a page put upright by itself may differ a little in scale
WIDTH = 0.06
EDGES_SHARED = 0.6
# 续表 · （续上表） · 接上页
CONTINUED = re.compile(r"\s*[（(]?\s*(?:续\s*上?\s*(?:表|页)|接\s*上\s*(?:表|页)|表\s*\d*\s*[（(]?续)\s*\d*\s*[）)]?\s*[:：]?\s*")


@dataclass(kw_only=True, slots=True)
class Chain:
    """Pieces of one table so far: `edges` are the x of its columns on its first page, `columns` for each piece the
    numbers of its edges among them (kept as x, since later pieces may add edges)."""

    pieces: list[Region]
    edges: list[float]
    placed: list[list[float]] = field(default_factory=list)
    remarks: list[Draft] = field(default_factory=list)


def near(region: Region) -> float:
    return NEAR_RULED if region.ruled else NEAR_OPEN


def frames(chain: Chain, region: Region) -> list[list[float]]:
    """The x of the region's edges on the chain's first page, by width and by left side."""
    left, width = chain.edges[0], chain.edges[-1] - chain.edges[0]
    here, wide = region.xs[0], region.xs[-1] - region.xs[0]
    shifted = [left + x - here for x in region.xs]
    if abs(wide / width - 1) > WIDTH:
        return [list(region.xs), shifted]
    return [[left + (x - here) * width / wide for x in region.xs], shifted, list(region.xs)]


def matches(edges: Sequence[float], xs: Sequence[float], tolerance: float) -> list[float | None]:
    """For each of `xs` the edge it stands at, each edge once."""
    free = list(edges)
    found: list[float | None] = []
    for x in xs:
        best = min(free, key=lambda edge: abs(edge - x), default=None)
        if best is None or abs(best - x) > tolerance:
            found.append(None)
            continue
        found.append(best)
        free = free[free.index(best) + 1:]
    return found


def placed(chain: Chain, region: Region) -> tuple[list[float], int, bool]:
    """The edges of `region` in the chain's frame, how many of the inner ones stand at edges of the chain, and whether
    the outer ones do."""
    best: tuple[list[float], int, bool] = ([], -1, False)
    for frame in frames(chain, region):
        at = matches(chain.edges, frame, max(near(region), near(chain.pieces[0])))
        inner = sum(one is not None for one in at[1:-1])
        outer = at[0] is not None and at[-1] is not None
        if (inner + 2 * outer) > best[1] + 2 * best[2]:
            best = [x if one is None else one for x, one in zip(frame, at, strict=True)], inner, outer
    return best


def goes_on(chain: Chain, region: Region) -> list[float] | None:
    """The edges of a region that goes on the table of `chain`, in its frame; None for a table of its own."""
    last = chain.pieces[-1]
    if region.page != last.page + 1 or region.ruled != last.ruled:
        return None
    frame, inner, outer = placed(chain, region)
    count = len(region.xs) - 2
    if outer and inner >= EDGES_SHARED * count and (count or region.ruled):
        return frame
    if len(region.xs) == len(chain.edges) and repeated_rows(chain.pieces[0].cells, region.cells):
        return list(chain.edges)
    return None


def widened(edges: Sequence[float], frame: Sequence[float]) -> list[float]:
    return sorted({*edges, *frame})


def in_columns(cells: Sequence[DraftCell], frame: Sequence[float], edges: Sequence[float]) -> tuple[DraftCell, ...]:
    """Cells numbered by the columns between `edges` instead of those of their own page."""
    at = {x: number for number, x in enumerate(edges)}
    return tuple(replace(cell, col=at[frame[cell.col]], cols=at[frame[cell.col + cell.cols]] - at[frame[cell.col]])
                 for cell in cells)


def lone(region: Region) -> list[Draft]:
    """The paragraphs in a frame around one piece of text."""
    cell = region.cells[0]
    drafts, start = [], 0
    for text in cell.text.split("\n"):
        lines = tuple(replace(line, start=line.start - start, end=line.end - start) for line in cell.lines
                      if start <= line.start and line.end <= start + len(text))
        drafts.append(Draft(kind="paragraph", text=text, lines=lines, page=region.page))
        start += len(text) + 1
    return drafts


def finished(chain: Chain) -> tuple[list[Draft], list[Draft]]:
    """The table of a chain (paragraphs for a lone frame), and the header rows its pages repeated."""
    first = chain.pieces[0]
    if len(chain.pieces) == 1 and len(first.cells) == 1:
        return lone(first), []
    pieces = [Piece(cells=in_columns(region.cells, frame, chain.edges), page=region.page)
              for region, frame in zip(chain.pieces, chain.placed, strict=True)]
    cells, taken = stacked(pieces, len(chain.edges) - 1)
    return [Draft(kind="table", cells=cells, page=first.page)], [*chain.remarks, *taken]


def join_tables(flow: Sequence[Region | Draft]) -> list[Draft]:
    """The drafts of all pages in reading order, tables cut by pages in one. Header rows that were repeated stand at the
    end, with the role `header`."""
    ordered: list[Chain | Draft] = []
    chain: Chain | None = None
    remarks: list[Draft] = []
    for item in flow:
        if isinstance(item, Draft):
            if chain is not None and item.role == "body" and CONTINUED.fullmatch(item.text):
                remarks.append(replace(item, role="header"))
                continue
            if item.role == "body":
                ordered += (replace(remark, role="body") for remark in remarks)
                chain, remarks = None, []
            ordered.append(item)
            continue
        frame = goes_on(chain, item) if chain is not None else None
        if chain is None or frame is None:
            ordered += (replace(remark, role="body") for remark in remarks)
            chain = Chain(pieces=[item], edges=list(item.xs), placed=[list(item.xs)])
            ordered.append(chain)
        else:
            chain.pieces.append(item)
            chain.placed.append(frame)
            chain.edges = widened(chain.edges, frame)
            chain.remarks += remarks
        remarks = []
    drafts: list[Draft] = []
    ends: list[Draft] = []
    for one in [*ordered, *(replace(remark, role="body") for remark in remarks)]:
        if isinstance(one, Draft):
            drafts.append(one)
        else:
            made, taken = finished(one)
            drafts += made
            ends += taken
    return drafts + ends

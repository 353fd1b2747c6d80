"""A layout in, the spans to read in it out: paragraphs, cells, and lines of what neither covers, what margins repeat once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from hedui.document import GridCell, Layout, Span
from hedui.view import clean, view

__all__ = ["cut_cells", "pieces_of", "unrepeated"]

# headers and footers tell on every page what the report tells once
MARGINS = frozenset({"header", "footer"})
DIGITS = re.compile(r"\d+")
# 第3页 共12页 · 第 3 页/共 12 页 · - 3 -
PAGE_NUMBER = re.compile(r"[第共总\d页,，/|\s—–-]+")


def pieces_of(layout: Layout) -> list[Span]:
    """The spans to read: paragraphs, cells, and lines of what neither covers; of what margins of pages repeat, the first.
    A header row that a page repeats stands in the margin too, its cells parted by tabs, and repeats the cells of its table."""
    text = layout.document.text
    margins = {block.span[0]: block.span[1] for block in layout.document.blocks if block.role in MARGINS}
    starts = sorted(margins)
    pieces = list(every_piece(layout))
    if not margins:
        return pieces

    def on_margin(span: Span) -> bool:
        last = bisect_right(starts, span[0]) - 1
        return last >= 0 and span[0] < margins[starts[last]]

    def words(span: Span) -> str:
        return DIGITS.sub("", clean(text, span))

    told = {words(span) for span in pieces if not on_margin(span)}
    kept = []
    for span in pieces:
        for piece in lines(text, *span) if on_margin(span) else [span]:
            if on_margin(span):
                if words(piece) in told or PAGE_NUMBER.fullmatch(text[slice(*piece)]):
                    continue
                told.add(words(piece))
            kept.append(piece)
    return kept


def unrepeated(layout: Layout, pieces: Sequence[Span]) -> str:
    """The text with blanks for what stands in margins of pages and in none of the pieces that are read."""
    text = layout.document.text
    shown = list(text)
    for block in layout.document.blocks:
        if block.role in MARGINS:
            shown[slice(*block.span)] = " " * (block.span[1] - block.span[0])
    for start, end in pieces:
        shown[start:end] = text[start:end]
    return "".join(shown)


def every_piece(layout: Layout) -> Iterator[Span]:
    cells = [cell.span for grid in layout.grids for row in grid.rows for cell in row if cell.origin]
    covered = sorted(span for span in {*cells, *(p.span for p in layout.paragraphs)} if span[1] > span[0])
    at = 0
    for start, end in covered:
        yield from lines(layout.document.text, at, start)
        if start >= at:
            yield start, end
        at = max(at, end)
    yield from lines(layout.document.text, at, len(layout.document.text))


def lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans of the lines and cells of `text[start:end]` that are not blank."""
    at = start
    for line in text[start:end].replace("\t", "\n").split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def cut_cells(layout: Layout) -> Iterator[GridCell]:
    """Cells that a page cut in two: their text goes on where their span ends."""
    for grid in layout.grids:
        for row in grid.rows:
            for cell in row:
                if not cell.origin or size(cell.text) <= size(layout.document.text[slice(*cell.span)]):
                    continue
                first = view(layout.document.text, cell.span).text
                whole = view(cell.text).text
                if first and whole.startswith(first):
                    yield cell


def size(text: str) -> int:
    return len("".join(text.split()))

"""A layout in, the windows the network reads out: paragraphs under their headings, rows under their headers, long ones cut.

Every character of the body that a view shows (`hedui.view`) is owned by exactly one window; what overlaps is there to be
seen, not to be answered for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hedui.document import Grid, GridCell, Layout, Span
from hedui.neural.types import Place, Window
from hedui.neural.windows_cut import cuts
from hedui.view import view

__all__ = ["BAR", "CONTEXT", "CORE", "WindowIndex", "place_in", "span_of", "windows_of"]

# most characters of context and of what stands in a window
CONTEXT, CORE = 40, 200
# between titles of a heading path, behind the context, between the cells of a row
INTO, CLOSE, BAR = ">", "¦", "|"
MARGINS = frozenset({"header", "footer"})
HEADER_WORDS = 8


class Piece(NamedTuple):
    """The characters of a paragraph or row, with where each came from (-1 for marks), and what stands above it."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    above: str
    section: int
    part: int
    grid: int | None = None
    row: int | None = None
    kind: str = "prose"


def windows_of(layout: Layout) -> tuple[Window, ...]:
    """The windows of `layout` in the order of the text.

    Paragraphs stand whole where they have at most `CORE` characters, with the titles of the sections they stand under in
    front, rows of grids with their cells apart by `BAR` and the words of their header in front. Lines that stand in
    neither (a header row that a table repeats on its next page) are windows too; headers and footers of pages are not.
    """
    shown = Shown(layout)
    pieces = [*paragraph_pieces(layout, shown), *row_pieces(layout, shown)]
    pieces.extend(leftover_pieces(layout, shown))
    pieces.sort(key=lambda piece: next(start for start in piece.starts if start >= 0))
    return tuple(window for piece in pieces for window in windows_of_piece(piece))


class Shown:
    """Which characters of a text already stand in a piece, so that none stands in two."""

    def __init__(self, layout: Layout) -> None:
        self.text = layout.document.text
        self.taken = bytearray(len(self.text))

    def take(self, span: Span) -> tuple[str, Sequence[int], Sequence[int]]:
        """The view of `text[span]` without what was taken before, and where each character came from."""
        seen = view(self.text, span)
        fresh = not any(self.taken[span[0]:span[1]])
        kept = [] if fresh else [i for i, start in enumerate(seen.starts) if not self.taken[start]]
        self.hide(span)
        if fresh:
            return seen.text, seen.starts, seen.ends
        return "".join(seen.text[i] for i in kept), [seen.starts[i] for i in kept], [seen.ends[i] for i in kept]

    def hide(self, span: Span) -> None:
        """Let nothing more be taken of `span`."""
        self.taken[span[0]:span[1]] = b"\1" * (span[1] - span[0])


def paragraph_pieces(layout: Layout, shown: Shown) -> Iterator[Piece]:
    paths = Paths(layout)
    for paragraph in layout.paragraphs:
        if paragraph.role in MARGINS:
            shown.hide(paragraph.span)
            continue
        text, starts, ends = shown.take(paragraph.span)
        if text.strip():
            part = layout.sections[paragraph.section].part if layout.sections else 0
            yield Piece(text, starts, ends, paths.above(paragraph.section, paragraph.span), paragraph.section, part)


class Paths:
    """The titles of the sections that each paragraph stands under."""

    def __init__(self, layout: Layout) -> None:
        self.sections = layout.sections
        self.titles = [view(section.title).text for section in layout.sections]

    def above(self, section: int | None, span: Span) -> str:
        """The titles from the outermost to the innermost; a heading that stands in `span` itself is not above it."""
        path: list[str] = []
        while section is not None and section < len(self.sections):
            held = self.sections[section]
            if self.titles[section] and not span[0] <= held.heading[0] < span[1]:
                path.append(self.titles[section])
            section = held.parent
        return INTO.join(reversed(path))


def row_pieces(layout: Layout, shown: Shown) -> Iterator[Piece]:
    for index, grid in enumerate(layout.grids):
        caption = view(layout.document.text, grid.caption).text if grid.caption else ""
        above = INTO.join(filter(None, (caption, header_words(grid))))
        for number, row in enumerate(grid.rows):
            text, starts, ends = row_of(row, shown)
            if text.strip():
                yield Piece(text, starts, ends, caption if number < grid.header_rows else above, grid.section, grid.part,
                            index, number, "row")


def header_words(grid: Grid) -> str:
    """The last word of each column's header path, in short, those of neighbours that are equal once."""
    last = [view(path[-1]).text[:HEADER_WORDS] if path else "" for path in grid.headers]
    return BAR.join(word for j, word in enumerate(last) if word and (j == 0 or last[j - 1] != word))


def row_of(row: Sequence[GridCell], shown: Shown) -> tuple[str, Sequence[int], Sequence[int]]:
    """The cells of a row one behind the other, a bar between two columns; what a cell to the left or above covers is
    empty, and no bar stands within a cell or behind the last that says something."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    bars = 0
    for j, cell in enumerate(row):
        if j and (cell.origin or cell.span != row[j - 1].span or not cell.text):
            bars += 1
        if not cell.origin or cell.span[0] >= cell.span[1]:
            continue
        text, begun, ended = shown.take(cell.span)
        if text:
            chars.append(BAR * bars + text)
            starts.extend((-1,) * bars)
            starts.extend(begun)
            ends.extend((-1,) * bars)
            ends.extend(ended)
            bars = 0
    return "".join(chars), starts, ends


def leftover_pieces(layout: Layout, shown: Shown) -> Iterator[Piece]:
    """Lines with words that no paragraph and no cell holds."""
    for block in layout.document.blocks:
        if block.role in MARGINS:
            shown.hide(block.span)
    begins = [grid.span[0] for grid in layout.grids]
    sections = [section.span[0] for section in layout.sections]
    at = 0
    for line in shown.text.splitlines(keepends=True):
        span, at = (at, at + len(line)), at + len(line)
        if all(shown.taken[span[0]:span[1]]):
            continue
        text, starts, ends = shown.take(span)
        if not any(map(str.isalnum, text)):
            continue
        near = bisect_right(begins, span[0]) - 1
        grid = near if near >= 0 and span[0] < layout.grids[near].span[1] else None
        section = max(0, bisect_right(sections, span[0]) - 1) if grid is None else layout.grids[grid].section
        part = layout.sections[section].part if layout.sections else 0
        yield Piece(text, starts, ends, "", section, part, grid, None, "prose" if grid is None else "row")


def windows_of_piece(piece: Piece) -> Iterator[Window]:
    """The windows that together own `piece`."""
    above = piece.above[-CONTEXT:] + CLOSE if piece.above else ""
    unplaced = (-1,) * len(above)
    for begin, end, own in cuts(piece.text, CORE):
        yield Window(
            kind="row" if piece.kind == "row" else "prose", text=above + piece.text[begin:end], context=len(above),
            starts=(*unplaced, *piece.starts[begin:end]), ends=(*unplaced, *piece.ends[begin:end]),
            own=(own[0] - begin + len(above), own[1] - begin + len(above)), section=piece.section, part=piece.part,
            grid=piece.grid, row=piece.row)


class WindowIndex:
    """Where each owned character of a text stands in the windows of it."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self.windows = windows
        owned = sorted((window.starts[i], window.ends[i], number, i) for number, window in enumerate(windows)
                       for i in range(*window.own) if window.starts[i] >= 0)
        self.starts = [one[0] for one in owned]
        self.owned = owned

    def place(self, span: Span) -> Place | None:
        """The place of `span` in the window that owns its first character; None where none of it stands in a window, or
        the window ends before it."""
        at = max(0, bisect_right(self.starts, span[0]) - 1)
        while at < len(self.owned) and self.owned[at][1] <= span[0]:
            at += 1
        if at == len(self.owned) or self.owned[at][0] >= span[1]:
            return None
        _, _, number, start = self.owned[at]
        window = self.windows[number]
        end = start
        for i in range(start, len(window.text)):
            if window.starts[i] >= span[1] or 0 <= window.starts[i] < window.starts[start]:
                break
            if window.starts[i] >= 0:
                end = i + 1
        last = bisect_right(self.starts, span[1] - 1) - 1
        return Place(window=number, start=start, end=end) if window.ends[end - 1] >= self.owned[last][1] else None


    def showing(self, span: Span) -> list[int]:
        """The numbers of the windows that may show characters of `span`: those that own any, and their neighbours."""
        low, high = bisect_right(self.starts, span[0]) - 1, bisect_right(self.starts, span[1] - 1)
        owners = {one[2] for one in self.owned[max(0, low):high]}
        return sorted({number + step for number in owners for step in (-2, -1, 0, 1, 2) if 0 <= number + step < len(self.windows)})


class Latest:
    """The index made last; callers that ask for one span after the other of the same windows have it made once."""

    windows: Sequence[Window] | None = None
    index: WindowIndex | None = None


def place_in(windows: Sequence[Window], span: Span) -> Place | None:
    """Where a span of the document stands in the window that owns its first character (see `WindowIndex.place`)."""
    if Latest.windows is not windows or Latest.index is None:
        Latest.windows, Latest.index = windows, WindowIndex(windows)
    return Latest.index.place(span)


def span_of(window: Window, start: int, end: int) -> Span | None:
    """The span in the document of `window.text[start:end]`; None where nothing of the document stands there."""
    placed = [i for i in range(max(0, start), min(end, len(window.text))) if window.starts[i] >= 0]
    if not placed or window.ends[placed[-1]] <= window.starts[placed[0]]:
        return None
    return window.starts[placed[0]], window.ends[placed[-1]]

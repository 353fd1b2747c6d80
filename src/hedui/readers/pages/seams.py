"""The pieces of a table that pages cut -> its cells, with the rows and labels that the cuts went through put together.

`columns` of a piece says at which column of the whole each of its edges stands. Signals in order: a header row that was
told before is taken out; a row that only goes on what the row above says is joined to it; a label over several rows goes
on where its next piece is empty or says the same. Where it is not plain, a row is a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import prod

from hedui.readers.assemble import Draft, DraftCell, DraftLine
from hedui.readers.pages.headers import is_figure, known_headers
from hedui.readers.pages.lines import joiner, print_units
from hedui.view import fold

__all__ = ["Piece", "repeated_rows", "stacked"]

STOP = re.compile(r"[。；;！!？?]\s*$")
# a column counts as one that rows fill when that share of them do
NEARLY_ALL = 0.8
MIN_ROWS = 3
LABEL_COLUMNS = 4
HEADER_ROWS = 4
# a row with that many known headers is one of headers
HEADERS = 2
# recognised twice, a header may differ by a character
ALIKE = 0.88
# what the margins of a cell take of its width, in points, and the room that a full line may leave, in letters
MARGINS = 12.0
ROOM = 0.5
# a full line of 20 letters is chance one time in 20; what happens less often than this is no chance
UNLIKELY = 36
# 转移支付（项 · 目）名称
OPENS, CLOSES = re.compile(r"[（(《【]"), re.compile(r"[）)》】]")
# （万元） · (20分)
BRACKETED = re.compile(r"\s*[（(][^（）()]*[）)]\s*")
# ≥95%， · 关 · 保” · （万
FIRST_WORD = re.compile(r"[（《【“‘]*(?:[!-~≥≤]+|.)[，。、；：）》】％”’]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What one page holds of a table: its cells with the rows counted from 0 on that page and the columns of the whole."""

    cells: tuple[DraftCell, ...]
    page: int

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)


def squeezed(text: str) -> str:
    """The text without white space, wide and narrow brackets and marks alike."""
    return fold(re.sub(r"\s", "", text))


def row_cells(cells: Iterable[DraftCell], row: int) -> list[DraftCell]:
    return [cell for cell in cells if cell.row == row]


def same_row(one: Sequence[DraftCell], other: Sequence[DraftCell]) -> bool:
    """Whether two rows hold the same words in the same columns, one misread character aside."""
    if [cell.col for cell in one] != [cell.col for cell in other]:
        return False
    for a, b in zip(one, other, strict=True):
        here, there = squeezed(a.text), squeezed(b.text)
        if here != there and (min(len(here), len(there)) < 3
                              or SequenceMatcher(None, here, there, autojunk=False).ratio() < ALIKE):
            return False
    return True


def heads(row: Sequence[DraftCell]) -> bool:
    """Whether a row can be a header: two cells with words at least, and no figure."""
    texts = [squeezed(cell.text) for cell in row]
    return sum(bool(text) for text in texts) >= 2 and not any(map(is_figure, texts))


def repeated_rows(earlier: Sequence[DraftCell], cells: Sequence[DraftCell]) -> int:
    """How many of the first rows of `cells` say again what rows of `earlier`, one under another, said as a header."""
    rows: dict[int, list[DraftCell]] = {}
    for cell in earlier:
        rows.setdefault(cell.row, []).append(cell)
    first = row_cells(cells, 0)
    if not heads(first):
        return 0
    for start in sorted(rows)[:HEADER_ROWS * 5]:
        count = 0
        while count < HEADER_ROWS and start + count in rows and (new := row_cells(cells, count)) \
                and same_row(rows[start + count], new) and (heads(new) or count == 0):
            count += 1
        if count:
            reach = max((cell.row + cell.rows for cell in cells if cell.row < count), default=count)
            return max(reach, count)
    return 0


def header_draft(cells: Sequence[DraftCell], page: int) -> Draft:
    """Cells taken out of a table as one paragraph of the margin."""
    text = ""
    lines: list[DraftLine] = []
    for cell in cells:
        text += "\t" if text else ""
        lines += [replace(line, start=line.start + len(text), end=line.end + len(text)) for line in cell.lines]
        text += cell.text
    return Draft(kind="paragraph", text=text, role="header", lines=tuple(lines), page=page)


def joined(upper: DraftCell, lower: DraftCell, end: int) -> DraftCell:
    """One cell of two pieces, down to row `end`."""
    space = joiner(upper.text, lower.text)
    at = len(upper.text) + len(space)
    lines = tuple(replace(line, start=line.start + at, end=line.end + at) for line in lower.lines)
    return replace(upper, text=upper.text + space + lower.text, lines=upper.lines + lines, rows=end - upper.row,
                   box=upper.box if upper.text or not lower.text else lower.box)


def full(upper: DraftCell, lower: DraftCell) -> bool:
    """Whether the last line of a cell left no room for the first word of the piece under it."""
    if not upper.lines or upper.box is None:
        return False
    last = upper.lines[-1].box
    word = FIRST_WORD.match(lower.text)
    room = (upper.box.x1 - upper.box.x0) - (last.x1 - last.x0) - MARGINS
    return room <= (ROOM + print_units(word[0] if word else "")) * (last.y1 - last.y0)


def letters(pair: tuple[DraftCell, DraftCell]) -> float:
    """How many letters a line of a cell holds: so seldom is its last line full by chance."""
    upper = pair[0]
    if not upper.lines or upper.box is None or STOP.search(upper.text):
        return 1.0
    size = max(upper.lines[-1].box.y1 - upper.lines[-1].box.y0, 1.0)
    return max((upper.box.x1 - upper.box.x0 - MARGINS) / size, 1.0)


def bracketed(upper: DraftCell, lower: DraftCell) -> bool:
    """Whether a bracket that opens in one cell closes in the other, or the other holds nothing but one."""
    left, right = (len(OPENS.findall(cell.text)) - len(CLOSES.findall(cell.text)) for cell in (upper, lower))
    return left > 0 > right or bool(BRACKETED.fullmatch(lower.text))


def flows(pairs: Sequence[tuple[DraftCell, DraftCell]]) -> bool:
    """Whether all cells can go on in the pieces under them: their last lines are full, end a sentence or a bracket runs on,
    one at least in the middle of a sentence."""
    ended = [bool(STOP.search(upper.text)) for upper, _ in pairs]
    return all(end or full(*pair) or bracketed(*pair) for end, pair in zip(ended, pairs, strict=True)) and not all(ended)


def filled(cells: Iterable[DraftCell]) -> set[int]:
    """The columns that those of the cells with words cover."""
    return {col for cell in cells if cell.text.strip() for col in range(cell.col, cell.col + cell.cols)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """What is known of the columns of a table: those that nearly all rows fill, those of figures, those of labels that run
    over several rows, on the left, and which ones each row fills."""

    steady: frozenset[int]
    figures: frozenset[int]
    labels: frozenset[int]
    rows: tuple[frozenset[int], ...]

    def lacking(self, above: Set[int], below: Set[int]) -> bool:
        """Whether a row that fills `above` lacks some of `below`: what nearly all rows fill, the two together all of it, or
        what the rows fill that fill `above` too."""
        if self.steady & below and self.steady & above and self.steady <= above | below:
            return True
        alike = [row for row in self.rows if above < row]
        return bool(above) and len(alike) >= MIN_ROWS and sum(bool(row & below) for row in alike) >= NEARLY_ALL * len(alike)


def columns_of(pieces: Sequence[Piece], count: int) -> Columns:
    height, told, counted = 0, [0] * count, [0] * count
    merged = set()
    rows = []
    for piece in pieces:
        height += piece.height
        by_row: dict[int, list[DraftCell]] = {}
        for cell in piece.cells:
            by_row.setdefault(cell.row, []).append(cell)
            if cell.text.strip():
                for col in range(cell.col, cell.col + cell.cols):
                    told[col] += cell.rows
                    counted[col] += is_figure(cell.text)
        for row in by_row.values():
            rows.append(frozenset(filled(row)))
            long = {cell.col for cell in row if cell.rows > 1 and cell.cols == 1 and cell.col < LABEL_COLUMNS}
            if long and known_headers(cell.text for cell in row) < HEADERS:
                merged |= long
    steady = frozenset(c for c in range(count) if height >= MIN_ROWS and told[c] >= NEARLY_ALL * height)
    figures = frozenset(c for c in range(count) if counted[c] >= max(height / 3, 2))
    return Columns(steady=steady, figures=figures, labels=frozenset(merged), rows=tuple(rows))


def goes_on(floor: Mapping[tuple[int, int], DraftCell], first: Sequence[DraftCell], columns: Columns) -> bool:
    """Whether the first row of a page is the rest of the row above the cut, whose cells `floor` gives by column and
    extent.

    It is where every cell with words stands under one that had no room for more, none is a figure, and another cell is
    left empty under words or so many full lines cannot be chance. It also is where figures set in the middle of their
    cells came to stand under the cut, or where the row above lacks what rows like it have and the one below gives it.
    """
    pairs = [(floor.get((cell.col, cell.cols)), cell) for cell in first]
    both = [(upper, lower) for upper, lower in pairs if upper is not None]
    told = [(upper, lower) for upper, lower in both if lower.text.strip()]
    if len(both) < len(pairs) or not told:
        return False
    on = [(u, d) for u, d in told if u.text.strip()]
    if any(is_figure(d.text) for _, d in on) or (on and not flows(on)):
        return False
    headed, heading = known_headers(u.text for u, _ in both), known_headers(d.text for _, d in told)
    if heading >= HEADERS and not headed:
        return False
    above = filled(u for u, d in both if not d.text.strip())
    late = filled(d for u, d in both if not u.text.strip())
    if not late:
        return bool(above) or prod(map(letters, on)) >= UNLIKELY
    if on and columns.figures <= late and late & columns.steady:
        return True
    if any(bracketed(*pair) for pair in on) or (not on and headed >= HEADERS and heading >= min(HEADERS, len(told))):
        return True
    return (bool(above) or prod(map(letters, on)) >= UNLIKELY) and columns.lacking(above | filled(u for u, _ in on), late)


def label_goes_on(upper: DraftCell, lower: DraftCell, columns: Columns) -> bool:
    """Whether a cell above the cut also stands for the rows under it: a cell of several rows that holds nothing new, or
    any empty one in a column of labels."""
    above, below = squeezed(upper.text), squeezed(lower.text)
    if upper.cols > 1 and upper.rows == lower.rows == 1:
        return False
    if not below:
        return bool(above) and (lower.rows > 1 or upper.col in columns.labels)
    if not above:
        return upper.rows > 1 or upper.col in columns.labels
    return above == below and (upper.rows > 1 or lower.rows > 1)


def stacked(pieces: Sequence[Piece], count: int) -> tuple[tuple[DraftCell, ...], list[Draft]]:
    """The cells of the whole table of `count` columns, and the header rows that pages repeated."""
    cells = list(pieces[0].cells)
    recent = list(range(len(cells)))
    bottom = pieces[0].height
    taken: list[Draft] = []
    for i, piece in enumerate(pieces[1:], start=1):
        again = repeated_rows(pieces[0].cells, piece.cells)
        if again >= piece.height:
            again = 0
        taken += [header_draft(row, piece.page) for r in range(again) if (row := row_cells(piece.cells, r))]
        new = [replace(cell, row=cell.row - again) for cell in piece.cells if cell.row >= again]
        places = {(cells[at].col, cells[at].cols): at for at in recent if cells[at].row + cells[at].rows == bottom}
        columns = columns_of(pieces[:i + 1] if i < 3 else (pieces[0], *pieces[i - 2:i + 1]), count)
        rest = goes_on({key: cells[at] for key, at in places.items()}, row_cells(new, 0), columns)
        anew = known_headers(cell.text for cell in row_cells(new, 0)) >= HEADERS
        offset = bottom - rest
        recent = []
        for cell in new:
            at = places.get((cell.col, cell.cols)) if cell.row == 0 else None
            if at is None or not (rest or (not anew and label_goes_on(cells[at], cell, columns))):
                recent.append(len(cells))
                cells.append(replace(cell, row=cell.row + offset))
                continue
            end = offset + cell.row + cell.rows
            if not rest and cells[at].text.strip() and cell.text.strip():
                taken.append(header_draft([cell], piece.page))
                cell = replace(cell, text="", lines=())
            cells[at] = joined(cells[at], cell, end)
            recent.append(at)
        bottom = offset + max(cell.row + cell.rows for cell in new)
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), taken

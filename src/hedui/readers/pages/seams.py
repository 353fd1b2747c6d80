"""The pieces of a table that pages cut -> its cells, with the rows and labels that the cuts went through put together.

`columns` of a piece says at which column of the whole each of its edges stands. Signals in order: a header row that was
told before is taken out; a row that only goes on what the row above says is joined to it; a label over several rows goes
on where its next piece is empty or says the same. Where it is not plain, a row is a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from hedui.readers.assemble import Draft, DraftCell, DraftLine

__all__ = ["Piece", "repeated_rows", "stacked"]

# ≥95% · 1,240.50 · 36人 · 10分
FIGURE = re.compile(r"[≥≤><=≧≦＞＜]{0,2}[-+]?\d[\d,，.．]*\s*[%％‰]?\D{0,4}")
STOP = re.compile(r"[。；;！!？?]\s*$")
LATIN = re.compile(r"[A-Za-z]")
# a column counts as one that rows fill when that share of them do
NEARLY_ALL = 0.8
MIN_ROWS = 3
LABEL_COLUMNS = 3
HEADER_ROWS = 4
# recognised twice, a header may differ by a character
ALIKE = 0.88
# a line is full when no more room is left at its end than that many letters
FULL = 2.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What one page holds of a table: its cells with the rows counted from 0 on that page and the columns of the whole."""

    cells: tuple[DraftCell, ...]
    page: int

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


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
    return sum(bool(text) for text in texts) >= 2 and not any(FIGURE.fullmatch(text) for text in texts)


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
    space = " " if LATIN.match(upper.text[-1:]) and LATIN.match(lower.text[:1]) else ""
    at = len(upper.text) + len(space)
    lines = tuple(replace(line, start=line.start + at, end=line.end + at) for line in lower.lines)
    return replace(upper, text=upper.text + space + lower.text, lines=upper.lines + lines, rows=end - upper.row,
                   box=upper.box if upper.text or not lower.text else lower.box)


def full(cell: DraftCell) -> bool:
    """Whether the last line of a cell goes to the cell's end, as one does that is not the last."""
    if not cell.lines or cell.box is None:
        return False
    last = cell.lines[-1].box
    return cell.box.x1 - last.x1 <= FULL * (last.y1 - last.y0) and not STOP.search(cell.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """What is known of the columns of a table: those that nearly all rows fill, those of figures, and those of labels
    that run over several rows, on the left."""

    steady: frozenset[int]
    figures: frozenset[int]
    labels: frozenset[int]
    count: int


def columns_of(pieces: Sequence[Piece], count: int) -> Columns:
    rows, told, counted = 0, [0] * count, [0] * count
    merged = set()
    for piece in pieces:
        rows += piece.height
        for cell in piece.cells:
            if cell.rows > 1 and cell.cols == 1 and cell.row > 0:
                merged.add(cell.col)
            if not cell.text.strip():
                continue
            for col in range(cell.col, cell.col + cell.cols):
                told[col] += cell.rows
                counted[col] += bool(FIGURE.fullmatch(squeezed(cell.text)))
    leading = next((col for col in range(min(count, LABEL_COLUMNS) + 1) if col not in merged), 0)
    labels = frozenset(range(min(leading, LABEL_COLUMNS)))
    steady = frozenset(c for c in range(count) if rows >= MIN_ROWS and told[c] >= NEARLY_ALL * rows)
    figures = frozenset(c for c in range(count) if counted[c] >= max(rows / 3, 2))
    return Columns(steady=steady, figures=figures, labels=labels, count=count)


def goes_on(floor: dict[tuple[int, int], DraftCell], first: Sequence[DraftCell], columns: Columns) -> bool:
    """Whether the first row of a page is the rest of the row above the cut, whose cells `floor` gives by column and
    extent."""
    pairs = [(floor.get((cell.col, cell.cols)), cell) for cell in first]
    if any(upper is None for upper, _ in pairs):
        return False
    both = [(upper, lower) for upper, lower in pairs if upper is not None]
    told = [(upper, lower) for upper, lower in both if lower.text.strip()]
    if not told or any(FIGURE.fullmatch(squeezed(u.text)) and FIGURE.fullmatch(squeezed(d.text)) for u, d in told):
        return False
    body = [(u, d) for u, d in both if not columns.labels.issuperset(range(u.col, u.col + u.cols))]
    stand_under = all(upper.text.strip() for upper, _ in told)
    if stand_under:
        if any(columns.steady.issuperset(range(u.col, u.col + u.cols)) and u.text.strip() and not d.text.strip()
               for u, d in body):
            return True
        wide = any(d.cols * 2 > columns.count for _, d in told)
        label_rests = any(u.text.strip() and not d.text.strip() for u, d in both)
        return wide and (label_rests or len(both) == 1) and all(full(u) for u, d in told if d.cols * 2 > columns.count)
    late = {u.col for u, d in body if d.text.strip() and not u.text.strip()}
    on = [u for u, d in body if d.text.strip() and u.text.strip()]
    return bool(on) and columns.figures <= late and bool(late & columns.steady) and all(full(u) for u in on)


def label_goes_on(upper: DraftCell, lower: DraftCell, columns: Columns) -> bool:
    """Whether the label above the cut also stands for the rows under it."""
    above, below = squeezed(upper.text), squeezed(lower.text)
    if upper.cols != 1 or upper.col not in columns.labels or (above and below and above != below):
        return False
    return bool(above or below) and (not below or not above or upper.rows > 1 or lower.rows > 1)


def stacked(pieces: Sequence[Piece], count: int) -> tuple[tuple[DraftCell, ...], list[Draft]]:
    """The cells of the whole table of `count` columns, and the header rows that pages repeated."""
    cells = list(pieces[0].cells)
    bottom = pieces[0].height
    taken: list[Draft] = []
    for i, piece in enumerate(pieces[1:], start=1):
        again = repeated_rows(pieces[0].cells, piece.cells)
        if again >= piece.height:
            again = 0
        taken += [header_draft(row, piece.page) for r in range(again) if (row := row_cells(piece.cells, r))]
        new = [replace(cell, row=cell.row - again) for cell in piece.cells if cell.row >= again]
        places = {(c.col, c.cols): at for at, c in enumerate(cells) if c.row + c.rows == bottom}
        columns = columns_of(pieces[:i] if i < 3 else (pieces[0], *pieces[i - 2:i]), count)
        rest = goes_on({key: cells[at] for key, at in places.items()}, row_cells(new, 0), columns)
        offset = bottom - rest
        for cell in new:
            at = places.get((cell.col, cell.cols)) if cell.row == 0 else None
            if at is None or not (rest or label_goes_on(cells[at], cell, columns)):
                cells.append(replace(cell, row=cell.row + offset))
                continue
            end = offset + cell.row + cell.rows
            if not rest and cells[at].text.strip() and cell.text.strip():
                taken.append(header_draft([cell], piece.page))
                cell = replace(cell, text="", lines=())
            cells[at] = joined(cells[at], cell, end)
        bottom = offset + max(cell.row + cell.rows for cell in new)
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), taken

"""Plain text -> Blocks: every line a paragraph or heading of Markdown, and the tables that stand in it in one of five dialects.

- *column*: one cell a line behind a tab, a blank line between rows, a cell runs on over lines without a tab (Word exports);
- *tabs*: a row a line, cells parted by tabs, merged cells left empty;
- *pipes*: a row a line, cells parted by `|`, merged cells as runs of empty ones, markdown rules skipped; where lines break
  inside rows, rows of as many pipes each;
- *spaces*: a row a line, columns kept apart by runs of spaces, told by where they start, or by single spaces under a line of
  headers that templates use;
- *HTML*: `<table>` and what stands in it, as OCR programs write tables into Markdown.

Rows of one filled cell that open or close a column or tabs table are captions and notes, and become paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from hedui.document import Block, Cell, Span
from hedui.readers.plain.counted import counted_rows, may_be_counted
from hedui.readers.plain.headed import headed_rows
from hedui.readers.plain.html_tables import TableText, html_tables, title_rows
from hedui.readers.plain.spaced import spaced_rows

__all__ = ["blocks_of"]

Row = list[Span]
BLANKS_INSIDE = 1
LONG_CELL = 30
TRIES = 4
# |---|:---:|
RULE = re.compile(r"[\s|:\-—=+]*")
# ## 一、项目概况: a heading of Markdown
MARKED = re.compile(r"(?P<marks>#{1,6})[ \t]+(?=\S)")
# <html><body> · </div>: what wraps a table of HTML
WRAPPING = re.compile(r"(?:</?[a-z][^<>]{0,200}>\s*)+", re.I)


class Text(NamedTuple):
    """The text and the span of each of its lines, without the line end."""

    text: str
    lines: list[Span]

    def line(self, index: int) -> str:
        start, end = self.lines[index]
        return self.text[start:end]


def split_lines(text: str, span: Span) -> Text:
    lines, at = [], span[0]
    for line in text[slice(*span)].split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return Text(text, lines)


def trim(text: str, span: Span) -> Span:
    """`span` without white space at its ends; an empty span stands where it began."""
    start, end = span
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + left + len(piece.strip())) if piece.strip() else (start, start)


def filled(text: str, row: Row) -> int:
    return sum(bool(text[s:e].strip()) for s, e in row)


def is_cell(line: str) -> bool:
    """Whether a line is one cell behind a tab."""
    return line.startswith("\t") and "\t" not in line[1:].rstrip() and line.count("\t", 1) <= 1


def column_rows(source: Text, at: int) -> tuple[list[Row], int]:
    """Rows of a *column* table that starts at line `at`, and the line behind it."""
    rows: list[Row] = [[]]
    blanks = 0
    while at < len(source.lines):
        line = source.line(at)
        if is_cell(line):
            if blanks > BLANKS_INSIDE:
                break
            if blanks:
                rows.append([])
            rows[-1].append(source.lines[at])
            blanks = 0
        elif not line.strip():
            blanks += 1
        elif not rows[-1] or (blanks and not cut_cell(source, at, blanks, rows)):
            break
        else:
            rows[-1][-1] = (rows[-1][-1][0], source.lines[at][1])
            blanks = 0
        at += 1
    return [row for row in rows if row], at - blanks


def cut_cell(source: Text, at: int, blanks: int, rows: list[Row]) -> bool:
    """Whether a line behind a blank one goes on with the last cell: its row is short of as many cells as follow it."""
    missing = len(rows[0]) - len(rows[-1])
    behind = [source.line(i) for i in range(at + 1, min(at + missing + 2, len(source.lines)))]
    cells = next((i for i, line in enumerate(behind) if not line.startswith("\t")), len(behind))
    return blanks <= BLANKS_INSIDE and missing > 0 and cells == missing


def is_column_table(source: Text, rows: list[Row]) -> bool:
    """Whether tab-led lines are cells: rows of several short ones, not paragraphs that a tab indents."""
    texts = [source.text[s:e].strip() for row in rows for s, e in row]
    said = [t for t in texts if t]
    return (any(len(row) > 1 for row in rows) and bool(said) and median(map(len, said)) <= LONG_CELL
            and sum(t.endswith("。") for t in said) * 2 <= len(said))


def column_table(source: Text, at: int) -> tuple[list[Row], int, int]:
    """The rows of the *column* table among the tab-led lines from `at` on, the line it starts at, and the line behind all
    of them; no rows where they are paragraphs. Paragraphs that a tab indents may stand before it."""
    rows, behind = column_rows(source, at)
    if is_column_table(source, rows):
        return rows, at, behind
    starts = [i for i, row in enumerate(rows) if i and len(row) > 1 and is_column_table(source, [row])]
    for i in starts[:TRIES]:
        if is_column_table(source, rows[i:]):
            return rows[i:], bisect_left(source.lines, rows[i][0]), behind
    return [], behind, behind


def cut(text: str, span: Span, mark: str, *, bordered: bool) -> Row:
    """The cells of one row parted by `mark`; where the table is `bordered`, the first and last mark part nothing."""
    start, end = trim(text, span) if mark == "|" else span
    if bordered:
        start += 1
        end -= text[start:end].endswith("|")
    cells, left = [], start
    for match in re.finditer(re.escape(mark), text[start:end]):
        cells.append((left, start + match.start()))
        left = start + match.end()
    return [*cells, (left, end)]


def is_row(line: str, mark: str) -> bool:
    if mark == "|":
        return line.count("|") >= 2 or line.lstrip().startswith("|")
    return "\t" in line.strip("\t ") or line.count("\t") >= 2


def marked_rows(source: Text, at: int, mark: str) -> tuple[list[Row], int]:
    """Rows of a *tabs* or *pipes* table that starts at line `at`, and the line behind it; a line without marks between two
    rows of pipes goes on with the last cell."""
    spans: list[Span] = []
    ruled = False
    while at < len(source.lines):
        line = source.line(at)
        runs_on = mark == "|" and spans and at + 1 < len(source.lines) and is_row(source.line(at + 1), mark)
        if is_row(line, mark):
            ruled = "--" in line and bool(RULE.fullmatch(line))
            spans += [] if ruled else [source.lines[at]]
        elif line.strip() and runs_on:
            spans[-1] = spans[-1] if ruled else (spans[-1][0], source.lines[at][1])
        else:
            break
        at += 1
    said = [source.text[s:e].strip() for s, e in spans]
    bordered = mark == "|" and all(row[:1] == row[-1:] == "|" and len(row) > 1 for row in said)
    return [cut(source.text, span, mark, bordered=bordered) for span in spans], at


def captions_apart(text: str, rows: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows that fill only their first cell and stand before and behind the table proper, and the table. A row that fills only
    a later cell goes on with what a merged cell covers or a page cut."""
    proper = [filled(text, row) != filled(text, row[:1]) for row in rows]
    if not any(proper):
        return rows, [], []
    first, last = proper.index(True), len(rows) - 1 - proper[::-1].index(True)
    tail = next((i for i in range(last + 1, len(rows)) if filled(text, rows[i])), len(rows))
    return rows[:first], rows[first:tail], rows[tail:]


def paragraph(text: str, span: Span) -> Iterator[Block]:
    start, end = trim(text, span)
    if start == end:
        return
    marked = MARKED.match(text, start, end)
    if marked:
        yield Block(kind="heading", span=(marked.end(), end), level=len(marked["marks"]))
    else:
        yield Block(kind="paragraph", span=(start, end))


def table(text: str, rows: list[Row], columns: list[list[int]] | None = None) -> Block:
    cells = tuple(
        Cell(row=i, col=columns[i][j] if columns else j, span=trim(text, span))
        for i, row in enumerate(rows) for j, span in enumerate(row))
    return Block(kind="table", span=(rows[0][0][0], rows[-1][-1][1]), cells=cells)


def table_blocks(text: str, rows: list[Row]) -> Iterator[Block]:
    before, body, behind = captions_apart(text, rows)
    for row in before:
        for span in row:
            yield from paragraph(text, span)
    if body:
        yield table(text, body)
    for row in behind:
        for span in row:
            yield from paragraph(text, span)


def html_blocks(text: str, written: TableText) -> Iterator[Block]:
    """A table of HTML: its captions and title rows as paragraphs, then the table; one of one column is paragraphs."""
    titles, cells = title_rows(written.cells)
    for span in written.captions:
        yield from paragraph(text, span)
    if max((cell.col + cell.cols for cell in cells), default=0) < 2:
        titles, cells = written.cells, ()
    for cell in titles:
        yield from paragraph(text, cell.span)
    if cells:
        yield Block(kind="table", span=(cells[0].span[0], cells[-1].span[1]), cells=cells)


def blocks_of(text: str) -> tuple[Block, ...]:
    r"""The paragraphs and tables of `text`, in order.

    >>> [(b.kind, len(b.cells)) for b in blocks_of("一、情况\n指标\t目标\n满意度\t90%\n")]
    [('paragraph', 0), ('table', 4)]
    """
    blocks: list[Block] = []
    at = 0
    for written in html_tables(text):
        before = blocks_in(text, (at, written.span[0]))
        blocks += [block for block in before if not WRAPPING.fullmatch(text[slice(*block.span)])]
        blocks += html_blocks(text, written)
        at = written.span[1]
    rest = blocks_in(text, (at, len(text)))
    blocks += rest if not at else [block for block in rest if not WRAPPING.fullmatch(text[slice(*block.span)])]
    return tuple(blocks)


def blocks_in(text: str, within: Span) -> list[Block]:
    """The blocks of a stretch of `text` without tables of HTML."""
    source = split_lines(text, within)
    blocks: list[Block] = []
    at = looked = 0
    while at < len(source.lines):
        line = source.line(at)
        rows: list[Row] = []
        first = behind = at
        if at >= looked and may_be_counted(line):
            rows, looked = counted_rows(text, source.lines, at)
        if rows:
            behind = looked
        elif is_cell(line):
            rows, first, behind = column_table(source, at)
        elif is_row(line, "\t") or is_row(line, "|"):
            rows, behind = marked_rows(source, at, "|" if is_row(line, "|") else "\t")
            rows = rows if len(rows) > 1 or (rows and filled(text, rows[0]) > 2) else []
            behind = behind if rows else at
        for i in range(at, first):
            blocks += paragraph(text, source.lines[i])
        if behind > at:
            blocks += table_blocks(text, rows) if rows else ()
            at = behind
            continue
        spaced, columns, behind = spaced_rows(text, source.lines, at)
        if not spaced:
            spaced, columns, behind = headed_rows(text, source.lines, at)
        if spaced:
            blocks.append(table(text, spaced, columns))
            at = behind
            continue
        blocks += paragraph(text, source.lines[at])
        at += 1
    return blocks

"""Plain text -> Blocks: every line a paragraph, and the tables that stand in it in one of four dialects.

- *column*: one cell a line behind a tab, a blank line between rows, a cell runs on over lines without a tab (Word exports);
- *tabs*: a row a line, cells parted by tabs, merged cells left empty;
- *pipes*: a row a line, cells parted by `|`, merged cells as runs of empty ones, markdown rules skipped;
- *spaces*: a row a line, columns kept apart by runs of spaces, told by where they start.

Rows of one filled cell that open or close a column or tabs table are captions and notes, and become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from hedui.document import Block, Cell, Span
from hedui.readers.spaced import spaced_rows

__all__ = ["blocks_of"]

Row = list[Span]
BLANKS_INSIDE = 1
LONG_CELL = 30
# |---|:---:|
RULE = re.compile(r"\s*\|?[\s|:\-—=+]*-{2,}[\s|:\-—=+]*")


class Text(NamedTuple):
    """The text and the span of each of its lines, without the line end."""

    text: str
    lines: list[Span]

    def line(self, index: int) -> str:
        start, end = self.lines[index]
        return self.text[start:end]


def split_lines(text: str) -> Text:
    lines, at = [], 0
    for line in text.split("\n"):
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


def column_rows(source: Text, at: int) -> tuple[list[Row], int]:
    """Rows of a *column* table that starts at line `at`, and the line behind it."""
    rows: list[Row] = [[]]
    blanks = 0
    while at < len(source.lines):
        line = source.line(at)
        if line.startswith("\t") and "\t" not in line[1:].rstrip():
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


def cut(source: Text, at: int, mark: str, *, bordered: bool) -> Row:
    """The cells of one line parted by `mark`; where the table is `bordered`, the first and last mark part nothing."""
    start, end = trim(source.text, source.lines[at]) if mark == "|" else source.lines[at]
    if bordered:
        start += 1
        end -= source.text[start:end].endswith("|")
    cells, left = [], start
    for match in re.finditer(re.escape(mark), source.text[start:end]):
        cells.append((left, start + match.start()))
        left = start + match.end()
    return [*cells, (left, end)]


def is_row(line: str, mark: str) -> bool:
    if mark == "|":
        return line.count("|") >= 2 or line.lstrip().startswith("|")
    return "\t" in line.strip("\t ") or line.count("\t") >= 2


def marked_rows(source: Text, at: int, mark: str) -> tuple[list[Row], int]:
    """Rows of a *tabs* or *pipes* table that starts at line `at`, and the line behind it."""
    first, end = at, at
    while end < len(source.lines):
        line = source.line(end)
        runs_on = mark == "|" and end > first and end + 1 < len(source.lines) and is_row(source.line(end + 1), mark)
        if not is_row(line, mark) and not (line.strip() and runs_on):
            break
        end += 1
    lines = [source.line(i).strip() for i in range(first, end)]
    bordered = mark == "|" and all(line[:1] == line[-1:] == "|" for line in lines if is_row(line, mark))
    rows: list[Row] = []
    for i in range(first, end):
        line = source.line(i)
        if is_row(line, mark) and not RULE.fullmatch(line):
            rows.append(cut(source, i, mark, bordered=bordered))
        elif rows and not RULE.fullmatch(line):
            rows[-1][-1] = (rows[-1][-1][0], source.lines[i][1])
    return rows, end


def captions_apart(text: str, rows: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows of one filled cell that stand before and behind the table proper, and the table."""
    first = next((i for i, row in enumerate(rows) if filled(text, row) > 1), len(rows))
    last = next((i for i in range(len(rows) - 1, -1, -1) if filled(text, rows[i]) > 1), first - 1)
    tail = next((i for i in range(last + 1, len(rows)) if filled(text, rows[i]) == 1), len(rows))
    return rows[:first], rows[first:max(tail, last + 1)], rows[max(tail, last + 1):]


def paragraph(text: str, span: Span) -> Iterator[Block]:
    span = trim(text, span)
    if span[0] < span[1]:
        yield Block(kind="paragraph", span=span)


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


def blocks_of(text: str) -> tuple[Block, ...]:
    r"""The paragraphs and tables of `text`, in order.

    >>> [(b.kind, len(b.cells)) for b in blocks_of("一、情况\n指标\t目标\n满意度\t90%\n")]
    [('paragraph', 0), ('table', 4)]
    """
    source = split_lines(text)
    blocks: list[Block] = []
    at = 0
    while at < len(source.lines):
        line = source.line(at)
        rows: list[Row] = []
        behind = at
        if line.startswith("\t") and "\t" not in line[1:].rstrip():
            rows, behind = column_rows(source, at)
            rows = rows if is_column_table(source, rows) else []
        elif is_row(line, "\t") or is_row(line, "|"):
            rows, behind = marked_rows(source, at, "|" if is_row(line, "|") else "\t")
            rows = rows if len(rows) > 1 or (rows and filled(text, rows[0]) > 2) else []
        if rows:
            blocks += table_blocks(text, rows)
            at = behind
            continue
        spaced, columns, behind = spaced_rows(text, source.lines, at)
        if spaced:
            blocks.append(table(text, spaced, columns))
            at = behind
            continue
        blocks += paragraph(text, source.lines[at])
        at += 1
    return tuple(blocks)

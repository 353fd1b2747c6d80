"""The text of a report comes in, the blocks a page draws go out: paragraphs, headings and tables as offsets into the text.

Layout that came with the findings (grids, sections) wins; what it does not cover is read from the lines themselves:
pipes, tabs, one cell a line behind a tab, columns that only spaces keep apart. Nothing is dropped but white space and
the rulers of pipe tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Cell", "Heading", "Line", "Paragraph", "Table", "blocks", "lines_of", "trimmed"]

Span = tuple[int, int]

# |---|:---:|---|
RULER = re.compile(r"(?=[^-]*-)[\s|:+-]*")
# 年度资金总额    1260    1180
GAP = re.compile(r"(?<=\S)(?: {2,}|\u3000{2,})(?=\S)")
# 一、基本情况 · 附件：绩效目标自评表 · （二）资金使用情况 · 3.项目管理情况 · （1）数量指标
HEADINGS = (
    re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、\S|附[件表]\s*\d*\s*(?:[:：]|$))"),
    re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[）)]\s*\S"),
    re.compile(r"\s*\d{1,2}\s*[.．、](?!\d)\s*\S"),
    re.compile(r"\s*[（(]\d{1,2}[）)]\s*\S"),
)
HEADING_LONGEST = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line without its break."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A line of running text; `level` is that of a heading, 0 for none. Where text runs on behind the heading, `lead`
    is where the heading ends."""

    span: Span
    level: int = 0
    lead: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """Where a heading ends, and its level."""

    end: int
    level: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell and how many columns and rows it covers."""

    span: Span
    cols: int = 1
    rows: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of cells; the first `header_rows` are headers."""

    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1


def blocks(
    text: str,
    *,
    grids: Sequence[Table] = (),
    headings: Mapping[int, Heading] | None = None,
) -> list[Paragraph | Table]:
    """The blocks of `text` in order. `headings` maps where a heading starts to what it is; without it, numbering tells.

    >>> [type(block).__name__ for block in blocks("一、资金\\n| 项目 | 金额 |\\n|---|---|\\n| 合计 | 5 |")]
    ['Paragraph', 'Table']
    """
    found: list[Paragraph | Table] = []
    at = 0
    for grid in sorted(grids, key=lambda one: one.span):
        if grid.span[0] < at:
            continue
        found += plain_blocks(text, (at, grid.span[0]), headings)
        found.append(grid)
        at = grid.span[1]
    return found + list(plain_blocks(text, (at, len(text)), headings))


def lines_of(text: str, span: Span) -> list[Line]:
    """The lines of `text[span]`, empty ones kept."""
    found = []
    at, end = span
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        piece = text[at:stop].rstrip("\r")
        found.append(Line(start=at, end=at + len(piece), text=piece))
        at = stop + 1
    return found


def plain_blocks(text: str, span: Span, headings: Mapping[int, Heading] | None) -> Iterator[Paragraph | Table]:
    lines = lines_of(text, span)
    at = 0
    while at < len(lines):
        for reader in (pipe_table, cell_lines_table, tab_table, space_table):
            read = reader(lines, at)
            if read:
                table, at = read
                yield table
                break
        else:
            if lines[at].text.strip():
                yield paragraph(lines[at], headings)
            at += 1


def paragraph(line: Line, headings: Mapping[int, Heading] | None) -> Paragraph:
    span = trimmed(line.text, line.start)
    if headings is not None:
        found = next((headings[at] for at in range(line.start, line.end) if at in headings), None)
        if found is None:
            return Paragraph(span=span)
        return Paragraph(span=span, level=found.level, lead=found.end if found.end < span[1] - 1 else None)
    words = line.text.strip()
    if len(words) > HEADING_LONGEST or re.search(r"[；;，,。](?!$)|[；;，,]$", words):
        return Paragraph(span=span)
    return Paragraph(span=span, level=next((i + 1 for i, rule in enumerate(HEADINGS) if rule.match(line.text)), 0))


def trimmed(text: str, start: int) -> Span:
    """The span of `text`, which starts at `start`, without white space at its ends; empty at `start` if all is white."""
    inner = text.strip()
    if not inner:
        return start, start
    head = start + text.index(inner)
    return head, head + len(inner)


def pieces(line: Line, cuts: Iterable[tuple[int, int]]) -> tuple[Cell, ...]:
    """The cells of `line` between the separators `cuts`, offsets within the line."""
    cells, at = [], 0
    for start, end in [*cuts, (len(line.text), len(line.text))]:
        cells.append(Cell(span=trimmed(line.text[at:start], line.start + at)))
        at = end
    return tuple(cells)


def table_of(rows: Sequence[tuple[Cell, ...]], lines: Sequence[Line]) -> Table:
    width = max(len(row) for row in rows)
    full = tuple((*row[:-1], Cell(span=row[-1].span, cols=width - len(row) + 1)) for row in rows)
    return Table(span=(lines[0].start, lines[-1].end), rows=full)


def run(lines: Sequence[Line], at: int, belongs: re.Pattern[str]) -> int:
    """Where the run of lines that `belongs` matches ends; one blank line inside it is passed over."""
    end = at
    while at < len(lines):
        if belongs.search(lines[at].text):
            end = at = at + 1
        elif not lines[at].text.strip() and at == end and at > 0:
            at += 1
        else:
            break
    return end


# | 合计 | 5 | · 预算数 | 执行数
PIPES = re.compile(r"\|[^|]*\||\S\s*\|\s*\S")
# 甲<tab>乙 · <tab><tab>3, as rows behind the first of a table
TABS = re.compile(r"\t[^\t]*\t|[^\t\s][^\t]*\t\s*\S")
# <tab>7.65
LEADING_TAB = re.compile(r"^\t[^\t]*$")


def pipe_table(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    if not PIPES.search(lines[at].text) or RULER.fullmatch(lines[at].text):
        return None
    end = run(lines, at, PIPES)
    used = [line for line in lines[at:end] if line.text.strip()]
    rows = []
    for line in used:
        if RULER.fullmatch(line.text):
            continue
        cells = pieces(line, ((i, i + 1) for i, char in enumerate(line.text) if char == "|"))
        framed = line.text.lstrip().startswith("|")
        closed = line.text.rstrip().endswith("|")
        rows.append(cells[int(framed) : len(cells) - int(closed)] or cells)
    return (table_of(rows, used), end) if len(rows) > 1 else None


def tab_table(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    if "\t" not in lines[at].text.strip():
        return None
    end = run(lines, at, TABS)
    used = [line for line in lines[at:end] if line.text.strip()]
    if len(used) < 2:
        return None
    return table_of([pieces(line, ((m.start(), m.end()) for m in re.finditer("\t", line.text))) for line in used],
                    used), end


def cell_lines_table(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """One cell a line behind a tab, rows parted by blank lines; a cell may run on over lines without a tab."""
    if not LEADING_TAB.match(lines[at].text):
        return None
    rows: list[list[Cell]] = [[]]
    first, end = at, at
    while at < len(lines):
        line = lines[at]
        if LEADING_TAB.match(line.text):
            rows[-1].append(Cell(span=trimmed(line.text, line.start)))
            end = at + 1
        elif not line.text.strip():
            if at + 1 >= len(lines) or not LEADING_TAB.match(lines[at + 1].text):
                break
            rows.append([])
        elif rows[-1]:
            rows[-1][-1] = Cell(span=(rows[-1][-1].span[0], trimmed(line.text, line.start)[1]))
            end = at + 1
        else:
            break
        at += 1
    kept = [tuple(row) for row in rows if row]
    if sum(map(len, kept)) < 4:
        return None
    return table_of(kept, lines[first:end]), end


def space_table(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """Columns that only spaces keep apart: three lines running with the same number of them, at least three."""
    count = len(GAP.findall(lines[at].text))
    if count < 2:
        return None
    end = at
    while end < len(lines) and len(GAP.findall(lines[end].text)) == count:
        end += 1
    if end - at < 3:
        return None
    used = lines[at:end]
    return table_of([pieces(line, ((m.start(), m.end()) for m in GAP.finditer(line.text))) for line in used], used), end

"""Runs of characters -> lines of print from top to bottom, and lines -> one text with the place of every line in it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from hedui.document import Box
from hedui.readers.assemble import DraftLine
from hedui.readers.pages.page import Run

__all__ = ["TextLine", "draft_lines", "joiner", "line_of", "print_units", "rows_of", "runs_to_lines", "visible"]

# share of the lower run's height that two runs of one row have in common; that of a raised or lowered small letter
SAME_ROW, RAISED_ROW = 0.5, 0.2
SMALL, TOO_TALL, FEW = 0.8, 2.5, 3
# gaps in widths of a Chinese character: one that parts words, one between Latin words, one that parts columns or labels
WORD_GAP, LATIN_GAP, WIDE_GAP = 0.45, 0.16, 1.6
CERTAIN = 100
# what ends a Latin word; how many characters before a line end, and which share of them, tell that the text is Latin
STOPS, NEAR, LATIN = ",.;:!?)%\"'", 12, 0.6
LINE_ENDS = str.maketrans("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " " * 10)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextLine:
    """One line of print. `text` begins and ends with visible characters; a gap wider than a character and a half stands in
    it as two spaces (`gapped`); `gaps` counts those of about half a character and more. `em` is the width of a Chinese
    character in points, `size` the height of the letters. `edges` (one more than characters) and `scores` are empty where
    unknown."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    em: float
    edges: tuple[float, ...] = ()
    scores: bytes = b""
    bold: bool = False
    gapped: bool = False
    gaps: int = 0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def print_units(text: str) -> float:
    """The width of `text` in Chinese characters: half a one for a letter or digit.

    >>> print_units("共25万元")
    4.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def visible(run: Run) -> Run | None:
    """The run without white space at its ends, None where nothing else is in it."""
    start, end = len(run.text) - len(run.text.lstrip()), len(run.text.rstrip())
    if start >= end:
        return None
    if end - start == len(run.text):
        return run
    known = len(run.edges) == len(run.text) + 1
    width = (run.x1 - run.x0) / (print_units(run.text) or 1)
    x0 = run.edges[start] if known else run.x0 + width * print_units(run.text[:start])
    x1 = run.edges[end] if known else run.x1 - width * print_units(run.text[end:])
    return Run(text=run.text[start:end], x0=x0, y0=run.y0, x1=x1, y1=run.y1, size=run.size, bold=run.bold,
               edges=run.edges[start:end + 1] if known else (), scores=run.scores[start:end])


def overlap(first: Run, second: Run) -> float:
    """The height two runs have in common, as a share of the lower one's."""
    lower = min(first.y1 - first.y0, second.y1 - second.y0)
    common = min(first.y1, second.y1) - max(first.y0, second.y0)
    return common / lower if lower > 0 else float(common >= 0)


def apart(first: Run, second: Run) -> float:
    """The gap between two runs in points, below 0 where they stand over one another."""
    return max(first.x0, second.x0) - min(first.x1, second.x1)


def beside(row: Sequence[Run], run: Run) -> Run:
    """The run of a row (from left to right) that stands next to `run`."""
    at = bisect_left(row, run.x0, key=left_of)
    return min(row[max(0, at - 1):at + 1], key=lambda other: apart(other, run))


def left_of(run: Run) -> float:
    return run.x0


def in_row(row: Sequence[Run], run: Run, share: float) -> bool:
    """Whether `run` stands in the row: measured against the run next to it, so that a slight tilt does no harm."""
    near = beside(row, run)
    low, tall = sorted(max(one.y1 - one.y0, one.size, 0.1) for one in (near, run))
    covered = -apart(near, run) > min(near.x1 - near.x0, run.x1 - run.x0) / 2
    return not covered and tall <= TOO_TALL * low and overlap(near, run) >= share


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs that stand side by side, each row from left to right, rows from top to bottom. White space alone is left out."""
    rows: list[list[Run]] = []
    for run in sorted(filter(None, map(visible, runs)), key=lambda run: (run.y0 + run.y1, run.x0)):
        near = (row for row in rows[:-8:-1] if in_row(row, run, SAME_ROW))
        home = max(near, key=lambda row: overlap(beside(row, run), run), default=None)
        if home is None:
            rows.append([run])
        else:
            insort(home, run, key=left_of)
    rows = raised(rows)
    return sorted(rows, key=lambda row: (median(run.y0 + run.y1 for run in row), row[0].x0))


def raised(rows: Sequence[list[Run]]) -> list[list[Run]]:
    """The rows, with those of raised or lowered small letters put into the row whose letters they stand against."""
    kept: list[list[Run] | None] = list(rows)
    for at, row in enumerate(rows):
        if len(row) > FEW or max(run.x1 - run.x0 for run in row) > FEW * row[0].size:
            continue
        near = [other for k, other in enumerate(kept[max(0, at - FEW):at + FEW + 1], max(0, at - FEW)) if other and k != at]
        home = next((other for other in near if stands_against(other, row[0])), None)
        if home is not None:
            for run in row:
                insort(home, run, key=left_of)
            kept[at] = None
    return [row for row in kept if row]


def stands_against(row: Sequence[Run], run: Run) -> bool:
    """Whether `run` is a small letter beside one of the row, a little higher or lower."""
    near = beside(row, run)
    return run.size < SMALL * near.size and apart(near, run) < near.size and in_row(row, run, RAISED_ROW)


def wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"


def spaces_between(left: Run, right: Run, em: float) -> str:
    """The white space that the gap between two neighbours stands for."""
    gap = (right.x0 - left.x1) / em
    if gap >= WIDE_GAP:
        return "  "
    latin = not wide(left.text[-1]) and not wide(right.text[0])
    return " " if gap >= (LATIN_GAP if latin else WORD_GAP) else ""


def em_of(runs: Sequence[Run]) -> float:
    """The width of a Chinese character in these runs, in points."""
    steps = [run.edges[k + 1] - run.edges[k] for run in runs if len(run.edges) == len(run.text) + 1
             for k, char in enumerate(run.text) if unicodedata.east_asian_width(char) == "W" and char.isalpha()]
    if len(steps) >= 3:
        return median(steps)
    units = sum(print_units(run.text) for run in runs)
    size = median(run.size for run in runs)
    return sum(run.x1 - run.x0 for run in runs) / units if units >= 4 else size or 1.0


def line_of(row: Sequence[Run]) -> TextLine:
    """The line that a row of visible runs, from left to right, makes."""
    em = max(em_of(row), 0.1)
    known = all(len(run.edges) == len(run.text) + 1 for run in row)
    scored = any(run.scores for run in row)
    pieces, edges, scores, gapped, gaps = [], [], bytearray(), False, 0
    for position, run in enumerate(row):
        if position:
            gap = spaces_between(row[position - 1], run, em)
            gapped |= len(gap) > 1
            gaps += run.x0 - row[position - 1].x1 >= WORD_GAP * em
            from_, step = row[position - 1].x1, (run.x0 - row[position - 1].x1) / (len(gap) or 1)
            edges += [from_ + step * k for k in range(len(gap))]
            scores += bytes([CERTAIN]) * len(gap)
            pieces.append(gap)
        pieces.append(run.text.translate(LINE_ENDS))
        edges += run.edges[:-1]
        scores += run.scores if len(run.scores) == len(run.text) else bytes([CERTAIN]) * len(run.text)
    text = "".join(pieces)
    sizes: Counter[float] = Counter()
    for run in row:
        sizes[round(run.size, 1)] += len(run.text)
    size = max(sizes, key=lambda one: (sizes[one], one))
    return TextLine(
        text=text, x0=row[0].x0, x1=max(run.x1 for run in row), y0=min(run.y0 for run in row), y1=max(run.y1 for run in row),
        size=size, em=em, edges=(*edges, row[-1].edges[-1]) if known else (), scores=bytes(scores) if scored else b"",
        bold=all(run.bold for run in row), gapped=gapped or "  " in text, gaps=gaps)


def runs_to_lines(runs: Iterable[Run]) -> list[TextLine]:
    """The lines of print that `runs` of one column or cell make, from top to bottom; every visible character once."""
    return [line_of(row) for row in rows_of(runs)]


def joiner(above: str, below: str) -> str:
    """The white space that a line end stands for, by the characters before and behind it: between Latin words one space;
    a figure beside letters has one in Latin text only (排放 PM⏎2.5, in 2023⏎the).

    >>> joiner("使用 Windows", "server"), joiner("共1,234.", "56万元"), joiner("项目资", "金")
    (' ', '', '')
    """
    if not above or not below:
        return ""
    last, first, near = above[-1], below[0], above[-NEAR:]
    if not (last.isascii() and first.isascii()) or last in "-/(_":
        return ""
    word = last.isalpha() or (last in STOPS and near[-2:-1].isascii() and near[-2:-1].isalpha())
    if word and first.isalpha():
        return " "
    if sum(map(str.isascii, near)) < LATIN * NEAR:
        return ""
    before_figure = word and (first.isdigit() or first == "(")
    return " " if before_figure or (first.isalpha() and (last.isdigit() or last in STOPS)) else ""


def draft_lines(lines: Sequence[TextLine], pages: Sequence[int] | int) -> tuple[str, tuple[DraftLine, ...]]:
    """The text that lines of one paragraph or cell make, and each line's place in it; `pages` is the page of all, or one
    page a line."""
    text = ""
    drafts: list[DraftLine] = []
    for index, line in enumerate(lines):
        page = pages if isinstance(pages, int) else pages[index]
        text += joiner(text, line.text)
        drafts.append(DraftLine(start=len(text), end=len(text) + len(line.text), edges=line.edges, scores=line.scores,
                                box=Box(page=page, x0=line.x0, y0=line.y0, x1=line.x1, y1=line.y1)))
        text += line.text
    return text, tuple(drafts)

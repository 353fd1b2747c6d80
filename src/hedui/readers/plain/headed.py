"""Lines whose cells single spaces part, under a header that templates use -> rows, each cell with its column.

One space says nothing by itself; a line of three or more known headers does. Its rows have as many words, or fewer where
merged labels were left out: those are set from the right, an empty last column of reasons aside.
"""

from __future__ import annotations

import re
from functools import cache

from hedui.document import Span
from hedui.lexicons import rows as lexicon
from hedui.view import fold

__all__ = ["headed_rows"]

MIN_HEADERS, SPARE, LONG = 3, 2, 60
WORD = re.compile(r"\S+")
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
STOP = re.compile(r"[。！？；]$")
FIGURE = re.compile(r"[≥≤><=]?-?\d[\d,.]*\S{0,6}$|[-—]+$")
OPEN_ENDED = frozenset({"reason", "note"})
TELLING = frozenset({"name", "target", "actual", "budget", "executed"})


@cache
def roles() -> dict[str, str]:
    return {name: role for name, role in lexicon("columns")}


def words_of(text: str, line: Span) -> list[Span]:
    return [(line[0] + m.start(), line[0] + m.end()) for m in WORD.finditer(text[slice(*line)])]


def header_roles(text: str, line: Span) -> list[str] | None:
    """The roles of a line of known headers, None for any other line."""
    told = [roles().get(BRACKETS.sub("", fold(text[s:e])).strip(":：*")) for s, e in words_of(text, line)]
    known = [role for role in told if role]
    if len(known) < MIN_HEADERS or len(known) < len(told) or len(TELLING & set(known)) < 2:
        return None
    return known


def columns_for(text: str, cells: list[Span], header: list[str]) -> list[int] | None:
    """The columns of a row's cells, None where it is no row of this table."""
    last = len(header)
    if any(e - s > LONG or STOP.search(text[s:e]) for s, e in cells):
        return None
    if len(cells) < last and header[-1] in OPEN_ENDED and FIGURE.match(fold(text[slice(*cells[-1])])):
        last -= 1
    if not 2 <= len(cells) <= last:
        return None
    return list(range(last - len(cells), last))


def headed_rows(text: str, lines: list[Span], at: int) -> tuple[list[list[Span]], list[list[int]], int]:
    """Rows and columns of the table whose header is `lines[at]`, and the line behind it; no rows if it is none.

    >>> t = "三级指标 年度指标值 全年完成值\\n培训人数 ≥100人 120人"
    >>> headed_rows(t, [(0, 16), (17, len(t))], 0)[1]
    [[0, 1, 2], [0, 1, 2]]
    """
    header = header_roles(text, lines[at])
    if header is None:
        return [], [], at
    found = [words_of(text, lines[at])]
    columns = [list(range(len(header)))]
    end, blanks = at + 1, 0
    while end + blanks < len(lines) and blanks < SPARE:
        cells = words_of(text, lines[end + blanks])
        if not cells:
            blanks += 1
            continue
        placed = columns_for(text, cells, header)
        if placed is None:
            break
        found.append(cells)
        columns.append(placed)
        end, blanks = end + blanks + 1, 0
    return (found, columns, end) if len(found) > 1 else ([], [], at)

"""Pipes that close cells, whatever the lines -> rows: a table of web pages whose rows are told by how many pipes they have.

Such a text ends every cell with `|`, breaks lines inside cells and between them as it likes, and fills rows that merged
cells made short with pipes, so that every row has the same number of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hedui.document import Span

__all__ = ["counted_rows", "may_be_counted"]

WIDEST, MIN_ROWS, MAX_LEAD, SHORT = 30, 3, 3, 20
COVERED = 0.6


def may_be_counted(line: str) -> bool:
    """Whether a line closes its cells and is no row of a bordered table.

    >>> may_be_counted("产出指标 |"), may_be_counted("|"), may_be_counted("| 产出指标 | 数量指标 |")
    (True, True, False)
    """
    line = line.strip()
    return line.endswith("|") and (not line.strip("|") or not line.startswith("|"))


def groups_of(text: str, lines: Sequence[Span], counts: Sequence[int], width: int) -> list[tuple[int, int]]:
    """First and last line of each row of `width` pipes, up to where the lines make no such row."""
    groups: list[tuple[int, int]] = []
    first, held, lead = 0, 0, 0
    for i, count in enumerate(counts):
        if first == i and not count:
            lead = 0
        if not held and not count:
            lead += 1
            if lead > MAX_LEAD or lines[i][1] - lines[i][0] > SHORT:
                break
        held += count
        if held > width:
            break
        if held == width:
            if not text[slice(*lines[i])].rstrip().endswith("|"):
                break
            groups.append((first, i))
            first, held, lead = i + 1, 0, 0
    return groups


def counted_rows(text: str, lines: Sequence[Span], at: int) -> tuple[list[list[Span]], int]:
    """The rows of the table whose first line is `lines[at]` and the line behind it; no rows, and the line behind what was
    looked at, where the lines are no such table or every row has a line of its own."""
    end = at
    while end < len(lines) and text[slice(*lines[end])].strip():
        end += 1
    run = lines[at:end]
    counts = [text.count("|", *line) for line in run]
    widest = max(counts)
    if widest < 2 or widest > WIDEST or len({c for c in counts if c}) < 2:
        return [], end
    tried = [groups_of(text, run, counts, width) for width in range(max(3, widest), WIDEST + 1)]
    groups = max(tried, key=lambda found: found[-1][1] + 1 if found else 0)
    covered = sum(counts[:groups[-1][1] + 1]) if groups else 0
    if len(groups) < MIN_ROWS or covered < COVERED * sum(counts) or all(first == last for first, last in groups):
        return [], end
    return [row_of(text, (run[first][0], run[last][1])) for first, last in groups], at + groups[-1][1] + 1


def row_of(text: str, span: Span) -> list[Span]:
    """The cells of a row: what stands before each pipe."""
    ends = [span[0] + m.start() for m in re.finditer(r"\|", text[slice(*span)])]
    return list(zip([span[0], *(e + 1 for e in ends)], ends, strict=False))

"""A survey in, its amounts of money out, each with its clause, its cell and what cue words alone say of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hedui.document import Span
from hedui.findings import Mention
from hedui.layout import column_role
from hedui.lexicons import rows
from hedui.neural.types import MEASURES
from hedui.neural.weak.types import Item, Survey
from hedui.view import fold, view

__all__ = ["Amount", "amounts_of", "cue_measure", "header_measure"]

BREAK = re.compile(r"[,。;:!?]")
STOP = re.compile(r"[。;!?]")
REACH = 60
ROLES = {"budget": "budget", "budget_start": "budget", "received": "received", "issued": "issued", "executed": "executed"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """One amount: `clause` is the folded text before it in its clause, `before` that of its sentence, `behind` what
    follows it in its sentence; `header` and `label` are those of its cell, empty in prose."""

    item: Item
    yuan: Decimal
    clause: str
    before: str
    behind: str
    section: int
    part: int
    table: bool
    header: str = ""
    label: str = ""


def amounts_of(survey: Survey) -> tuple[Amount, ...]:
    """The amounts of money in all (`CNY`) of a report, in order."""
    cells = cells_of(survey)
    begins = [span[0] for span, *_ in cells]
    starts = [piece.starts[0] for piece in survey.pieces]
    sections = [section.span[0] for section in survey.layout.sections]
    found = []
    for mention in survey.mentions:
        if mention.label == "AMOUNT" and mention.unit == "CNY" and isinstance(mention.value, Decimal):
            at = bisect_right(begins, mention.span[0]) - 1
            cell = cells[at] if at >= 0 and mention.span[0] < cells[at][0][1] else None
            before, behind = around(survey, mention, starts)
            section = max(0, bisect_right(sections, mention.span[0]) - 1)
            found.append(Amount(
                item=Item(kind="measure", span=mention.span), yuan=mention.value, before=before, behind=behind,
                clause=BREAK.split(before)[-1], section=section, table=cell is not None,
                part=survey.layout.sections[section].part if sections else 0,
                header=cell[1] if cell else "", label=cell[2] if cell else ""))
    return tuple(found)


def cells_of(survey: Survey) -> list[tuple[Span, str, str]]:
    """Span, last header and row label of every cell that holds something."""
    found = []
    for grid in survey.layout.grids:
        for i, row in enumerate(grid.rows):
            for j, cell in enumerate(row):
                if cell.origin and cell.span[0] < cell.span[1]:
                    header = fold(" ".join(grid.headers[j])) if i >= grid.header_rows and j < len(grid.headers) else ""
                    left = next((row[k].text for k in range(j - 1, -1, -1)
                                 if row[k].text and row[k].span != cell.span and not re.fullmatch(r"[\d.,%\-/ ]+", row[k].text)), "")
                    found.append((cell.span, header, fold(left)))
    return sorted(found)


def around(survey: Survey, mention: Mention, starts: list[int]) -> tuple[str, str]:
    """The folded text of the sentence before and behind a mention."""
    at = bisect_right(starts, mention.span[0]) - 1
    piece = survey.pieces[at]
    low = max(piece.starts[0], mention.span[0] - 3 * REACH)
    before = view(survey.text, (low, mention.span[0])).text if low < mention.span[0] else ""
    high = min(piece.ends[-1], mention.span[1] + REACH)
    behind = view(survey.text, (mention.span[1], high)).text if mention.span[1] < high else ""
    return STOP.split(before)[-1], STOP.split(behind)[0]


@lru_cache(maxsize=1)
def cues() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    found = {row[0]: (row[1], row[2]) for row in rows("measures")}
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True)))), found


@lru_cache(maxsize=8192)
def cue_measure(words: str) -> str | None:
    """What the last cue of lexicons/measures.tsv in `words` says, one that wins over others first.

    >>> cue_measure("自治区本级资金到位"), cue_measure("该项目")
    ('received', None)
    """
    pattern, known = cues()
    last = None
    for match in pattern.finditer(words):
        where, name = known[match[0]]
        if name in MEASURES and (where != "near" or match.end() >= len(words) - 3):
            if where == "over":
                return name
            last = name
    return last


@lru_cache(maxsize=2048)
def header_measure(header: str) -> str | None:
    """The measure that a header or label names: by its role as a column, else by its cue.

    >>> header_measure("全年执行数"), header_measure("序号")
    ('executed', None)
    """
    names = header.split(" ")
    for name in reversed(names):
        role = column_role(name)
        if role in ROLES:
            return ROLES[role]
        if role:
            return None
    return next((told for name in reversed(names) if len(name) <= 14 and (told := cue_measure(name))), None)
